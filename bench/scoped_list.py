"""The list of exhibits as one person may see it, beside the same page with no rights asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench._case import analyse, enter_case, own_database
from bench._measure import Row, medians, report

CASES, ITEMS = 200, 200_000
MINE = 20
A_ROUND = 5
LISTS = {"spread over all": 10, "the oldest of all": 1}
"""How the person's cases lie among the others': every tenth, or the first ones."""


def fill(lead: Any, person: Any, spacing: int) -> None:
    """Cases of one size; the person works on `MINE` of them, on each `spacing`-th."""
    from evidence.models import Item
    from investigations import services as investigations
    from investigations.models import Incident, Membership, Role

    cases, incidents = [], []
    for number in range(CASES):
        case = investigations.open_case(
            lead, title=f"Case {number}", public_title="Incident", mandate="Article 3"
        )
        cases.append(case)
        incidents.append(Incident(case=case, ref=f"INC-{number:05d}", title="Attack"))
    Incident.objects.bulk_create(incidents)
    mine = cases[: MINE * spacing : spacing]
    Membership.objects.bulk_create(
        Membership(case=case, user=person, roles=[Role.ANALYST]) for case in mine
    )
    each = ITEMS // CASES
    order = (
        [(number, case) for number in range(each) for case in range(CASES)]
        if spacing > 1
        else [(number, case) for case in range(CASES) for number in range(each)]
    )
    for start in range(0, len(order), 10_000):
        Item.objects.bulk_create(
            Item(
                case=cases[case],
                incident=incidents[case],
                kind_id="servo-actuator",
                exhibit_no=f"B-{number:07d}",
                description=f"Servo number {number} in a cast housing",
                holder=lead,
            )
            for number, case in order[start : start + 10_000]
        )


@contextmanager
def nobodys_rights() -> Iterator[None]:
    """The same page without a question asked, above and beneath."""

    from accounts import middleware
    from core import scope
    from evidence.models.item import ItemQuerySet

    plain, asking = ItemQuerySet.visible_to, middleware.asking_as
    ItemQuerySet.visible_to = lambda rows, user: rows.narrowed()  # type: ignore[method-assign]
    middleware.asking_as = lambda user: scope.system_scope("measured")  # type: ignore[assignment]
    try:
        yield
    finally:
        ItemQuerySet.visible_to = plain  # type: ignore[method-assign]
        middleware.asking_as = asking


def measure(where: str, spacing: int) -> None:
    """One database, one person, one page."""
    from django.test import Client

    with own_database():
        from accounts.models import User

        _item, lead = enter_case(exhibits=1, incidents=1, photographs=0)
        person = User.objects.create_user("person", display_name="Omar Aziz")
        fill(lead, person, spacing)
        analyse()
        browser = Client()
        browser.force_login(person)

        def scoped() -> None:
            for _time in range(A_ROUND):
                answer = browser.get("/evidence/")
                assert answer.status_code == 200 and answer.content.count(b"B-0") >= 50

        def unscoped() -> None:
            with nobodys_rights():
                scoped()

        taken = medians({"scoped": scoped, "unscoped": unscoped})
        report(
            Row(
                job=f"list page of 50 exhibits, the person's cases {where}",
                ours=taken["scoped"] / A_ROUND * 1000,
                baseline=taken["unscoped"] / A_ROUND * 1000,
                unit="ms",
                target="≤ 1.3",
                against="no rights asked",
                note=f"{ITEMS:,} exhibits, {CASES} cases, {MINE} of them the person's",
            )
        )


def main() -> None:
    for where, spacing in LISTS.items():
        measure(where, spacing)


if __name__ == "__main__":
    main()
