"""Exhibits: the list page, the REST list and REST creation, beside plain DRF on the same rows."""

from typing import Any

from bench._case import analyse, enter_case, own_database
from bench._measure import Row, medians, report

SIZES = (10_000, 100_000)
A_ROUND = 10


def fill(case: Any, upto: int) -> None:
    """Plain rows straight into the table, so that the list has something to cut."""
    from evidence.models import Item

    incident = case.incident_rows.first()
    there = Item.objects.count()
    for start in range(there, upto, 10_000):
        Item.objects.bulk_create(
            Item(
                case=case,
                incident=incident,
                kind_id="servo-actuator",
                exhibit_no=f"B-{number:07d}",
                description=f"Servo number {number} in a cast housing",
                holder=case.lead,
            )
            for number in range(start, min(start + 10_000, upto))
        )


def main() -> None:
    with own_database():
        from bench._bare import mount

        mount()
        case, lead = enter_case(exhibits=20, incidents=2, photographs=0)
        growth = {}
        for size in SIZES:
            fill(case, size)
            analyse()
            growth[size] = lists(lead, size)
        report(
            Row(
                job="REST list of 50, growth",
                ours=growth[SIZES[1]] * 1000,
                baseline=growth[SIZES[0]] * 1000,
                unit="ms",
                target="≤ 1.3",
                against=f"at {SIZES[0]:,} rows",
                note=f"at {SIZES[1]:,} rows",
            )
        )
        creating(case, lead)


def clients(lead: Any) -> tuple[Any, Any]:
    """A signed-in browser, and a program with a key."""
    from django.test import Client
    from rest_framework.test import APIClient

    from accounts.services import issue_token

    browser = Client()
    browser.force_login(lead)
    _token, key = issue_token(lead, by=lead, name="bench", days=1)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return browser, program


def lists(lead: Any, size: int) -> float:
    """The three ways to see the newest fifty; returns the seconds of the REST list."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, program = clients(lead)

    def ask(client: Any, address: str) -> None:
        for _time in range(A_ROUND):
            answer = client.get(address)
            assert answer.status_code == 200, answer.content[:300]

    taken = medians(
        {
            "page": lambda: ask(browser, "/evidence/"),
            "rest": lambda: ask(program, "/api/v1/items/"),
            "bare": lambda: ask(browser, "/bare/bare-items/"),
        }
    )
    taken = {name: seconds / A_ROUND for name, seconds in taken.items()}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask_once = browser.get("/evidence/")
    assert ask_once.status_code == 200
    report(
        Row(
            job=f"REST list of 50 from {size:,}, scoped",
            ours=1 / taken["rest"],
            baseline=1 / taken["bare"],
            unit="lists/s",
            target="≥ 0.4",
            against="bare DRF, no access",
            note="one client, in process",
        )
    )
    report(
        Row(
            job=f"list page of 50 from {size:,}",
            ours=taken["page"] * 1000,
            baseline=taken["bare"] * 1000,
            unit="ms",
            target="≤ 60 ms",
            against="bare DRF list",
            note=f"{len(asked)} queries, at most 12 allowed",
        )
    )
    return taken["rest"]


def creating(case: Any, lead: Any) -> None:
    """Logging an exhibit with access, rules, number and ledger, beside a plain insert by DRF."""
    _browser, program = clients(lead)
    incident = case.incident_rows.first()
    body = {
        "case": str(case.pk),
        "incident": str(incident.pk),
        "kind": "servo-actuator",
        "description": "Servo in a cast housing",
    }

    def send(address: str) -> None:
        for _time in range(A_ROUND):
            answer = program.post(address, body, format="json")
            assert answer.status_code == 201, answer.content[:300]

    taken = medians(
        {"ours": lambda: send("/api/v1/items/"), "bare": lambda: send("/bare/bare-items/")}
    )
    report(
        Row(
            job="exhibit create through REST",
            ours=A_ROUND / taken["ours"],
            baseline=A_ROUND / taken["bare"],
            unit="exhibits/s",
            target="≥ 0.4",
            against="bare DRF",
            note="one client, in process, with key, duty, number and ledger line",
        )
    )


if __name__ == "__main__":
    main()
