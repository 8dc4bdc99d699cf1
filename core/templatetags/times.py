"""Times as they are known: never more exact than they were stated."""

from datetime import date, datetime, tzinfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.zones import zone_named

register = template.Library()

DAYS = {"month": "F Y", "year": "Y"}
CLOCKS = {"second": "H:i:s", "minute": "H:i", "hour": "H:00"}


@register.simple_tag
def moment(
    value: datetime | date | None, precision: str = "minute", stated_in: str = ""
) -> SafeString:
    """A time in the reader's zone, cut to what is known, with UTC for those who hover.

    A day, month or year is that of the place: it is told in the zone it was stated in.
    """
    if value is None or precision == "unknown":
        return format_html('<span class="muted">{}</span>', _("not known"))
    day_form = DAYS.get(precision, "j M Y")
    if not isinstance(value, datetime):
        return timed(value, date_format(value, day_form))
    clock = CLOCKS.get(precision)
    elsewhere = zone_named(stated_in) if stated_in and not clock else None
    local = local_to(value, elsewhere)
    words = date_format(local, day_form)
    if not clock:
        return timed(value, words)
    told = {"day": words, "clock": date_format(local, clock), "zone": local.tzname()}
    return timed(value, _("%(day)s, %(clock)s %(zone)s") % told)


def local_to(value: datetime, zone: tzinfo | None) -> datetime:
    """The moment by the clock of a zone; at the ends of the calendar, where none runs, as it is."""
    try:
        return timezone.localtime(value, zone)
    except OverflowError:
        return value


def timed(value: date, words: str) -> SafeString:
    """Words that machines can read as the time they stand for."""
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', value.isoformat(), words)


@register.simple_tag
def day(value: datetime | date | None) -> SafeString:
    """Just the day, for narrow columns."""
    return moment(value, "day")
