"""Moments in words, by a reader's clock and never more exact than they were stated."""

from datetime import date, datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAYS = {"month": "F Y", "year": "Y"}
CLOCKS = {"second": "H:i:s", "minute": "H:i", "hour": "H:00"}


def in_words(
    value: datetime | date, precision: str = "minute", elsewhere: tzinfo | None = None
) -> str:
    """A time in the reader's zone, cut to what is known; what has no clock in one `elsewhere`."""
    day_form = DAYS.get(precision, "j M Y")
    if not isinstance(value, datetime):
        return date_format(value, day_form)
    clock = CLOCKS.get(precision)
    local = local_to(value, None if clock else elsewhere)
    words = date_format(local, day_form)
    if not clock:
        return words
    parts = {"day": words, "clock": date_format(local, clock), "zone": local.tzname()}
    return _("%(day)s, %(clock)s %(zone)s") % parts


def local_to(value: datetime, zone: tzinfo | None) -> datetime:
    """The moment by the clock of a zone; at the ends of the calendar, where none runs, as it is."""
    try:
        return timezone.localtime(value, zone)
    except OverflowError:
        return value
