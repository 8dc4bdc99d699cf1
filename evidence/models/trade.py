"""What a part runs on, how it is traded, and which export controls name it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.precision import DatePrecision
from core.zones import today
from evidence.models.description import plain

HIGHEST_MHZ = Decimal(300_000)
"""Where the radio spectrum ends, by the Radio Regulations of the ITU: 300 GHz."""

SEEN_TO = [
    (one.value, one.label) for one in (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
]
"""How exactly the first appearance of a product is known."""


class PriorityTier(models.IntegerChoices):
    """Tiers of the Common High Priority List that the EU, Japan, the UK and the US keep."""

    FIRST = 1, _("tier 1")
    SECOND = 2, _("tier 2")
    THIRD = 3, _("tier 3")
    FOURTH = 4, _("tier 4")


def is_hs_code(code: str) -> None:
    """Six digits of the Harmonized System: chapter, heading, subheading."""
    check = RegexValidator(r"^[0-9]{6}\Z", _("An HS code has six digits, such as 852691."))
    check(code)


def is_eccn(code: str) -> None:
    """An entry of the US Commerce Control List, or EAR99 for what it does not name."""
    check = RegexValidator(
        r"^([0-9][A-E][0-9]{3}(\.[0-9a-z]{1,4}){0,5}|EAR99)\Z",
        _("An ECCN is written such as 7A103 or 7A994.b; what the list does not name is EAR99."),
    )
    check(code)


def is_mtcr_item(code: str) -> None:
    """An item of the annex of the Missile Technology Control Regime, items 1 to 20."""
    check = RegexValidator(
        r"^([1-9]|1[0-9]|20)\.[A-E]\.[0-9]{1,2}(\.[a-z0-9]{1,3}){0,4}\Z",
        _("An item of the MTCR annex is written such as 9.A.6; items go from 1 to 20."),
    )
    check(code)


def is_currency(code: str) -> None:
    """Three letters as in ISO 4217."""
    check = RegexValidator(r"^[A-Z]{3}\Z", _("A currency is three letters, such as USD or EUR."))
    check(code)


def is_not_ahead(day: date) -> None:
    """Nothing was seen on the market tomorrow."""
    if day > today():
        raise ValidationError(_("This day is still to come."))


def measure(label: Any, digits: int, places: int, *, least: str, most: str) -> Any:
    """A measured quantity between two bounds, or not known."""
    bounds = [MinValueValidator(Decimal(least)), MaxValueValidator(Decimal(most))]
    return models.DecimalField(
        label, max_digits=digits, decimal_places=places, null=True, blank=True, validators=bounds
    )


def control(label: Any, length: int, check: Any, **more: Any) -> Any:
    """The number under which a list of controlled goods names the part, or none."""
    return models.CharField(label, max_length=length, blank=True, validators=[check], **more)


class Traded(models.Model):
    """The columns on power, radio, trade and export control of a part.

    Units stand at the end of the names: volts, amperes, hertz, megahertz. A direct current has
    0 Hz. A radio that works on one frequency has no upper end of its band.
    """

    voltage_v = measure(_("voltage (V)"), 9, 3, least="0.001", most="100000")
    current_a = measure(_("current (A)"), 9, 4, least="0.0001", most="10000")
    frequency_hz = measure(_("mains frequency (Hz)"), 9, 2, least="0", most="1000000")
    rf_mhz = measure(_("radio frequency (MHz)"), 12, 6, least="0.003", most=str(HIGHEST_MHZ))
    rf_upper_mhz = measure(
        _("upper end of the radio band (MHz)"), 12, 6, least="0.003", most=str(HIGHEST_MHZ)
    )
    rf_protocol = models.CharField(_("radio protocol"), max_length=80, blank=True)
    hs_code = control(_("HS code"), 6, is_hs_code)
    eccn = control(_("ECCN"), 20, is_eccn)
    eu_annex = models.CharField(
        _("entry in an annex of the EU"),
        max_length=60,
        blank=True,
        help_text=_("Such as Annex I 7A103 of Regulation (EU) 2021/821."),
    )
    priority_tier = models.PositiveSmallIntegerField(
        _("Common High Priority List"), null=True, blank=True, choices=PriorityTier
    )
    mtcr_item = control(_("item of the MTCR annex"), 20, is_mtcr_item)
    price = measure(_("price"), 14, 2, least="0.01", most="999999999999")
    price_currency = control(_("currency"), 3, is_currency)
    first_seen_market = models.DateField(
        _("first seen on the market"), null=True, blank=True, validators=[is_not_ahead]
    )
    first_seen_precision = models.CharField(
        _("which is known to"), max_length=10, choices=SEEN_TO, blank=True
    )

    class Meta:
        abstract = True

    @property
    def power_text(self) -> str:
        """What it runs on: volts, amperes and hertz, as far as they are known."""
        units = ((self.voltage_v, "V"), (self.current_a, "A"), (self.frequency_hz, "Hz"))
        return " · ".join(f"{plain(value)} {unit}" for value, unit in units if value is not None)

    @property
    def radio_text(self) -> str:
        """Frequency or band in MHz, and the protocol."""
        ends = [plain(end) for end in (self.rf_mhz, self.rf_upper_mhz) if end is not None]
        band = f"{'–'.join(ends)} MHz" if ends else ""
        return " · ".join(part for part in (band, self.rf_protocol) if part)

    @property
    def price_text(self) -> str:
        """The price with its currency."""
        return "" if self.price is None else f"{self.price:.2f} {self.price_currency}"

    @property
    def first_seen_text(self) -> str:
        """The day, the month or the year, whichever is known."""
        if self.first_seen_market is None:
            return ""
        kept: dict[str, int] = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}
        return self.first_seen_market.isoformat()[: kept.get(self.first_seen_precision, 10)]


TRADE_RULES = [
    models.CheckConstraint(
        condition=Q(rf_upper_mhz__isnull=True)
        | Q(rf_mhz__isnull=False, rf_upper_mhz__gte=F("rf_mhz")),
        name="component_radio_band_in_order",
        violation_error_message=_("The upper end of a radio band lies above its lower end."),
    ),
    models.CheckConstraint(
        condition=Q(price__isnull=True, price_currency="")
        | Q(price__isnull=False) & ~Q(price_currency=""),
        name="component_price_with_its_currency",
        violation_error_message=_("Say the price and its currency, or neither."),
    ),
    models.CheckConstraint(
        condition=Q(first_seen_market__isnull=True, first_seen_precision="")
        | Q(first_seen_market__isnull=False) & ~Q(first_seen_precision=""),
        name="component_first_seen_with_its_precision",
        violation_error_message=_(
            "Say when it was first seen on the market and how exactly that is known, or neither."
        ),
    ),
    models.CheckConstraint(
        condition=Q(priority_tier__isnull=True) | Q(priority_tier__range=(1, 4)),
        name="component_priority_tier_from_1_to_4",
        violation_error_message=_("The Common High Priority List has tiers 1 to 4."),
    ),
]
