"""Times as they are known: never more exact than they were stated."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

FORMATS = {
    "second": "j M Y, H:i:s",
    "minute": "j M Y, H:i",
    "hour": "j M Y, H:00",
    "day": "j M Y",
    "range": "j M Y",
    "month": "F Y",
    "year": "Y",
}
CLOCK = {"second", "minute", "hour"}


@register.simple_tag
def moment(value: datetime | date | None, precision: str = "minute") -> SafeString:
    """A time in the reader's zone, cut to what is known, with UTC for those who hover."""
    if value is None or precision == "unknown":
        return format_html('<span class="muted">{}</span>', _("not known"))
    if not isinstance(value, datetime):
        words = date_format(value, FORMATS.get(precision, FORMATS["day"]))
        return format_html('<time datetime="{}"><bdi>{}</bdi></time>', value.isoformat(), words)
    local = timezone.localtime(value)
    words = date_format(local, FORMATS.get(precision, FORMATS["minute"]))
    zone = f" {local.tzname()}" if precision in CLOCK else ""
    return format_html(
        '<time datetime="{}"><bdi>{}</bdi><span class="zone">{}</span></time>',
        value.isoformat(),
        words,
        zone,
    )


@register.simple_tag
def day(value: datetime | date | None) -> SafeString:
    """Just the day, for narrow columns."""
    return moment(value, "day")
