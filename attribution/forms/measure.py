"""Measures as they are typed in: what an authority did, step by step, and on which finding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models import Actor, Finding, Measure, MeasureStep
from attribution.models.measure_words import StepKind
from core.forms import RecordForm, day
from core.zones import today

STEP = ("step", "day", "legal_ref", "url", "words")
LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


def web_address() -> forms.URLField:
    """Where it was told; kept as text, for a link would tell the site who looks."""
    return forms.URLField(
        label=_("Web address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(LATIN),
    )


class MeasureForm(RecordForm[Measure]):
    """What is said of a measure; what it rests on and whom it is against stays."""

    fieldsets = [(_("The measure"), ["kind", "authority", "programme", "remarks"])]

    class Meta:
        model = Measure
        fields = ["kind", "authority", "programme", "remarks"]
        widgets = {
            "authority": forms.TextInput({"dir": "auto"}),
            "programme": forms.TextInput({"dir": "auto"}),
            "remarks": forms.Textarea({"rows": 3, "dir": "auto"}),
        }


class NewMeasureForm(MeasureForm):
    """A measure on a released finding, with the first step of it."""

    fieldsets = [
        (_("The measure"), ["kind", "authority", "programme", "target", "remarks"]),
        (_("The first step"), list(STEP)),
    ]

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects = Actor.objects.visible_to(self.user).filter(findings=finding)
        self.fields |= {
            "target": forms.ModelChoiceField(
                subjects,
                label=_("Against whom"),
                required=False,
                empty_label=_("nobody in particular"),
                help_text=_("Only whom the finding is about."),
            ),
            "step": forms.ChoiceField(label=_("What happened"), choices=first_steps),
            "day": forms.DateField(label=_("On which day"), widget=day()),
            "legal_ref": forms.CharField(
                label=_("Legal reference"),
                max_length=300,
                required=False,
                help_text=_("The decision, its number and where it was published."),
            ),
            "url": web_address(),
            "words": forms.CharField(
                label=_("Words"), required=False, widget=forms.Textarea({"rows": 2, "dir": "auto"})
            ),
        }
        self.initial.update(target=finding.subject_id, day=today())

    def _post_clean(self) -> None:
        """The service builds and checks the row."""

    def facts(self) -> dict[str, Any]:
        """What was typed, the first step by itself."""
        facts = super().facts()
        step = {name: facts.pop(name) for name in STEP}
        return {**facts, "first": {"kind": step.pop("step"), **step}}


def first_steps() -> list[tuple[str, Any]]:
    """What can happen first: anything that did happen."""
    return [(one.value, one.label) for one in StepKind if one != StepKind.NOT_SO]


class StepForm(forms.ModelForm[MeasureStep]):
    """What became of a measure, or what a wrong step should have said."""

    url = web_address()

    class Meta:
        model = MeasureStep
        fields = ["kind", "day", "legal_ref", "url", "words", "corrects"]
        widgets = {
            "day": day(),
            "words": forms.Textarea({"rows": 2, "dir": "auto"}),
        }
        help_texts = {
            "corrects": _("Only in place of a step that was entered wrongly; say why in words."),
        }

    def __init__(self, *args: Any, measure: Measure, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong: Any = self.fields["corrects"]
        seen = MeasureStep.objects.visible_to(user).filter(measure=measure)
        wrong.queryset = seen.filter(corrections__isnull=True).order_by("seq")
        wrong.empty_label = _("no earlier step")

    def _post_clean(self) -> None:
        """The service builds and checks the row."""


class SilenceForm(forms.Form):
    """After how many days without a step an announcement is told as overdue."""

    days = forms.IntegerField(label=_("Days without a step"), min_value=1, max_value=3650)
