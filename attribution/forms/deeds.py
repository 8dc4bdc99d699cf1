"""What is typed to review, dissent from, release or give up a finding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attribution.forms.finding import likelihoods
from attribution.models import Dissent, Finding, Review
from attribution.models.vocabulary import Audience, Confidence, Standard
from core.markings import Tlp
from investigations.models import Duty

STATED = [("", _("not stated"))]
CHOOSE = [("", _("choose one"))]


class BareForm(forms.Form):
    """A deed that needs no words; it carries the refusal, if there is one."""


class ReasonForm(forms.Form):
    """A deed that needs a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AuthorForm(forms.Form):
    """Which analyst of the case is let into a draft."""

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        analysts = finding.case.people_with(Duty.ANALYSE).distinct()
        analysts = analysts.exclude(pk__in=finding.authors.values("pk"))
        self.fields["author"] = forms.ModelChoiceField(
            analysts,
            label=_("Colleague"),
            help_text=_("Reads and writes the draft from now on, and may not review it."),
        )


class ReviewForm(forms.Form):
    """The nine questions, the verdict and what to mend."""

    standards_met = forms.MultipleChoiceField(
        label=_("I have checked that"),
        choices=Standard,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when you return it: what should be mended?"),
    )
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Review.Verdict.choices, widget=forms.RadioSelect
    )


class DissentForm(forms.ModelForm[Dissent]):
    """A minority view with its own two measures, of which the likelihood has to be stated."""

    likelihood = forms.ChoiceField(
        label=_("Your likelihood"), choices=lambda: [*CHOOSE, *likelihoods()]
    )
    confidence = forms.ChoiceField(
        label=_("Your confidence"), choices=[*STATED, *Confidence.choices], required=False
    )

    class Meta:
        model = Dissent
        fields = ["text", "likelihood", "confidence"]
        widgets = {"text": forms.Textarea({"rows": 4})}
        help_texts = {"text": _("It will be printed, signed, in the same report as the finding.")}


class ReleaseForm(forms.Form):
    """To whom a finding goes, and under which marking."""

    audience = forms.ChoiceField(label=_("Audience"), choices=Audience.choices)
    tlp = forms.ChoiceField(label=_("Marking"), choices=Tlp.choices)
    conditions = forms.CharField(
        label=_("Conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
