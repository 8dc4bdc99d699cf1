"""Sites as they are typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, local_moment
from investigations.models import Site
from investigations.models.area import area_in


class SiteForm(RecordForm[Site]):
    """What is said of a place of an incident."""

    searched_area = forms.CharField(
        label=_("Searched area"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea({"rows": 6, "dir": "ltr", "spellcheck": "false"}),
        help_text=_(
            "One corner on each line, as latitude, longitude in decimal degrees (WGS 84); "
            "or a GeoJSON Polygon."
        ),
    )

    class Meta:
        model = Site
        fields = [
            *("name", "kind", "safe_status", "secured_at", "released_at", "place_name"),
            *("place_native", "country", "latitude", "longitude", "place_precision"),
            *("uncertainty_m", "sensitive", "remarks"),
        ]
        widgets = {
            "secured_at": local_moment(),
            "released_at": local_moment(),
            "place_native": forms.TextInput(attrs={"dir": "auto"}),
            "remarks": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "name": _("Short and unmistakable, such as “north wall crater”."),
            "secured_at": _("In your own time zone."),
            "uncertainty_m": _("Metres around the point."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["searched_area"] = "\n".join(self.instance.corners)

    def clean_searched_area(self) -> list[list[float]] | None:
        """The outline in its one form; what is wrong with it is told in words."""
        return area_in(self.cleaned_data["searched_area"])
