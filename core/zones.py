"""Time zones by their IANA names, read from the system once, and the day it is in the reader's."""

from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

ZONES = frozenset(available_timezones())
"""Every zone this machine knows."""

ZONE_CHOICES = [(name, name) for name in sorted(ZONES)]
"""The zones as a form offers them."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; UTC where a record names none we know."""
    return ZoneInfo(name if name in ZONES else "UTC")


def today() -> date:
    """The calendar day where the reader is; that of the installation where a worker asks.

    What is due on a day is due until that day ends for whoever owes it, so that nothing turns
    late on a screen whose calendar still shows the day itself.
    """
    return timezone.localdate()
