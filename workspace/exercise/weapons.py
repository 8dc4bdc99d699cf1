"""Says which exhibits of the exercise were one weapon, and what was measured of it."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from evidence import services
from evidence.models import Item, WeaponInstance
from investigations.models import Incident
from workspace.exercise.story import story

MEASURES = ("wingspan_m", "length_m", "takeoff_mass_kg")


@transaction.atomic
def describe_weapon(incident: Incident, key: str, *, by: User) -> None:
    """The weapon of one incident; a seizure of parts has none."""
    told: dict[str, Any] = dict(story()["weapon"].get(key, {}))
    if not told or WeaponInstance.objects.filter(incident=incident).exists():
        return
    numbers = told.pop("exhibits")
    exhibits = list(Item.objects.filter(incident=incident, exhibit_no__in=numbers))
    measured: dict[str, Any] = {name: Decimal(told.pop(name)) for name in MEASURES if name in told}
    services.enter_weapon(incident, by=by, exhibits=exhibits, **measured, **told)
