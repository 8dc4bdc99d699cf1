"""Longer loans: what is with others is asked for, and agreed to, to come back on a later day."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.zones import today
from evidence.models import Loan
from evidence.models.loan import LoanState
from investigations.models import Duty, Request, RequestKind
from investigations.services import approve, ask, require_kind
from ledger.services import record


@transaction.atomic
def ask_to_extend(loan: Loan, *, by: User, due: date, reason: str) -> Request:
    """Ask for what is out to be due back on a later day: whoever holds evidence of the case."""
    loan = Loan.objects.locked_for(by, loan)
    loan.case.require(by, Duty.HOLD_EVIDENCE)
    require_extendable(loan, due)
    return ask(
        RequestKind.EXTEND_LOAN,
        loan,
        by=by,
        reason=reason,
        ref=loan.exhibit_no,
        asked={
            "due": str(due),
            "words": {
                _("To whom"): loan.party,
                _("Due back"): str(loan.due),
                _("Due back then"): str(due),
            },
        },
    )


@transaction.atomic
def extend_loan(request: Request, *, by: User) -> Loan:
    """The second person agrees: it is due back on the later day, if it is with them still.

    The loan is locked first, as by whoever takes it back.
    """
    require_kind(request, RequestKind.EXTEND_LOAN)
    loan = Loan.objects.locked_for(by, Loan(pk=request.subject_id))
    request = approve(request, by=by)
    was, due = loan.due, date.fromisoformat(request.asked["due"])
    require_extendable(loan, due)
    loan.due = due
    loan.version += 1
    loan.save(update_fields=["due", "version", "updated_at"])
    record(by, "evidence.loan_extended", loan, request=str(request.pk), was=str(was), due=str(due))
    return loan


def require_extendable(loan: Loan, due: date) -> None:
    """Only what is with them comes back later, and only on a day later than the one agreed on."""
    if loan.state not in {LoanState.OUT, LoanState.OVERDUE}:
        raise Refused(_("It is not with them."))
    if loan.due is None:
        raise Refused(_("No day of return was agreed on, so there is none to put off."))
    if due <= loan.due:
        raise Refused(_("It is due back on %(day)s: name a later day.") % {"day": loan.due})
    if due < today():
        raise Refused(_("It cannot be due in the past."))
