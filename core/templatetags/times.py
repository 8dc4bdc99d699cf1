"""Times as they are known: never more exact than they were stated."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.clock import in_words
from core.zones import zone_named

register = template.Library()


@register.simple_tag
def moment(
    value: datetime | date | None, precision: str = "minute", stated_in: str = ""
) -> SafeString:
    """A time in the reader's zone, cut to what is known, with UTC for those who hover.

    A day, month or year is that of the place: it is told in the zone it was stated in.
    """
    if value is None or precision == "unknown":
        return format_html('<span class="muted">{}</span>', _("not known"))
    zone = zone_named(stated_in) if stated_in else None
    return timed(value, in_words(value, precision, zone))


def timed(value: date, words: str) -> SafeString:
    """Words that machines can read as the time they stand for."""
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', value.isoformat(), words)


@register.simple_tag
def day(value: datetime | date | None) -> SafeString:
    """Just the day, for narrow columns."""
    return moment(value, "day")
