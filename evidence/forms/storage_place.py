"""Places of storage as they are typed, picked and scanned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import RecordForm
from evidence.forms.custody import happened
from evidence.models import Item, StoragePlace
from evidence.models.scan import key_scanned


class PlaceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The places in use that a person sees, each by its whole path."""

    def __init__(self, **how: Any) -> None:
        super().__init__(StoragePlace.objects.none(), **how)

    def offer_to(self, reader: User) -> None:
        """Fill the list for one person."""
        rows = StoragePlace.objects.visible_to(reader).in_use().with_path()
        self.queryset = rows.order_by("agency", "name")


class PlaceForm(RecordForm[StoragePlace]):
    """What is said of a place of storage."""

    fieldsets = [
        (_("The place"), ["name", "kind", "capacity", "licensed_for_explosives", "remarks"]),
        (
            _("Climate"),
            ["temperature_min_c", "temperature_max_c", "humidity_min_pct", "humidity_max_pct"],
        ),
        (_("Where"), ["latitude", "longitude"]),
    ]

    class Meta:
        model = StoragePlace
        fields = [
            *("name", "kind", "capacity", "licensed_for_explosives", "remarks"),
            *("temperature_min_c", "temperature_max_c", "humidity_min_pct", "humidity_max_pct"),
            *("latitude", "longitude"),
        ]
        widgets = {"remarks": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "capacity": _("How many exhibits fit; leave it empty where nobody counts."),
            "latitude": _("Of a site alone."),
        }


class MovePlaceForm(forms.Form):
    """Where a place is carried, with all that is in it."""

    to = PlaceChoice(label=_("Carry it to"))

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer_to(reader)  # type: ignore[attr-defined]


class RetireForm(forms.Form):
    """Why a place is closed."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class StoreForm(forms.Form):
    """Where it is put: picked, scanned, or written where no place is entered for it."""

    storage = PlaceChoice(label=_("Place of storage"), required=False)
    place = forms.CharField(
        label=_("Or scan its code, or write where it is"),
        max_length=200,
        required=False,
        help_text=_("Down to the shelf or box."),
    )
    at = happened()

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["storage"].offer_to(reader)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was scanned stands for the place that it names."""
        told = self.cleaned_data
        key = key_scanned(told.get("place") or "")
        if key is not None:
            found = StoragePlace.objects.visible_to(self.reader).with_path().filter(pk=key).first()
            told["storage"], told["place"] = found, ""
            if found is None:
                self.add_error("place", _now("There is no such place of storage."))
        elif told.get("storage") is None and not told.get("place") and not self.errors:
            self.add_error("place", _now("This field is required."))
        return told


class PutAwayForm(StoreForm):
    """Where several exhibits are put, and which others go with those that were ticked."""

    scanned = forms.CharField(
        label=_("Scan the exhibits, one a line"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
    )
    field_order = ("scanned", "place", "storage", "at")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("place"):
            self.add_error("place", _now("Scan the code of a place, or pick one from the list."))
        told["items"] = []
        for line in filter(str.strip, (told.pop("scanned", None) or "").splitlines()):
            item = Item.objects.visible_to(self.reader).labelled(line).first()
            if item is None:
                wrong = _now("No exhibit that you see is labelled “%(text)s”.") % {"text": line}
                self.add_error("scanned", wrong)
            else:
                told["items"].append(item)
        return told
