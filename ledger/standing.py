"""How far the signer and the authorities have come: what waits, and what is refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from redis.exceptions import RedisError

from ledger.models import REGISTER_LOG, Alarm, Checkpoint, Entry, Head, TimeStamp

PROMISED = timedelta(seconds=60)
"""No line waits longer than this for its signature."""

KEPT, KEPT_FOR = "ledger.standing", 120
"""Where pages find how things stood a moment ago, and for how many seconds that is told."""


@dataclass(frozen=True)
class Standing:
    """What an operator must know of the signer: since when a line waits, how many alarms last."""

    waits_since: datetime | None
    alarms: int

    @property
    def is_late(self) -> bool:
        """True when a line has waited for its signature longer than is promised."""
        return self.waits_since is not None and timezone.now() - self.waits_since > PROMISED

    @property
    def needs_somebody(self) -> bool:
        """True when the ledger is not signed as it should be."""
        return self.is_late or self.alarms > 0


def standing() -> Standing:
    """How things stand now, over every log; call it inside `system_scope`."""
    signed = Checkpoint.objects.filter(log=OuterRef("log")).order_by("-size").values("size")[:1]
    behind = Head.objects.annotate(signed=Coalesce(Subquery(signed), 0))
    behind = behind.filter(position__gt=F("signed")).annotate(first=F("signed") + 1)
    unsigned = Entry.objects.filter(log=OuterRef("log"), position=OuterRef("first"))
    since = behind.annotate(since=Subquery(unsigned.values("at")[:1])).aggregate(Min("since"))
    waits_since = since["since__min"]
    return Standing(waits_since, Alarm.objects.filter(over_at=None).count())


def keep_standing() -> Standing:
    """Look, and keep it for the pages; call it inside `system_scope`."""
    now = standing()
    cache.set(KEPT, (now.waits_since, now.alarms), KEPT_FOR)
    return now


def kept_standing() -> Standing | None:
    """How things stood when somebody last looked; None where nobody did lately."""
    try:
        kept = cache.get(KEPT)
    except (RedisError, OSError):  # pages go on without the doorbell
        return None
    return Standing(*kept) if kept else None


@dataclass(frozen=True)
class Wanted:
    """Lines that somebody waits for: how long each log was when they asked."""

    sizes: dict[UUID, int]

    @property
    def lines(self) -> int:
        """How many lines in all."""
        return sum(self.sizes.values())

    def is_signed(self) -> bool:
        """True once a checkpoint of each log holds them."""
        signed = Checkpoint.objects.filter(log__in=self.sizes).values_list("log")
        newest = dict(signed.annotate(Max("size")))
        return all(newest.get(log, 0) >= size for log, size in self.sizes.items())

    def stamped_at(self) -> datetime | None:
        """When the first authority saw all of them, by its own clock."""
        places = [
            Checkpoint.objects.filter(log=log, size__gte=size)
            .order_by("size")
            .values_list("register_index", flat=True)
            .first()
            for log, size in self.sizes.items()
        ]
        last = max((place for place in places if place is not None), default=-1)
        stamps = TimeStamp.objects.filter(
            checkpoint__log=REGISTER_LOG,
            checkpoint__size__gt=last,
            state=TimeStamp.State.STAMPED,
        )
        return stamps.order_by("stamped_at").values_list("stamped_at", flat=True).first()


def wanted_now() -> Wanted:
    """Every line that is there now; call it inside `system_scope`."""
    return Wanted(dict(Head.objects.filter(position__gt=0).values_list("log", "position")))
