"""Recording markings: what is written on a part, or was."""

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from evidence.models import Component, File, Marking
from evidence.services.component import COMPARE
from investigations.models import Duty
from investigations.services.label import take_on
from ledger.services import record


class MarkingFacts(TypedDict, total=False):
    """What may be said of a marking."""

    kind: str
    state: str
    as_seen: str
    script: str
    photo: File | None
    region: dict[str, Any] | None
    removal_pattern: str
    restoration_method: str


@transaction.atomic
def record_marking(component: Component, *, by: User, **facts: Unpack[MarkingFacts]) -> Marking:
    """Enter one marking as `by` reads it; the reader stays on record."""
    component.require(by, Duty.LOG_EVIDENCE)
    marking = Marking(case=component.case, component=component, transcribed_by=by, **facts)
    require_own_photo(marking)
    marking.full_clean()
    marking.save(force_insert=True)
    record(
        by,
        "evidence.marking_recorded",
        marking,
        marking_kind=marking.kind,
        state=marking.state,
        as_seen=marking.as_seen,
    )
    jobs.ask(COMPARE, component.pk)
    return marking


@transaction.atomic
def amend_marking(
    marking: Marking, *, by: User, version: int, **facts: Unpack[MarkingFacts]
) -> Marking:
    """Read a marking again; what was read before stands in the ledger."""
    marking = Marking.objects.locked_for(by, marking)
    marking.require(by, Duty.LOG_EVIDENCE)
    require_fresh(marking, version)
    changes = apply_changes(marking, facts)
    if changes:
        marking.transcribed_by = by
        require_own_photo(marking)
        marking.full_clean()
        marking.save()
        for above in marking.handlings_above():
            take_on(marking, above)
        record(by, "evidence.marking_amended", marking, changes=changes)
        jobs.ask(COMPARE, marking.component_id)
    return marking


def require_own_photo(marking: Marking) -> None:
    """A marking is pinned to a photo of its own case."""
    if marking.photo and marking.photo.case_id != marking.case_id:
        raise Refused(_("Choose a photo of this case."))
