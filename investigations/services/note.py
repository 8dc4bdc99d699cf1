"""Writing notes."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from investigations.models import Case, Incident, Note
from investigations.services.contribution import label_of_contribution
from investigations.services.mention import tell_mentioned
from ledger.services import record


@transaction.atomic
def write_note(case: Case, *, by: User, text: str, incident: Incident | None = None) -> Note:
    """Add a signed, dated remark; the team may, and partners, whose remarks both agencies read.

    Whoever of the team is named in it as @username, and may read it, is told.
    """
    label = label_of_contribution(case, by)
    if label is None:
        case.require_member(by)
    if incident and incident.case_id != case.pk:
        raise Refused(_("The incident belongs to another case."))
    note = Note(case=case, label=label, author=by, text=text, incident=incident)
    note.full_clean()
    note.save(force_insert=True)
    told = tell_mentioned(note, by=by)
    record(by, "investigations.note_written", note, mentioned=[str(one.pk) for one in told])
    return note
