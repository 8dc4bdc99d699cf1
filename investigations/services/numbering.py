"""Gives out the human numbers of a case: gapless, one series for each kind of record."""

from django.db import connection
from django.utils import timezone

from core.identity import uuid7
from investigations.models import Case

DRAW = """
INSERT INTO investigations_casecounter (id, created_at, case_id, kind, last)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (case_id, kind)
DO UPDATE SET last = investigations_casecounter.last + EXCLUDED.last
RETURNING last
"""


def next_numbers(case: Case, kind: str, *, count: int = 1) -> range:
    """The next `count` numbers of `kind`; the series is locked until the transaction ends.

    One statement draws them, so that two people at once can never be given the same number.
    """
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [uuid7(), timezone.now(), case.pk, kind, count])
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
