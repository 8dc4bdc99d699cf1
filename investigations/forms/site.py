"""Sites as they are typed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, local_moment
from investigations.models import Site


class SiteForm(RecordForm[Site]):
    """What is said of a place of an incident."""

    class Meta:
        model = Site
        fields = [
            *("name", "kind", "safe_status", "secured_at", "released_at", "place_name"),
            *("place_native", "country", "latitude", "longitude", "place_precision"),
            *("uncertainty_m", "remarks"),
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
