"""Help as it is typed in: what is needed, what is asked of whom, what is offered and decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core.forms import RecordForm, day
from investigations.models import AssistanceNeed, AssistanceOffer, ContributionRequest
from investigations.models.assistance_offer import TERMS
from investigations.models.assistance_words import TAKEN


def words(rows: int) -> forms.Textarea:
    """Room for some lines in any script."""
    return forms.Textarea({"rows": rows, "dir": "auto"})


class AgencyField(forms.ModelChoiceField[Agency]):
    """An agency by its exact short name: nobody learns here which others there are."""

    def __init__(self, **kwargs: Any) -> None:
        unknown = {"invalid_choice": _("No agency has this short name. An administrator adds it.")}
        super().__init__(
            Agency.objects.all(),
            to_field_name="short_name",
            widget=forms.TextInput({"dir": "auto", "autocomplete": "off", "maxlength": "20"}),
            error_messages=unknown,
            help_text=_("Its exact short name."),
            **kwargs,
        )


class NeedForm(RecordForm[AssistanceNeed]):
    """What the case cannot do by itself, and how soon it is needed."""

    class Meta:
        model = AssistanceNeed
        fields = ["capability", "description", "urgency", "needed_by"]
        widgets = {"description": words(4), "needed_by": day()}


class ContributionForm(RecordForm[ContributionRequest]):
    """What one agency is asked for."""

    agency = AgencyField(label=_("Agency"))
    field_order = ["agency"]

    class Meta:
        model = ContributionRequest
        fields = ["words", "legal_basis", "due"]
        widgets = {"words": words(5), "due": day()}
        help_texts = {"legal_basis": _("The agreement, treaty or order on which it is asked.")}


class OfferForm(RecordForm[AssistanceOffer]):
    """What is offered, and on which terms."""

    fieldsets = [
        (_("What is offered"), ["capability", "description", "offered_on"]),
        (_("On which terms"), [*TERMS]),
    ]

    class Meta:
        model = AssistanceOffer
        fields = ["capability", "description", "offered_on", *TERMS]
        widgets = {
            "description": words(4),
            "offered_on": day(),
            **{name: words(2) for name in TERMS},
        }


class NewOfferForm(OfferForm):
    """The same, with the agency that offers it."""

    agency = AgencyField(label=_("Agency"))
    fieldsets = [(_("Who offers it"), ["agency"]), *OfferForm.fieldsets]


class DecideForm(forms.Form):
    """What the lead decides, and the document in which it stands."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=[(each.value, each.label) for each in TAKEN]
    )
    document_ref = forms.CharField(
        label=_("Document in which it was decided"),
        max_length=200,
        help_text=_("Its number and date, so that it can be found."),
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=day())
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        widget=words(3),
        help_text=_("Needed when it is accepted conditionally."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=words(2),
        help_text=_("Needed when it is declined."),
    )


class FulfilForm(forms.Form):
    """What came of it."""

    remark = forms.CharField(label=_("What came of it"), required=False, widget=words(2))
