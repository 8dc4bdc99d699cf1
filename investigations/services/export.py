"""What leaves the program as a table is written down in the ledger of each case it tells of."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import User
from investigations.models import Case
from ledger.services import record

LONGEST_WORDS = 200


@transaction.atomic
def note_export(
    by: User, act: str, *, rows: Mapping[UUID, int], asked: Mapping[str, str], marking: str
) -> list[Case]:
    """Leave a line in the chain of each case: who took how many of its rows, by which filter.

    Returns these cases. `rows` counts them by case. The words of the filter are kept where one case
    alone is told of; otherwise a team would read there what was asked about another's case, so only
    its fields are.
    """
    whole = {name: value[:LONGEST_WORDS] for name, value in asked.items() if value}
    told = whole if len(rows) == 1 else sorted(whole)
    cases = list(Case.objects.visible_to(by).filter(pk__in=rows).order_by("pk"))
    for case in cases:
        record(by, act, case, rows=rows[case.pk], asked=told, marking=marking)
    return cases
