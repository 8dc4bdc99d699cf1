"""Reminding of what is with others: once when it is soon due, once when it is overdue.

A day that was put off is a new one: of that, too, each is reminded once.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from core.scope import system_scope
from evidence.models import Loan
from investigations.models import Duty, Notice, Request
from investigations.services.notice import leave_with


def remind_of_loans() -> int:
    """Leave a notice with whoever answers for each loan; how many were new."""
    with system_scope("whoever lent a thing is reminded of it"):
        soon, late = list(Loan.objects.due_soon()), list(Loan.objects.overdue())
    kinds = [(Notice.Kind.LOAN_DUE, soon), (Notice.Kind.LOAN_OVERDUE, late)]
    return sum(remind(loan, kind) for kind, loans in kinds for loan in loans)


@transaction.atomic
def remind(loan: Loan, kind: Notice.Kind) -> int:
    """One notice for each person and kind, however often this is called, and at once by two."""
    with system_scope("whoever lent a thing is reminded of it"):
        loan = (
            Loan.objects.select_for_update(of=("self",), no_key=True).with_lists().get(pk=loan.pk)
        )
        if loan.back_at is not None or loan.request is None:
            return 0
        named: dict[str, Any] = {"kind": kind, "request": agreed_last(loan)}
        notice: dict[str, Any] = {"case": loan.case, "label_id": loan.label_id, **named}
        return leave_with(answering_for(loan), Notice.objects.filter(**named), **notice)


def agreed_last(loan: Loan) -> Request:
    """The request by which it is due when it is: that of the loan, or of its last extension."""
    return Request.objects.about(loan).filter(state=Request.State.APPROVED).latest("decided_at")


def answering_for(loan: Loan) -> Iterable[User]:
    """Whoever asked for it, whoever holds the exhibit, and who leads the case."""
    people = {person.pk: person for person in loan.case.people_with(Duty.MANAGE)}
    people[loan.asked_by_id] = loan.asked_by
    if loan.item.holder:
        people[loan.item.holder.pk] = loan.item.holder
    return people.values()
