"""What this machine does of four things that were timed on the machine the targets were set on.

Targets in milliseconds are of that machine. Held beside these ratios they can be judged on another
one; the ratios of all other rows need no such help.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench._case import enter_case, own_database
from bench._measure import Row, medians, report
from bench.photo_intake import half_scale_decode, photograph

PHOTOGRAPH = os.urandom(3_000_000)
A_ROUND = 10
SHA_THERE = 2.2
"""Milliseconds for the SHA-256 of 3 MB."""

DECODE_THERE, CREATE_THERE, INSERT_THERE = 33.6, 464, 3312
"""A second: 12 megapixels decoded at half scale; created by bare DRF; inserted row by row."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, own_database():
        from bench._bare import mount

        mount()
        case, lead = enter_case(exhibits=1, incidents=1, photographs=0)
        original = photograph(Path(folder) / "original.jpg")
        taken = medians(
            {
                "sha": lambda: [hashlib.sha256(PHOTOGRAPH).hexdigest() for _ in range(A_ROUND)],
                "decode": lambda: [half_scale_decode(original) for _ in range(A_ROUND)],
                "create": creating(case),
                "insert": inserting(lead),
            }
        )
    each = {name: seconds / A_ROUND for name, seconds in taken.items()}
    beside("SHA-256 of 3 MB", each["sha"] * 1000, SHA_THERE, "ms")
    beside("12 megapixels decoded at half scale", 1 / each["decode"], DECODE_THERE, "photos/s")
    beside("exhibit created by bare DRF", 1 / each["create"], CREATE_THERE, "exhibits/s")
    beside("plain insert of a row in its transaction", 1 / each["insert"], INSERT_THERE, "rows/s")


def creating(case: Any) -> Callable[[], object]:
    """Exhibits by plain DRF, as in `items`."""
    from rest_framework.test import APIClient

    program, incident = APIClient(), case.incident_rows.first()
    body = {
        "case": str(case.pk),
        "incident": str(incident.pk),
        "kind": "servo-actuator",
        "description": "Servo in a cast housing",
    }

    def send() -> None:
        for _time in range(A_ROUND):
            answer = program.post("/bare/bare-items/", body, format="json")
            assert answer.status_code == 201, answer.content[:300]

    return send


def inserting(lead: Any) -> Callable[[], object]:
    """Lines of the ledger with no chain, no seal and no lock, as in `ledger_append`."""
    from bench.ledger_append import log_of, plain

    insert = plain(lead.agency, log_of(0))
    return lambda: [insert() for _time in range(A_ROUND)]


def beside(job: str, here: float, there: float, unit: str) -> None:
    """One row: this machine beside the one that the targets were set on."""
    report(
        Row(
            job=f"this machine: {job}",
            ours=here,
            baseline=there,
            unit=unit,
            target="–",
            against="the machine of the targets",
        )
    )


if __name__ == "__main__":
    main()
