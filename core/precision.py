"""How exactly a time or a place is known; a guess is never stored as a fact."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatePrecision(models.TextChoices):
    """How exactly a moment is known."""

    SECOND = "second", _("to the second")
    MINUTE = "minute", _("to the minute")
    HOUR = "hour", _("to the hour")
    DAY = "day", _("the day")
    MONTH = "month", _("the month")
    YEAR = "year", _("the year")
    RANGE = "range", _("a range")
    UNKNOWN = "unknown", _("unknown")


class PlacePrecision(models.TextChoices):
    """How exactly a place is known (compare the five specificity grades of GTD)."""

    EXACT = "exact-point", _("exact point")
    BUILDING = "building", _("building")
    STREET = "street", _("street")
    SETTLEMENT = "settlement", _("settlement")
    DISTRICT = "district", _("district")
    REGION = "region", _("region")
    COUNTRY = "country", _("country")
    UNKNOWN = "unknown", _("unknown")
