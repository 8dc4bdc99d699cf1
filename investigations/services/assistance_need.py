"""Entering what a case needs of others, and saying what came of it."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import AssistanceNeed, AssistanceOffer, Case, Duty
from investigations.models.assistance_words import NeedStatus
from investigations.services.numbering import next_numbers
from ledger.services import record


class NeedFacts(TypedDict, total=False):
    """What is needed, and how soon."""

    capability: str
    description: str
    urgency: str
    needed_by: date | None


@transaction.atomic
def enter_need(case: Case, *, by: User, **facts: Unpack[NeedFacts]) -> AssistanceNeed:
    """Write down what the case cannot do by itself."""
    case.require(by, Duty.ANALYSE)
    need = AssistanceNeed(case=case, entered_by=by, **facts)
    need.full_clean(exclude=["ref"])
    need.ref = f"AN-{next_numbers(case, 'need')[0]:04d}"
    need.save(force_insert=True)
    record(
        by,
        "investigations.need_entered",
        need,
        ref=need.ref,
        capability=need.capability,
        urgency=need.urgency,
        needed_by=str(need.needed_by or ""),
    )
    return need


@transaction.atomic
def amend_need(
    need: AssistanceNeed, *, by: User, version: int, **facts: Unpack[NeedFacts]
) -> AssistanceNeed:
    """Say it otherwise while it still stands; what was offered for it stays as it was offered."""
    need = lock_need(need, by)
    require_fresh(need, version)
    require_under_way(need)
    changes = apply_changes(need, facts)
    if changes:
        need.full_clean(exclude=["ref"])
        need.save()
        record(by, "investigations.need_amended", need, ref=need.ref, fields=sorted(changes))
    return need


@transaction.atomic
def fulfil_need(need: AssistanceNeed, *, by: User, remark: str = "") -> AssistanceNeed:
    """The help that was agreed on was given."""
    need = lock_need(need, by)
    if need.status != NeedStatus.MATCHED:
        raise Refused(_("Only a need that an agreement answers is fulfilled."))
    need.status_reason = remark.strip()
    move_need(need, NeedStatus.FULFILLED)
    record(by, "investigations.need_fulfilled", need, ref=need.ref)
    return need


@transaction.atomic
def decline_need(need: AssistanceNeed, *, by: User, reason: str) -> AssistanceNeed:
    """It is not pursued any more, with a reason; offers that wait are decided first."""
    need = lock_need(need, by)
    require_under_way(need)
    if not reason.strip():
        raise Refused(_("Say why."))
    if has_pending_offers(need):
        raise Refused(_("Decide the offers first that wait for your answer."))
    need.status_reason = reason.strip()
    move_need(need, NeedStatus.DECLINED)
    record(by, "investigations.need_declined", need, ref=need.ref)
    return need


def has_pending_offers(need: AssistanceNeed) -> bool:
    """True while an agency waits for the answer of the lead."""
    with system_scope("an offer waits, whoever may see it"):
        return AssistanceOffer.objects.filter(need=need).pending().exists()


def lock_need(need: AssistanceNeed, by: User) -> AssistanceNeed:
    """The row, locked, if `by` may say what the case needs."""
    need = AssistanceNeed.objects.locked_for(by, need)
    need.case.require(by, Duty.ANALYSE)
    return need


def require_under_way(need: AssistanceNeed) -> None:
    """Only a need that still stands is amended, asked about or answered."""
    if not need.is_under_way:
        raise Refused(
            _("This need is “%(status)s”: enter another one.")
            % {"status": need.get_status_display()}
        )


def move_need(need: AssistanceNeed, status: NeedStatus) -> None:
    """Write down how far it has come; the line is written by the deed that moved it."""
    if need.status != status:
        need.status = status
        need.version += 1
        need.save(update_fields=["status", "status_reason", "version", "updated_at"])
