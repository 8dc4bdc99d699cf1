"""What is typed at the matrix: its rows, how they weigh, and looking back on them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attribution.forms.citation import LinkField, ReportField
from attribution.forms.claim import claim_field
from attribution.models import Hypothesis, MatrixRow, MatrixSnapshot, PostMortem
from attribution.models.matrix_words import Degree
from comparison.models import Link
from core.forms import RecordForm
from evidence.forms.known import exhibit_field

THINGS = ("claim", "item", "link", "source_report")


class MatrixRowForm(RecordForm[MatrixRow]):
    """How a row weighs, and with what it shares an origin."""

    fieldsets = [
        (_("What it shows"), ["shows"]),
        (_("How it weighs"), ["credibility", "relevance", "origin_group"]),
    ]

    class Meta:
        model = MatrixRow
        fields = ["shows", "credibility", "relevance", "origin_group"]
        widgets = {"shows": forms.Textarea({"rows": 2, "dir": "auto"})}


class NewMatrixRowForm(MatrixRowForm):
    """One thing that is put before the rivals, by its number."""

    fieldsets = [(_("One of these"), list(THINGS)), *MatrixRowForm.fieldsets]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, user = self.instance.case, self.user
        links = Link.objects.visible_to(user).told_to(user).of_case(case)
        confirmed = links.established().with_lists()
        self.fields |= {
            "claim": claim_field(case, user, label=_("Claim")),
            "item": exhibit_field(case, user, label=_("Exhibit"), required=False),
            "link": LinkField(confirmed, label=_("Confirmed comparison"), required=False),
            "source_report": ReportField(case, user, required=False),
            "credibility": forms.ChoiceField(
                label=_("Credibility"),
                choices=[("", _("as it is graded")), *Degree.choices],
                required=False,
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Exactly one thing."""
        told = super().clean() or {}
        things = [told.pop(name, None) for name in THINGS]
        named = [thing for thing in things if thing is not None]
        if len(named) != 1 and not self.errors:
            raise forms.ValidationError(_("Name one claim, exhibit, comparison or report."))
        return {**told, "thing": named[0] if named else None}

    def _post_clean(self) -> None:
        """The service builds and checks the row."""

    def facts(self) -> dict[str, Any]:
        """What was typed, without a credibility that follows from the grades."""
        told = super().facts()
        return {name: value for name, value in told.items() if name != "credibility" or value}


class SnapshotForm(forms.ModelForm[MatrixSnapshot]):
    """On which occasion the matrix is kept as it stands."""

    class Meta:
        model = MatrixSnapshot
        fields = ["reason"]


class PostMortemForm(RecordForm[PostMortem]):
    """What decided the case, what was wrong and what is learnt."""

    fieldsets = [
        (_("What decided it"), ["held", "decisive"]),
        (_("Looking back"), ["went_wrong", "lessons"]),
    ]

    class Meta:
        model = PostMortem
        fields = ["held", "went_wrong", "lessons"]
        widgets = {
            "went_wrong": forms.Textarea({"rows": 4, "dir": "auto"}),
            "lessons": forms.Textarea({"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, user = self.instance.case, self.user
        held: Any = self.fields["held"]
        held.queryset = Hypothesis.objects.visible_to(user).filter(case=case)
        held.empty_label = _("none of them")
        rows = MatrixRow.objects.visible_to(user).filter(case=case).with_things()
        self.fields["decisive"] = forms.ModelMultipleChoiceField(
            rows.order_by("id"),
            label=_("Rows that were decisive"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        if not self.instance._state.adding:
            named = self.instance.decisive.visible_to(user)
            self.initial["decisive"] = list(named.values_list("pk", flat=True))
