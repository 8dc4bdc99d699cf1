"""Components as they are typed in: exactly as seen, nothing folded."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _

from catalogue.models import Maker
from core.forms import RecordForm, day
from evidence.forms.known import SUGGESTIONS, Suggest
from evidence.models import Component

VERBATIM = [
    "part_number",
    "serial_number",
    "lot_code",
    "date_code",
    "board_revision",
    "firmware_version",
    "firmware_sha256",
]
CODES = ["hs_code", "eccn", "mtcr_item", "price_currency"]
AS_SEEN = forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false"})

FIELDSETS = [
    (
        _("What it is"),
        [
            "category",
            "identification",
            "model_name",
            "maker_as_marked",
            "maker",
            "maker_status",
        ],
    ),
    (
        _("Numbers, exactly as marked"),
        [
            "part_number",
            "serial_number",
            "serial_state",
            "lot_code",
            "date_code",
            "transcription",
        ],
    ),
    (_("Board and firmware"), ["board_revision", "firmware_version", "firmware_sha256"]),
    (
        _("Origin of the part"),
        [
            "country_of_manufacture",
            "manufacture_basis",
            "country_of_design",
        ],
    ),
    (
        _("Power and radio"),
        [
            *("voltage_v", "current_a", "frequency_hz"),
            *("rf_mhz", "rf_upper_mhz", "rf_protocol"),
        ],
    ),
    (
        _("On the market"),
        [
            *("commodity_grade", "price", "price_currency"),
            *("first_seen_market", "first_seen_precision"),
        ],
    ),
    (
        _("Export control"),
        ["hs_code", "eccn", "eu_annex", "priority_tier", "mtcr_item"],
    ),
    (
        _("How it is made"),
        [
            "materials",
            "colour",
            "finish",
            "fasteners",
            "wiring",
            "connector",
            "adhesive",
            "technique",
            "workmanship",
        ],
    ),
]


class MakerField(forms.ModelChoiceField[Maker]):
    """A maker of the catalogue by its name, whatever its legal form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Maker.objects.all(), to_field_name="name", widget=Suggest(), **kwargs)

    def to_python(self, value: Any) -> Maker | None:
        """The one maker called so."""
        if value in self.empty_values:
            return None
        if maker := Maker.objects.called(str(value)).first():
            return maker
        raise forms.ValidationError(
            _("The catalogue has no maker of this name. Write it as marked instead.")
        )


class ComponentForm(RecordForm[Component]):
    """The technical facts of one part; `?` stands for a character that cannot be read."""

    maker = MakerField(
        label=_("Maker in the catalogue"),
        required=False,
        help_text=_("If it is not listed, “maker as marked” is enough."),
    )
    materials = SimpleArrayField(
        forms.CharField(max_length=60),
        label=_("Materials"),
        required=False,
        help_text=_("Separated by commas."),
    )
    fieldsets = FIELDSETS

    class Meta:
        model = Component
        fields = [name for _legend, names in FIELDSETS for name in names]
        widgets = {**dict.fromkeys([*VERBATIM, *CODES], AS_SEEN), "first_seen_market": day()}
        help_texts = {
            "part_number": _("Write ? for each character that cannot be read."),
            "serial_number": _("Write ? for each character that cannot be read."),
            "frequency_hz": _("0 for direct current."),
            "rf_upper_mhz": _("Only for a band; leave it empty for one frequency."),
            "first_seen_market": _("If only the month or the year is known, take its first day."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        component = self.instance
        known = Maker.objects.values_list("name", "country__name")[:SUGGESTIONS]
        widget = self.fields["maker"].widget
        widget.suggestions = ((name, country or "") for name, country in known)
        self.initial["maker"] = component.maker.name if component.maker else ""
