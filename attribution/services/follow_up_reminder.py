"""Reminding of follow-ups: once when one is soon due, once when it is overdue.

A day that was put off is a new one: of that, too, each is reminded once.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from attribution.models import FollowUp
from core.scope import system_scope
from investigations.models import Duty, Notice
from investigations.services.notice import about, leave_with

WHY = "whoever has to look at a measure again is reminded of it"


def remind_of_follow_ups() -> int:
    """Leave a notice with whoever answers for each follow-up; how many were new."""
    with system_scope(WHY):
        soon, late = list(FollowUp.objects.due_soon()), list(FollowUp.objects.overdue())
    kinds = [(Notice.Kind.FOLLOW_UP_DUE, soon), (Notice.Kind.FOLLOW_UP_OVERDUE, late)]
    return sum(remind_of(one, kind) for kind, found in kinds for one in found)


@transaction.atomic
def remind_of(follow_up: FollowUp, kind: Notice.Kind) -> int:
    """One notice a person, kind and day, however often this is called, and at once by two."""
    with system_scope(WHY):
        rows = FollowUp.objects.select_for_update(of=("self",), no_key=True)
        follow_up = rows.select_related("case", "owner").get(pk=follow_up.pk)
        if follow_up.is_closed:
            return 0
        day = f"{follow_up.ref} · {follow_up.due.isoformat()}"
        named: dict[str, Any] = {"kind": kind, **about(follow_up), "subject_ref": day}
        notice: dict[str, Any] = {"case": follow_up.case, "label_id": follow_up.label_id, **named}
        told = Notice.objects.filter(**named)
        return leave_with(answering_for_it(follow_up, kind), told, **notice)


def answering_for_it(follow_up: FollowUp, kind: Notice.Kind) -> Iterable[User]:
    """Its owner; once it is overdue, or the owner reads the case no more, also who leads it."""
    people = {follow_up.owner_id: follow_up.owner}
    left = not follow_up.case.is_read_whole_by(follow_up.owner)
    if kind == Notice.Kind.FOLLOW_UP_OVERDUE or left:
        people |= {lead.pk: lead for lead in follow_up.case.people_with(Duty.MANAGE)}
    return people.values()
