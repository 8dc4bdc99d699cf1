"""Assertions as they are typed in: words first, then what they rest on, then the grade."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.forms.citation import told_by_ends
from attribution.forms.claim import ClaimsField
from attribution.models import Actor, Assertion, AssertionEvidence
from comparison.models import Link
from core.forms import RecordForm, day
from evidence.forms.known import ExhibitsField
from investigations.models import Case

CITED = ("claims", "exhibits", "comparisons")


class LinksField(forms.ModelMultipleChoiceField[Link]):
    """Confirmed comparisons told by their exhibits and their strength."""

    def label_from_instance(self, link: Link) -> str:
        return told_by_ends(link)


class AssertionForm(RecordForm[Assertion]):
    """One sentence about one actor, dated and graded, with the evidence it cites."""

    fieldsets = [
        (
            _("What is asserted"),
            ["actor", "dimension", "counters", "statement", "value", "valid_from", "valid_to"],
        ),
        (_("What it rests on"), [*CITED]),
        (_("How it is graded"), ["reliability", "credibility", "rationale"]),
    ]

    class Meta:
        model = Assertion
        fields = [
            *("actor", "dimension", "counters", "statement", "value", "valid_from", "valid_to"),
            *("reliability", "credibility", "rationale"),
        ]
        widgets = {
            "statement": forms.Textarea({"rows": 3, "dir": "auto"}),
            "rationale": forms.Textarea({"rows": 3, "dir": "auto"}),
            "valid_from": day(),
            "valid_to": day(),
        }
        help_texts = {
            "reliability": _("Of the source. F is unknown, and no middle."),
            "credibility": _("Of what it says. 6 is unknown, and no middle."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, user = self.instance.case, self.user
        actors = Actor.objects.visible_to(user).filter(case=case).order_by("name")
        self.fields["actor"].queryset = actors  # type: ignore[attr-defined]
        self.fields |= {
            "claims": ClaimsField(
                case,
                user,
                label=_("Claims"),
                required=False,
                help_text=_("Numbers of claims, such as CL-0001, CL-0004."),
            ),
            "exhibits": ExhibitsField(
                case,
                user,
                label=_("Exhibits"),
                required=False,
                help_text=_("Numbers of exhibits, such as EV-0001, EV-0004."),
            ),
            "comparisons": LinksField(
                confirmed_in(case, user),
                label=_("Confirmed comparisons"),
                required=False,
                help_text=_("One that two examiners no longer confirm is left out on saving."),
            ),
        }
        self.initial.update(self.named())

    def named(self) -> dict[str, Any]:
        """What is cited already, as it is typed."""
        if self.instance._state.adding:
            return {}
        seen = AssertionEvidence.objects.visible_to(self.user).with_sources()
        rows = list(seen.filter(assertion=self.instance))
        return {
            "claims": ", ".join(row.claim.ref for row in rows if row.claim),
            "exhibits": ", ".join(row.item.exhibit_no for row in rows if row.item),
            "comparisons": [row.link_id for row in rows if row.link_id],
        }

    def facts(self) -> dict[str, Any]:
        """What was typed, everything that is cited in one list."""
        facts = super().facts()
        evidence = [one for name in CITED for one in facts.pop(name)]
        return {**facts, "evidence": evidence}


class AssertionOpeningForm(forms.Form):
    """Where in the matrix a new assertion is begun."""

    actor = forms.ModelChoiceField(Actor.objects.none(), required=False)
    dimension = forms.CharField(required=False)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        rows: Any = self.fields["actor"]
        rows.queryset = Actor.objects.visible_to(user).filter(case=case)

    def begin(self) -> Assertion:
        """An assertion with what is known of it already; what makes no sense is left out."""
        self.full_clean()
        known = {name: row for name, row in self.cleaned_data.items() if row}
        return Assertion(case=self.case, **known)


def confirmed_in(case: Case, user: User) -> Any:
    """The comparisons of a case that may be cited."""
    links = Link.objects.visible_to(user).told_to(user).of_case(case)
    return links.established().with_lists()
