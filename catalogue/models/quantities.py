"""Measured quantities of weapon models: a range each, with its unit in the column's name."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Quantity(NamedTuple):
    """A quantity stored in the two columns `<name>_min` and `<name>_max`."""

    name: str
    label: Promise
    unit: Promise


class Range(NamedTuple):
    """A quantity of one model: its least and greatest stated value, and the source's own words."""

    quantity: Quantity
    least: Decimal | None
    greatest: Decimal | None
    as_stated: str

    def __str__(self) -> str:
        """`10–16`, or `16` when both ends are one; empty when no figure could be read."""
        ends = [f"{end.normalize():f}" for end in (self.least, self.greatest) if end is not None]
        return "–".join(dict.fromkeys(ends))


QUANTITIES = [
    Quantity("takeoff_mass_kg", _("Take-off mass"), _("kg")),
    Quantity("empty_mass_kg", _("Empty mass"), _("kg")),
    Quantity("payload_kg", _("Payload or warhead"), _("kg")),
    Quantity("wingspan_m", _("Wingspan"), _("m")),
    Quantity("length_m", _("Length"), _("m")),
    Quantity("range_km", _("Range"), _("km")),
    Quantity("endurance_h", _("Endurance"), _("h")),
    Quantity("cruise_speed_kmh", _("Cruise speed"), _("km/h")),
    Quantity("top_speed_kmh", _("Top speed"), _("km/h")),
    Quantity("ceiling_m", _("Ceiling"), _("m")),
]


def quantity_named(name: str) -> Quantity:
    """The quantity stored under this name."""
    return next(quantity for quantity in QUANTITIES if quantity.name == name)


def bound(label: Any) -> "models.DecimalField[Any, Any]":
    """One end of a range: empty when the source does not state it."""
    return models.DecimalField(label, max_digits=12, decimal_places=4, null=True, blank=True)


def in_order(quantity: Quantity) -> models.CheckConstraint:
    """Both ends or neither, none negative, and the lesser first."""
    least, greatest = f"{quantity.name}_min", f"{quantity.name}_max"
    known = models.Q(**{f"{least}__isnull": False, f"{greatest}__isnull": False})
    stated = known & models.Q(**{f"{least}__gte": 0, f"{greatest}__gte": models.F(least)})
    absent = models.Q(**{f"{least}__isnull": True, f"{greatest}__isnull": True})
    return models.CheckConstraint(condition=stated | absent, name=f"weapon_{quantity.name}_range")
