"""Exhibits that come a thousand at a time, beside a bare loop and COPY into the same table."""

import csv
import io
import json
from typing import Any

from bench._case import analyse, enter_case, own_database
from bench._measure import Row, medians, report
from bench.items import clients

AT_ONCE = 1000
PLAIN, THERE = "plain_items", "evidence_item"
BARE = 100
"""So many of a bare loop are enough to know its pace."""


def main() -> None:
    with own_database():
        from bench._bare import mount

        mount()
        case, lead = enter_case(exhibits=1, incidents=1, photographs=0)
        analyse()
        browser, program = clients(lead)
        row = {
            "case": str(case.pk),
            "incident": str(case.incident_rows.first().pk),
            "kind": "servo-actuator",
            "description": "Servo in a cast housing",
        }
        whole = json.dumps({"rows": [row] * AT_ONCE})

        def ours() -> None:
            answer = program.post(
                "/api/v1/items/bulk/", data=whole, content_type="application/json"
            )
            assert answer.status_code == 201, answer.content[:300]

        def bare() -> None:
            for _time in range(BARE):
                answer = browser.post(
                    "/bare/bare-items/", data=json.dumps(row), content_type="application/json"
                )
                assert answer.status_code == 201, answer.content[:300]

        taken = medians({"ours": ours, "bare": bare, "copy": lambda: copy_rows(case, lead)}, runs=5)
        pace = AT_ONCE / taken["ours"]
        facts = {
            "ours": pace,
            "unit": "exhibits/s",
            "note": f"{AT_ONCE:,} rows a request, in process, each with two lines of the ledger",
        }
        report(
            Row(
                job="exhibits in bulk through REST",
                baseline=BARE / taken["bare"],
                target="≥ 5",
                against="bare DRF, one by one",
                **facts,
            )
        )
        report(
            Row(
                job="exhibits in bulk through REST, beside COPY",
                baseline=AT_ONCE / taken["copy"],
                target="≥ 0.1",
                against="COPY of rows alone, no rules, no custody, no ledger",
                **facts,
            )
        )


def copy_rows(case: Any, lead: Any) -> None:
    """The rows alone, as PostgreSQL takes them in fastest."""
    import secrets

    from django.db import connection
    from django.utils import timezone

    from config.management.commands.secure_database import ROLE
    from core.identity import uuid7
    from evidence.models import Item

    incident, now = case.incident_rows.first(), timezone.now()
    items = [
        Item(
            case=case,
            incident=incident,
            kind_id="servo-actuator",
            exhibit_no=f"C-{secrets.token_hex(8)}",
            description="Servo in a cast housing",
            holder=lead,
            created_at=now,
            updated_at=now,
            id=uuid7(),
        )
        for _each in range(AT_ONCE)
    ]
    columns: Any = list(Item._meta.concrete_fields)
    lines = io.StringIO()
    writer = csv.writer(lines)
    for item in items:
        values = (
            field.get_db_prep_save(field.pre_save(item, False), connection) for field in columns
        )
        writer.writerow([told(value) for value in values])
    lines.seek(0)
    names = ", ".join(f'"{field.column}"' for field in columns)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")  # a table of the owner's, with the same indexes alone
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {PLAIN} (LIKE {THERE} INCLUDING INDEXES)")
        cursor.copy_expert(f"COPY {PLAIN} ({names}) FROM STDIN WITH (FORMAT csv, NULL '∅')", lines)
        cursor.execute(f"SET ROLE {ROLE}")


def told(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "∅"
    return "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else str(value)


if __name__ == "__main__":
    main()
