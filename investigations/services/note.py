"""Writing notes."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from investigations.models import Case, Incident, Note
from ledger.services import record


@transaction.atomic
def write_note(case: Case, *, by: User, text: str, incident: Incident | None = None) -> Note:
    """Add a signed, dated remark; every member of the case may write one."""
    case.require_member(by)
    if incident and incident.case_id != case.pk:
        raise Refused(_("The incident belongs to another case."))
    note = Note(case=case, author=by, text=text, incident=incident)
    note.full_clean()
    note.save(force_insert=True)
    record(by, "investigations.note_written", note)
    return note
