"""What may lie in a place of storage, and whether it fits."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Refused
from core.scope import system_scope
from evidence.models import Item, StoragePlace
from evidence.models.stock import everything_within, occupancy
from evidence.models.vocabulary import Hazard

EXPLOSIVE = [str(Hazard.LIVE_ORDNANCE)]
"""Hazards for which a place needs a licence."""


def require_fit(item: Item, place: StoragePlace) -> None:
    """Refuse a place that is closed, not licensed for what the exhibit is, or full."""
    require_open(place)
    if set(item.hazards) & set(EXPLOSIVE) and not place.takes_explosives:
        raise Refused(
            _("%(place)s is not licensed for explosives, and this is live ordnance.")
            % {"place": place.path}
        )
    require_room(place, [item])


def require_open(place: StoragePlace) -> None:
    """Nothing is put into a place that is closed."""
    if place.is_retired:
        raise Refused(_("%(place)s is closed.") % {"place": place.path})


def require_room(place: StoragePlace, items: Sequence[Item]) -> None:
    """Refuse what goes beyond the capacity of the place, or of any that it stands in.

    The site is held until the deed is done, so that two people cannot fill the last room at once.
    """
    way = place.way
    StoragePlace.objects.select_for_update(of=("self",), no_key=True).get(pk=way[0].pk)
    for above in way:
        if above.capacity is None:
            continue
        within = everything_within(above)
        inside = {each.pk for each in within}
        coming = sum(item.storage_id not in inside for item in items)
        if coming and occupancy(within) + coming > above.capacity:
            told = ngettext(
                "%(place)s takes %(count)d exhibit; that would be more.",
                "%(place)s takes %(count)d exhibits; that would be more.",
                above.capacity,
            )
            raise Refused(told % {"place": above.path, "count": above.capacity})


def require_what_lies_there(place: StoragePlace) -> None:
    """What lies in a place must still be allowed there, and fit, once it was changed or carried."""
    within = everything_within(place)
    with system_scope("what may lie in a place does not hang on who sees it"):
        lying = Item.objects.filter(storage__in=within, hazards__overlap=EXPLOSIVE)
        homes = [item.storage_id for item in lying if item.storage_id]
    for home in StoragePlace.objects.with_path().filter(pk__in=homes):
        if not home.takes_explosives:
            raise Refused(_("Live ordnance lies there: it needs a place licensed for explosives."))
    if place.capacity is not None and occupancy(within) > place.capacity:
        raise Refused(_("More is kept there than that."))
