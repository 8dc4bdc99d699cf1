"""Time zones by their IANA names, read from the system once."""

from zoneinfo import ZoneInfo, available_timezones

ZONES = frozenset(available_timezones())
"""Every zone this machine knows."""

ZONE_CHOICES = [(name, name) for name in sorted(ZONES)]
"""The zones as a form offers them."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; UTC where a record names none we know."""
    return ZoneInfo(name if name in ZONES else "UTC")
