"""Markings as they are typed in: the letters as they stand, and the state they are in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from evidence.forms.region import region_fields, region_initial, region_typed
from evidence.models import Marking
from evidence.models.region import SIDES


class MarkingForm(RecordForm[Marking]):
    """One marking, pinned to a photo of the exhibit if there is one."""

    fieldsets = [
        (_("What is seen"), ["kind", "state", "as_seen", "script", "photo"]),
        (_("Where on the photo"), [*SIDES, "outline"]),
        (_("If it was removed"), ["removal_pattern", "restoration_method"]),
    ]

    class Meta:
        model = Marking
        fields = [
            "kind",
            "state",
            "as_seen",
            "script",
            "photo",
            "removal_pattern",
            "restoration_method",
        ]
        help_texts = {
            "as_seen": _("Verbatim; write ? for each character that cannot be read."),
            "script": _("Such as Latin, Arabic, Cyrillic or Chinese."),
        }
        widgets = {"as_seen": forms.TextInput({"dir": "auto", "spellcheck": "false"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos: Any = self.fields["photo"]
        photos.queryset = self.instance.component.item.files.visible_to(self.user)
        self.fields |= region_fields()
        for name, value in region_initial(self.instance.region).items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        """Four numbers or a line of corners become one region, within the picture."""
        typed = super().clean() or self.cleaned_data
        self.region = region_typed(dict(typed))
        return typed

    def facts(self) -> dict[str, Any]:
        """What was typed, with the region as one value."""
        facts = super().facts()
        region_typed(facts)
        return {**facts, "region": self.region}
