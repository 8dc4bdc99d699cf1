"""Digital evidence as it is typed: copies, how a file was acquired, what was established of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import local_moment
from evidence.models import Establishment, File, Transformation
from evidence.models.digital_words import EstablishingState, RedactionState
from evidence.models.vocabulary import CopyType
from evidence.services import Step


class CopyForm(forms.ModelForm[Transformation]):
    """A copy that was made elsewhere, and what was done to make it."""

    copy_type = forms.ChoiceField(
        label=_("Copy"),
        choices=[(kind.value, kind.label) for kind in CopyType if kind != CopyType.ORIGINAL],
    )
    upload = forms.FileField(label=_("The copy"))

    class Meta:
        model = Transformation
        fields = ["tool", "tool_version", "parameters", "reason"]

    field_order = ("copy_type", "upload")

    def step(self) -> Step:
        """What was done, as the service takes it."""
        names = ("tool", "tool_version", "parameters", "reason")
        return Step(**{name: self.cleaned_data[name] for name in names})

    def sent(self) -> dict[str, Any]:
        """The bytes, what they were called, and what kind of copy they are."""
        upload = self.cleaned_data["upload"]
        kind = self.cleaned_data["copy_type"]
        return {"chunks": upload.chunks(), "name": upload.name, "copy_type": kind}


class AcquisitionForm(forms.ModelForm[File]):
    """How a file was acquired: by which method, when, by whom, with which tool."""

    class Meta:
        model = File
        fields = ["acquisition_method", "acquired_at", "acquired_by", "tool", "tool_version"]
        widgets = {"acquired_at": local_moment()}
        help_texts = {"acquired_at": _("In your own time zone.")}


class EstablishForm(forms.ModelForm[Establishment]):
    """When or where a file was made, as found, and on what that rests."""

    fieldsets = [
        (_("Finding"), ["what", "method", "rationale"]),
        (_("Time"), ["earliest", "latest", "precision"]),
        (_("Place"), ["latitude", "longitude", "uncertainty_m"]),
    ]

    class Meta:
        model = Establishment
        fields = [
            *("what", "method", "rationale", "earliest", "latest", "precision"),
            *("latitude", "longitude", "uncertainty_m"),
        ]
        widgets = {
            "earliest": local_moment(),
            "latest": local_moment(),
            "rationale": forms.Textarea({"rows": 4}),
        }
        help_texts = {"earliest": _("In your own time zone.")}

    def _post_clean(self) -> None:
        """The service checks the row; here only what was typed is."""


class ReviewForm(forms.Form):
    """Another person's word, and a remark."""

    review_note = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def __init__(self, *args: Any, states: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"] = forms.ChoiceField(label=_("Verdict"), choices=states)
        self.order_fields(["state"])


AGREE_OR_DISPUTE = [
    (EstablishingState.REVIEWED.value, _("I agree")),
    (EstablishingState.DISPUTED.value, _("I dispute it")),
]
ACCEPT_OR_RETURN = [
    (RedactionState.ACCEPTED.value, _("It may go out")),
    (RedactionState.RETURNED.value, _("Something is still to be seen")),
]
