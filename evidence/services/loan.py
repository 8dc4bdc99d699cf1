"""Loans and exports: asked for by one, agreed to by another, out and back by events of custody."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import Country
from core.clock import in_words
from core.errors import Refused
from core.zones import today
from evidence.models import CustodyKind, Door, Item, Loan
from evidence.models.loan import LoanState, LoanWay
from evidence.services.caveat import caveats_of, require_free
from evidence.services.custody import lock_for_custody, require_holder, require_in_charge
from evidence.services.custody_event import enter
from investigations.models import Duty, Request, RequestKind
from investigations.services import approve, ask, require_kind
from investigations.services.request import lapse
from ledger.services import record

OUT = {LoanWay.LOAN: CustodyKind.LOANED, LoanWay.EXPORT: CustodyKind.EXPORTED}
BACK = {LoanWay.LOAN: CustodyKind.RECEIVED, LoanWay.EXPORT: CustodyKind.IMPORTED}
"""The event of custody that each way begins and ends with."""


class LoanFacts(TypedDict, total=False):
    """What is agreed with a party outside of the team."""

    way: str
    party: str
    contact: str
    country: Country | None
    purpose: str
    legal_basis: str
    due: date | None


@transaction.atomic
def ask_to_let_out(item: Item, *, by: User, **facts: Unpack[LoanFacts]) -> Loan:
    """Ask for an exhibit to be lent or exported: its holder, or the lead."""
    item = lock_for_custody(item, by)
    if Duty.MANAGE not in item.case.duties(by):
        require_holder(item, by)
    if Loan.objects.visible_to(by).filter(item=item).pending().exists():
        raise Refused(_("It is lent or exported already, or that was asked for."))
    require_free(Door.LOAN, [item])
    loan = Loan(case=item.case, item=item, asked_by=by, **facts)
    if loan.due and loan.due < today():
        raise Refused(_("It cannot be due in the past."))
    loan.full_clean(exclude=["request"])
    loan.save(force_insert=True)
    loan.request = ask(
        RequestKind.LET_OUT,
        loan,
        by=by,
        reason=loan.purpose,
        ref=item.exhibit_no,
        asked={"words": words_of(loan)},
    )
    loan.save(update_fields=["request"])
    record(
        by, "evidence.loan_asked", loan, way=loan.way, item=str(item.pk), due=str(loan.due or "")
    )
    return loan


def words_of(loan: Loan) -> dict[str, str]:
    """What the second person agrees to, word for word."""
    words = {
        _("What is done"): str(LoanWay(loan.way).label),
        _("To whom"): loan.party,
        _("Country"): str(loan.country or ""),
        _("Legal basis"): loan.legal_basis,
        _("Due back"): str(loan.due or ""),
        _("Caveats"): ", ".join(str(caveat) for caveat in caveats_of(loan.item)),
    }
    return {word: said for word, said in words.items() if said}


@transaction.atomic
def agree_to_loan(request: Request, *, by: User) -> Loan:
    """The second person agrees: its holder may hand it out from now on."""
    require_kind(request, RequestKind.LET_OUT)
    request = approve(request, by=by)
    return Loan.objects.locked_for(by, Loan(pk=request.subject_id))


@transaction.atomic
def hand_out(loan: Loan, *, by: User, condition: str = "", at: datetime | None = None) -> Loan:
    """The exhibit leaves, as was agreed to; without that nothing leaves."""
    loan = Loan.objects.locked_for(by, loan)
    if loan.state != LoanState.AUTHORISED:
        raise Refused(_("It leaves only once a second person has agreed, and once."))
    require_not_before(loan.request.decided_at if loan.request else None, at)
    item = lock_for_custody(loan.item, by)
    stood = require_in_charge(item, by, at)
    require_free(Door.LOAN, [item])
    event = enter(
        item,
        OUT[LoanWay(loan.way)],
        by=by,
        at=at,
        from_person=by,
        to_name=loan.party,
        from_place=stood.place,
        to_place=loan.whereabouts,
        purpose=loan.purpose,
        condition=condition.strip(),
    )
    loan.out_at = event.at
    save_loan(loan)
    record(by, "evidence.loan_out", loan, request=str(loan.request_id), event=str(event.pk))
    return loan


@transaction.atomic
def take_loan_back(
    loan: Loan, *, by: User, condition: str, seal: str = "", at: datetime | None = None
) -> Loan:
    """The exhibit is back, with the `seal` read off its package and in a stated condition.

    What was asked for about a later day falls.
    """
    loan = Loan.objects.locked_for(by, loan)
    loan.case.require(by, Duty.HOLD_EVIDENCE)
    item = Item.objects.locked_for(by, loan.item)
    if loan.state not in {LoanState.OUT, LoanState.OVERDUE}:
        raise Refused(_("It is not with them."))
    require_not_before(loan.out_at, at)
    if not condition.strip():
        raise Refused(_("Say in what condition it came back."))
    event = enter(
        item,
        BACK[LoanWay(loan.way)],
        by=by,
        at=at,
        from_name=loan.party,
        to_person=by,
        from_place=loan.whereabouts,
        condition=condition.strip(),
        seal_before=seal.strip(),
        seal_after=seal.strip(),
    )
    loan.back_at, loan.condition_back = event.at, condition.strip()
    save_loan(loan)
    lapse(RequestKind.EXTEND_LOAN, loan, by=by)
    record(by, "evidence.loan_back", loan, event=str(event.pk), overdue_by=days_late(loan))
    return loan


def require_not_before(settled: datetime | None, at: datetime | None) -> None:
    """It leaves after that was agreed to, and comes back after it left."""
    if at is not None and settled is not None and at < settled:
        told = {"time": in_words(settled, "second")}
        raise Refused(_("It cannot be before %(time)s. Check the time.") % told)


def days_late(loan: Loan) -> int:
    """By how many days it came back too late."""
    back = localdate(loan.back_at) if loan.back_at else today()
    return max((back - loan.due).days, 0) if loan.due else 0


def save_loan(loan: Loan) -> None:
    """Write what its deeds may change, and nothing else."""
    loan.version += 1
    loan.save(update_fields=["out_at", "back_at", "condition_back", "version", "updated_at"])
