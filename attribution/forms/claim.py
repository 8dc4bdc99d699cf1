"""Claims as they are typed in, with both grades apart; and by what their list is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.forms.citation import ReportField
from attribution.models import Actor, Claim, Statement
from attribution.models.claim import ClaimQuerySet
from attribution.models.claim_words import Fact, Stance
from core.forms import RecordForm, local_moment
from core.grading import Credibility
from core.precision import DatePrecision
from evidence.forms.known import SUGGESTIONS, KnownField, exhibit_field
from evidence.models import Component, Item
from investigations.models import Case, Incident

ANY = [("", _("any"))]


def claim_field(case: Case, user: User, **kwargs: Any) -> KnownField[Claim]:
    """A claim of `case` that `user` may read, by its number."""
    complaint = _("No claim of this case has this number.")
    return KnownField(
        Claim.objects.visible_to(user).filter(case=case),
        by="ref",
        told_as="text",
        required=False,
        error_messages={"invalid_choice": complaint},
        **kwargs,
    )


class ClaimsField(forms.CharField):
    """Several claims of `case` that `user` may read, by their numbers, separated by commas."""

    def __init__(self, case: Case, user: User, **kwargs: Any) -> None:
        widget = forms.TextInput({"dir": "ltr", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=2000, **kwargs)
        self.rows = Claim.objects.visible_to(user).filter(case=case)

    def clean(self, value: Any) -> list[Claim]:
        """The claims that are named."""
        named = {part.strip().upper() for part in super().clean(value).split(",")} - {""}
        found = list(self.rows.filter(ref__in=named))
        if missing := sorted(named - {claim.ref for claim in found}):
            raise forms.ValidationError(
                _("No claim of this case has the number %(numbers)s."),
                params={"numbers": ", ".join(missing)},
            )
        return found


class ComponentField(forms.ModelChoiceField[Component]):
    """Components by the exhibit they lie with."""

    def label_from_instance(self, component: Component) -> str:
        return f"{component.item.exhibit_no} · {component}"


class ClaimForm(RecordForm[Claim]):
    """One proposition: who makes it, what of, how it is graded, and where it comes from."""

    fieldsets = [
        (_("What is claimed"), ["stance", "answers", "text", "fact", "value"]),
        (_("What it is about"), ["incident", "item", "component", "actor"]),
        (_("Where it stands"), ["statement", "source_report", "document", "citation"]),
        (
            _("Who says so in public"),
            ["made_by", "channel", "made_at", "made_precision", "authenticity"],
        ),
        (
            _("How it is graded"),
            [
                *("reliability", "credibility", "rationale"),
                *("interested_party", "suspected_deception"),
            ],
        ),
        (_("Where it comes from"), ["rests_on", "independence_group"]),
    ]

    class Meta:
        model = Claim
        fields = [
            *("stance", "answers", "text", "fact", "value", "incident", "item", "component"),
            *("actor", "statement", "source_report", "document", "citation", "made_by"),
            *("channel", "authenticity", "made_at", "made_precision", "reliability"),
            *("credibility", "rationale", "interested_party", "suspected_deception"),
            "independence_group",
        ]
        widgets = {
            "text": forms.Textarea({"rows": 3, "dir": "auto"}),
            "rationale": forms.Textarea({"rows": 3, "dir": "auto"}),
            "made_at": local_moment(),
        }
        labels = {"made_at": _("Said on")}
        help_texts = {
            "reliability": _("Of the source. F is unknown, and no middle."),
            "credibility": _("Of what it says. 6 is unknown, and no middle."),
            "made_at": _("In your own time zone."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claim, case, user = self.instance, self.instance.case, self.user
        offered: dict[str, Any] = {
            "statement": Statement.objects.visible_to(user).filter(case=case).with_lists(),
            "incident": Incident.objects.visible_to(user).filter(case=case),
            "actor": Actor.objects.visible_to(user).filter(case=case),
        }
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows
        self.fields |= {
            "item": exhibit_field(case, user, label=_("Exhibit"), required=False),
            "document": exhibit_field(case, user, label=_("Document"), required=False),
            "component": ComponentField(
                offered_components(claim, user), label=_("Component"), required=False
            ),
            "source_report": ReportField(case, user, required=False),
            "answers": claim_field(case, user, label=_("Directed at the claim")),
            "rests_on": ClaimsField(
                case,
                user,
                label=_("Taken over from"),
                required=False,
                help_text=_("Numbers of claims, such as CL-0001, CL-0004. What is repeated adds"
                            " no origin."),
            ),
        }  # fmt: skip
        self.initial.update(self.named(claim))

    def named(self, claim: Claim) -> dict[str, str]:
        """The records that the claim names, each by the number under which it is typed."""
        report: Any = self.fields["source_report"]
        above: list[str] = []
        if not claim._state.adding:
            seen = claim.rests_on.visible_to(self.user)
            above = list(seen.order_by("ref").values_list("ref", flat=True))
        return {
            "item": claim.item.exhibit_no if claim.item else "",
            "document": claim.document.exhibit_no if claim.document else "",
            "source_report": report.number_of(claim.source_report),
            "answers": claim.answers.ref if claim.answers else "",
            "rests_on": ", ".join(above),
        }


def offered_components(claim: Claim, user: User) -> Any:
    """Components of the exhibit that the claim is about, or else the first of the case."""
    seen = Component.objects.visible_to(user).filter(case=claim.case_id)
    near = seen.filter(item=claim.item_id) if claim.item_id else seen
    keys = list(near.order_by("item__exhibit_no").values_list("pk", flat=True)[:SUGGESTIONS])
    rows = seen.filter(pk__in=[*keys, *([claim.component_id] if claim.component_id else [])])
    return rows.select_related("item", "maker", "category").order_by("item__exhibit_no", "id")


class ClaimOpeningForm(forms.Form):
    """What a new claim is begun from: a statement, what it is about, or the claim it answers."""

    statement = forms.ModelChoiceField(Statement.objects.none(), required=False)
    incident = forms.ModelChoiceField(Incident.objects.none(), required=False)
    item = forms.ModelChoiceField(Item.objects.none(), required=False)
    answers = forms.ModelChoiceField(Claim.objects.none(), required=False)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for field in self.fields.values():
            rows: Any = field
            rows.queryset = rows.queryset.model.objects.visible_to(user).filter(case=case)

    def begin(self) -> Claim:
        """A claim with what is known of it already; what makes no sense is left out."""
        self.full_clean()
        known = {name: row for name, row in self.cleaned_data.items() if row}
        answered = known.get("answers")
        if answered:
            about = ("incident", "item", "component", "actor", "fact")
            known |= {name: getattr(answered, name) for name in about}
            known["stance"] = Stance.DENIES
        return Claim(case=self.case, made_precision=DatePrecision.MINUTE, **known)


class ClaimFilterForm(forms.Form):
    """Which claims of a case to list."""

    stance = forms.ChoiceField(label=_("Stance"), required=False, choices=[*ANY, *Stance.choices])
    fact = forms.ChoiceField(label=_("Which fact"), required=False, choices=[*ANY, *Fact.choices])
    incident = forms.ModelChoiceField(
        Incident.objects.none(), label=_("Incident"), required=False, empty_label=_("any")
    )
    credibility = forms.ChoiceField(
        label=_("Credibility"), required=False, choices=[*ANY, *Credibility.choices]
    )
    aside = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("those that stand")), ("yes", _("those set aside"))],
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        incident: Any = self.fields["incident"]
        incident.queryset = Incident.objects.visible_to(user).filter(case=case)

    def narrow(self, rows: ClaimQuerySet) -> ClaimQuerySet:
        """Only the rows asked for; a filter that makes no sense is left out."""
        self.full_clean()
        asked = self.cleaned_data
        rows = rows.exclude(set_aside_reason="") if asked.get("aside") else rows.standing()
        exact = ("stance", "fact", "incident", "credibility")
        return rows.filter(**{name: asked[name] for name in exact if asked.get(name)})

    @property
    def narrows(self) -> bool:
        """True when anything is asked for."""
        return any(self.cleaned_data.values())
