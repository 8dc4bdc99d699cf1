"""Let examiners know that comparisons await them, and nothing of what is compared."""

from collections.abc import Collection, Iterable
from uuid import UUID

from comparison.models import Link
from core.scope import system_scope
from investigations.models import Case, Duty, Notice
from investigations.services import tell_once


def tell_examiners(links: Iterable[Link], *, besides: Collection[UUID] = ()) -> None:
    """One unread notice a person and case, whatever the number of links; none to `besides`."""
    waiting = {
        (link.case_id, link.other_case_id, link.label_id) for link in links if link.awaits_another
    }
    for case, other_case, label in sorted(waiting, key=str):
        people = examiners_of(case, other_case) - set(besides)
        tell_once(people, Notice.Kind.COMPARISONS_AWAIT, case=case, label=label)


def examiners_of(case: UUID, other_case: UUID) -> set[UUID]:
    """Who may examine and compare in both cases."""
    with system_scope("who is to be told of work, whoever has made it"):
        cases = Case.objects.filter(pk__in={case, other_case})
        able = [{one.pk for one in case.people_with(Duty.EXAMINE)} for case in cases]
    return set.intersection(*able) if able else set()
