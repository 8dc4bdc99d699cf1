"""Gives out the human numbers of a case: gapless, one series for each kind of record."""

from django.db import transaction

from investigations.models import Case, CaseCounter


@transaction.atomic
def next_numbers(case: Case, kind: str, *, count: int = 1) -> range:
    """The next `count` numbers of `kind`; the series is locked until commit."""
    CaseCounter.objects.get_or_create(case=case, kind=kind)
    counter = CaseCounter.objects.select_for_update().get(case=case, kind=kind)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)
