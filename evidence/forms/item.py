"""Exhibits as they are typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, local_moment
from evidence.forms.known import exhibit_field, incident_field
from evidence.models import Item
from evidence.models.vocabulary import Hazard

PLACE = ["grid_ref", "distance_m", "bearing_deg", "burial_depth_cm"]
MEASURES = ["mass_g", "length_mm", "width_mm", "height_mm", "diameter_mm", "completeness_pct"]


class ItemForm(RecordForm[Item]):
    """What is said of an exhibit, custody apart; choices stay within its case."""

    hazards = forms.MultipleChoiceField(
        label=_("Hazards"),
        choices=Hazard,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fieldsets = [
        (_("What it is"), ["description", "kind", "condition", "quantity", "unit", "parent"]),
        (
            _("How it was found"),
            [
                "incident",
                "site",
                "recovered_at",
                "recovered_precision",
                "recovered_as_stated",
                "recovered_by",
                "acquisition",
                "documentation_site",
                "no_in_situ_reason",
            ],
        ),
        (_("Where in the site"), PLACE),
        (_("Handling"), ["hazards", "packaging"]),
        (_("Measures"), MEASURES),
    ]

    class Meta:
        model = Item
        fields = [
            "description",
            "kind",
            "condition",
            "quantity",
            "unit",
            "site",
            "recovered_at",
            "recovered_precision",
            "recovered_as_stated",
            "recovered_by",
            "acquisition",
            "no_in_situ_reason",
            "packaging",
            "documentation_site",
            *PLACE,
            *MEASURES,
        ]
        widgets = {
            "recovered_at": local_moment(),
        }
        help_texts = {
            "recovered_at": _("In your own time zone."),
            "unit": _("Such as pieces or bags."),
            "site": _("One of the sites of the incident."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.instance
        sites: Any = self.fields["site"]
        documented: Any = self.fields["documentation_site"]
        sites.queryset = documented.queryset = item.incident.sites.visible_to(self.user)
        self.fields["parent"] = exhibit_field(
            item.case,
            self.user,
            label=_("Part of"),
            required=False,
            help_text=_("An exhibit's number."),
        )
        self.fields["incident"] = incident_field(item.case, self.user, label=_("Incident"))
        self.initial.setdefault("parent", item.parent.exhibit_no if item.parent else "")
        self.initial.setdefault("incident", item.incident.ref)
        self.initial.setdefault("hazards", item.hazards)


class NewItemForm(ItemForm):
    """An exhibit to be logged; it takes the next number unless one is given."""

    exhibit_no = forms.CharField(
        label=_("Exhibit number"),
        max_length=30,
        required=False,
        help_text=_("Left empty, it takes the next of the series EV-0001."),
    )
    fieldsets = [
        (_("What it is"), [*ItemForm.fieldsets[0][1], "exhibit_no"]),
        *ItemForm.fieldsets[1:],
    ]
