"""Puts versions on offer, each at a moment of its own after all before it, and takes them off."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from core.scope import system_scope
from exchange.content.gathering import AT_ONCE
from exchange.models import StixVersion
from investigations.models import Case

MICROSECOND = timedelta(microseconds=1)
OURS = "what is on offer is one list, whoever may see which part of it"


def put_on_offer(case: Case, keys: Sequence[UUID]) -> int:
    """Offer these versions, in this order; those that are on offer stay where they stand.

    What a label has brought into another sharing group is new there, so that nobody in it who asks
    what was added since misses it.

    Returns how many are new. Whoever calls writes the line.
    """
    with system_scope(OURS):
        at, fresh = next_moment(case), 0
        for start in range(0, len(keys), AT_ONCE):
            some = list(keys[start : start + AT_ONCE])
            found = StixVersion.objects.filter(case=case, pk__in=some).defer("body")
            waiting = [row for row in found if not row.stands_on_offer]
            rows = sorted(waiting, key=lambda row: some.index(row.pk))
            for row in rows:
                row.offered_at, row.gone_at, at = at, None, at + MICROSECOND
                row.group = row.fitting_group
            StixVersion.objects.bulk_update(rows, ["offered_at", "gone_at", "group"])
            fresh += len(rows)
    return fresh


def next_moment(case: Case) -> datetime:
    """Now, or just after the last moment at which something of the case was put on offer."""
    rows = StixVersion.objects.filter(case=case)
    last: datetime | None = rows.aggregate(last=Max("offered_at"))["last"]
    now = timezone.now()
    return max(now, last + MICROSECOND) if last else now


def take_off_offer(case: Case, kept: Sequence[UUID]) -> int:
    """Take objects off the offer that are none of these; how many objects went.

    Earlier versions of what stays on offer stay too, for whoever asks for them.
    """
    with system_scope(OURS):
        stays = StixVersion.objects.filter(case=case, pk__in=list(kept)).values("stix_id")
        rows = StixVersion.objects.filter(case=case).offered().exclude(stix_id__in=stays)
        gone = rows.order_by().values("stix_id").distinct().count()
        rows.update(gone_at=timezone.now())
    return gone
