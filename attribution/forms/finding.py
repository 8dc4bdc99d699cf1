"""Findings as they are typed in: the claim, how likely it is, and how well it is supported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attribution.models import Actor, Finding
from attribution.models.vocabulary import BANDS, Confidence, Level, Likelihood, StateLink
from attribution.services.submission import NEEDED
from core.forms import RecordForm


def likelihoods() -> list[tuple[str, str]]:
    """The seven terms, each with the probability that it stands for."""
    return [(term.value, f"{term.label} ({BANDS[term]})") for term in Likelihood]


class FindingForm(RecordForm[Finding]):
    """A finding built as sentences: who did what, how likely, how well supported."""

    likelihood = forms.ChoiceField(
        label=_("How likely is it?"),
        choices=likelihoods,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The probability that the statement is true, in the terms of ICD 203."),
    )
    confidence = forms.ChoiceField(
        label=_("How well is that supported?"),
        choices=Confidence.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("It rests on the sources, and is no probability."),
    )
    fieldsets = [
        (_("The claim"), ["subject", "statement", "level", "level_reason", "state_link"]),
        (_("Likelihood"), ["likelihood"]),
        (_("Confidence"), ["confidence", "confidence_basis"]),
        (_("Assumptions and alternatives"), ["key_assumptions", "alternatives_considered"]),
        (_("Limits"), ["limits", "indicators_of_change", "no_contrary_reason"]),
    ]

    class Meta:
        model = Finding
        fields = [
            "subject",
            "statement",
            "level",
            "level_reason",
            "state_link",
            "likelihood",
            "confidence",
            "confidence_basis",
            "key_assumptions",
            "alternatives_considered",
            "limits",
            "indicators_of_change",
            "no_contrary_reason",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hypothesis = self.instance.hypothesis
        subject: Any = self.fields["subject"]
        subject.queryset = Actor.objects.visible_to(self.user).filter(case=self.instance.case_id)
        subject.empty_label = _("nobody in particular")
        level: Any = self.fields["level"]
        rungs = [(rung.value, rung.label) for rung in Level if rung <= hypothesis.level]
        level.choices = rungs
        level.error_messages["invalid_choice"] = _(
            "The hypothesis stands at “%(rung)s”; nothing on that rung establishes a higher one."
        ) % {"rung": Level(hypothesis.level).label}
        level.help_text = _(
            "One rung. What is shown on one rung says nothing of the next: a component’s maker"
            " does not say who used it."
        )
        state_link: Any = self.fields["state_link"]
        state_link.choices = [("", _("none stated")), *StateLink.choices]
        for name in NEEDED:
            needed = _("Needed before the finding is handed in.")
            self.fields[name].help_text = self.fields[name].help_text or needed
