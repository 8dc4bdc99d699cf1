"""Moving a case from stage to stage, ending it with an outcome, and taking it up again."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import require_fresh
from core.errors import Refused
from investigations.models import Case, CaseOutcome, Duty, ReopeningGround, Stage
from investigations.services.case import STANDING, keep_in_step
from ledger.services import record

MOVES = (
    *("investigations.case_stage_changed", "investigations.case_status_changed"),
    *("investigations.case_concluded", "investigations.case_reopened"),
)
"""The deeds that a case's way is made of, as the ledger calls them."""


@transaction.atomic
def set_case_stage(
    case: Case, stage: Stage, *, by: User, reason: str, left_open: Collection[str] = ()
) -> Case:
    """Put a case at another stage; the service above has asked whether its gate is open.

    `left_open` names what was still to be done when it was moved on all the same.
    """
    case = lock_case(case, by, reason)
    if case.stage == stage:
        raise Refused(_("The case is at this stage already."))
    if stage == Stage.CONCLUDED:
        raise Refused(_("Conclude the case with its outcome."))
    if case.has_ended != (stage == Stage.FOLLOW_UP):
        raise Refused(
            _("%(ref)s has ended. Re-open it first.") % {"ref": case.ref}
            if case.has_ended
            else _("Only what follows a conclusion is follow-up.")
        )
    before, case.stage = case.stage, stage
    if stage == Stage.REVIEW:
        case.status = Case.Status.UNDER_REVIEW
    elif case.status == Case.Status.UNDER_REVIEW:
        case.status = Case.Status.OPEN
    save_standing(case)
    told: dict[str, Any] = {"before": before, "after": str(stage), "reason": reason.strip()}
    record(by, "investigations.case_stage_changed", case, left_open=list(left_open), **told)
    return case


@transaction.atomic
def close_case(
    case: Case, *, by: User, outcome: CaseOutcome, reason: str, left_open: Collection[str] = ()
) -> Case:
    """End a case with what it came to; the service above knows which outcomes are true."""
    case = lock_case(case, by, reason)
    if case.status == Case.Status.CLOSED:
        raise Refused(_("This case is concluded already."))
    before, case.status, case.outcome = case.status, Case.Status.CLOSED, outcome
    if case.stage != Stage.FOLLOW_UP:
        case.stage = Stage.CONCLUDED
    save_standing(case)
    told: dict[str, Any] = {"before": before, "after": str(outcome), "reason": reason.strip()}
    record(by, "investigations.case_concluded", case, left_open=list(left_open), **told)
    return case


@transaction.atomic
def reopen_case(
    case: Case, *, by: User, ground: str, reason: str, version: int | None = None
) -> Case:
    """Take an ended case up again at its analysis; what was released stands until superseded.

    `version` is that of the case which whoever re-opens it has read, where that is known.
    """
    case = lock_case(case, by, reason)
    if version is not None:
        require_fresh(case, version)
    if not case.has_ended:
        raise Refused(_("This case has not ended."))
    ground = ReopeningGround(ground)
    before, case.status = case.status, Case.Status.REOPENED
    keep_in_step(case)
    save_standing(case)
    told: dict[str, Any] = {"before": before, "after": str(ground), "reason": reason.strip()}
    record(by, "investigations.case_reopened", case, **told)
    return case


def lock_case(case: Case, by: User, reason: str) -> Case:
    """The case as it is now, if `by` manages it and has said why."""
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.MANAGE)
    if not reason.strip():
        raise Refused(_("Say why."))
    return case


def save_standing(case: Case) -> None:
    """Store where it stands, and let forms that were filled in before know."""
    case.version += 1
    case.save(update_fields=[*STANDING, "version", "updated_at"])
