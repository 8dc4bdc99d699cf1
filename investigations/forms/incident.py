"""Attacks as they are typed in: when and where, what was counted, and who reported it."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Country, Theatre, WeaponModel
from core.forms import RecordForm, local_moment
from core.grading import Credibility, Reliability
from core.markdown import HINT
from core.precision import DatePrecision
from core.zones import ZONE_CHOICES, zone_named
from investigations.models import CasualtyCount, Incident, Source

TIMES = ("occurred_from", "occurred_to")


class StatedMoment(forms.DateTimeField):
    """A time in the source's zone, whatever clocks do in the reader's own."""

    widget = local_moment()

    def to_python(self, value: Any) -> datetime | None:
        """The hands of the clock as typed, marked UTC until the form knows the zone."""
        with timezone.override(UTC):
            return super().to_python(value)


class IncidentForm(RecordForm[Incident]):
    """What is said of an attack; its times are typed in the zone they were stated in."""

    occurred_from = StatedMoment(
        label=_("Began"),
        required=False,
        help_text=_("Known only to the day or month? Give the first moment of it."),
    )
    occurred_to = StatedMoment(label=_("Ended"), required=False)
    occurred_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=ZONE_CHOICES,
        help_text=_("The zone the source speaks in."),
    )
    theatre = forms.ModelChoiceField(
        label=_("Theatre"), required=False, queryset=Theatre.objects.all()
    )
    country = forms.ModelChoiceField(
        label=_("Country"), required=False, queryset=Country.objects.all()
    )

    class Meta:
        model = Incident
        fields = [
            *("title", "narrative", "status", "theatre", "attack_mode", "target_type", "outcome"),
            *("occurred_from", "occurred_to", "occurred_precision", "occurred_as_stated"),
            *("occurred_zone", "place_name", "place_native", "country", "latitude", "longitude"),
            *("place_precision", "uncertainty_m", "weapon_model", "weapon_as_stated"),
            *("launched_min", "launched_max", "intercepted_min", "intercepted_max"),
            *("arrived_min", "arrived_max"),
        ]
        widgets = {
            "place_native": forms.TextInput(attrs={"dir": "auto"}),
            "narrative": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "narrative": HINT,
            "occurred_as_stated": _("The source's own words, such as “before dawn”."),
            "uncertainty_m": _("Metres around the point."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = WeaponModel.objects.only("name").order_by("name")
        self.fields["weapon_model"].queryset = models  # type: ignore[attr-defined]
        zone = zone_named(self.instance.occurred_zone)
        for name in TIMES:
            stored = getattr(self.instance, name)
            self.initial[name] = stored and timezone.make_naive(stored, zone)

    def clean(self) -> dict[str, Any]:
        """Times count in the zone they were stated in; a time without a precision is a guess."""
        told = super().clean() or self.cleaned_data
        zone = zone_named(told.get("occurred_zone", "UTC"))
        for name in TIMES:
            if typed := told.get(name):
                told[name] = typed.replace(tzinfo=zone).astimezone(UTC)
        known = told.get("occurred_precision") != DatePrecision.UNKNOWN
        if told.get("occurred_from") and not known:
            self.add_error("occurred_precision", _("Say how exactly the time is known."))
        if known and not told.get("occurred_from") and "occurred_from" not in self.errors:
            self.add_error("occurred_from", _("Give the time, or say that it is unknown."))
        return told


class CasualtiesForm(forms.ModelForm[CasualtyCount]):
    """How many of one group came to harm; both numbers empty means unknown."""

    class Meta:
        model = CasualtyCount
        fields = ["harm", "group", "at_least", "at_most", "as_of"]
        widgets = {"as_of": local_moment()}
        help_texts = {"as_of": _("In your own time zone.")}


class SourceForm(forms.Form):
    """One report of an attack with its two grades."""

    citation = forms.CharField(
        label=_("Citation"), max_length=500, help_text=_("Who reported it, where and when.")
    )
    reliability = forms.ChoiceField(
        label=_("How reliable the source is"), choices=Reliability, initial=Reliability.F
    )
    credibility = forms.ChoiceField(
        label=_("How credible the report is"),
        choices=Credibility,
        initial=Credibility.CANNOT_BE_JUDGED,
    )
    party_to_conflict = forms.BooleanField(
        label=_("Speaks for a party to the conflict"), required=False
    )
    source = forms.ModelChoiceField(
        label=_("Source of this case"), required=False, queryset=Source.objects.none()
    )

    def __init__(self, *args: Any, sources: QuerySet[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
