"""How full places are: what a reader may count, and whether there is room, which is all they learn.

How many exhibits lie in a place is a fact of the place: whoever looks after the store stands before
the shelf and counts. Others are told what they may see of it, and whether there is room.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.scope import system_scope
from evidence.models.item import Item
from evidence.models.storage_place import StoragePlace, is_keeper

NEARLY = 0.9


class Level(models.TextChoices):
    """Whether anything more fits in."""

    ROOM = "room", _("has room")
    NEARLY = "nearly", _("nearly full")
    FULL = "full", _("full")


@dataclass(frozen=True)
class Fill:
    """What one reader is told of how full a place is; `total` only to those who keep it."""

    seen: int
    level: Level | None
    total: int | None = None

    @property
    def unseen(self) -> int:
        """How many of those counted this reader may not see."""
        return 0 if self.total is None else self.total - self.seen


def everything_within(place: StoragePlace) -> list[StoragePlace]:
    """The place and all places in it, to any depth; one question a level."""
    found, level = [place], [place]
    while level:
        level = list(StoragePlace.objects.filter(parent__in=level).select_related("parent"))
        found += level
    return found


def occupancy(places: Iterable[StoragePlace]) -> int:
    """How many exhibits lie in these places, seen or not."""
    with system_scope("capacity is of the place, whoever may see what lies in it"):
        return Item.objects.filter(storage__in=list(places)).count()


def fills(places: Iterable[StoragePlace], reader: User) -> dict[UUID, Fill]:
    """How full each of these places is, what lies deeper in it included, as `reader` is told.

    `places` are whole trees: a place that is left out is counted nowhere.
    """
    rows = list(places)
    keeps = is_keeper(reader)
    seen = upwards(rows, Item.objects.visible_to(reader).filter(storage__in=rows))
    with system_scope("capacity is of the place, whoever may see what lies in it"):
        total = upwards(rows, Item.objects.filter(storage__in=rows))
    return {
        place.pk: Fill(
            seen=seen[place.pk],
            level=level_of(total[place.pk], place.capacity),
            total=total[place.pk] if keeps and place.agency_id == reader.agency_id else None,
        )
        for place in rows
    }


def upwards(places: list[StoragePlace], items: models.QuerySet[Item]) -> Counter[UUID]:
    """How many exhibits lie in each place or deeper in it."""
    own: Counter[UUID] = Counter(
        dict(items.order_by().values_list("storage").annotate(models.Count("pk")))
    )
    above = {place.pk: place.parent_id for place in places}
    counts: Counter[UUID] = Counter()
    for place, count in own.items():
        here: UUID | None = place
        while here is not None:
            counts[here] += count
            here = above.get(here)
    return counts


def level_of(total: int, capacity: int | None) -> Level | None:
    """In words; nothing where no limit is set."""
    if capacity is None:
        return None
    if total >= capacity:
        return Level.FULL
    return Level.NEARLY if total >= NEARLY * capacity else Level.ROOM
