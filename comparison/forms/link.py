"""What a person may type about comparisons, and how the queue is narrowed down."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import ComponentCategory
from comparison.methods.words import POSITIVE
from comparison.models import FEATURES, AlertCause, Conclusion, Confidence, FoundBy, Link
from comparison.models.link import LinkQuerySet
from core.grading import Band
from evidence.models import Item
from investigations.models import Case

Choices = list[tuple[str, str | Promise]]
ANY: Choices = [("", _("any"))]


IN_SERIES = [one for one in Conclusion.choices if one[0] != Conclusion.IDENTICAL_ITEM]
"""That two are one and the same item is never said of a whole series."""


class KeyedRadio(forms.RadioSelect):
    """Radio buttons of which some can be chosen by a single key."""

    def __init__(self, keys: dict[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.keys = keys

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option, with its key where it has one."""
        option = super().create_option(name, value, *args, **kwargs)
        if key := self.keys.get(str(value)):
            option["attrs"]["data-key"] = option["key"] = key
        return option


def name_other_sources(form: forms.Form) -> dict[str, Any]:
    """“Consistent with” is never said without what else is possible."""
    facts = form.cleaned_data
    unnamed = not facts.get("alternatives", "").strip()
    if facts.get("conclusion") == Conclusion.CONSISTENT and unnamed:
        form.add_error("alternatives", _("Name the other possible sources."))
    return facts


class JudgementForm(forms.Form):
    """A conclusion in fixed words, how sure, why, and an explanation for each difference."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=Conclusion.choices)
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=Confidence.choices, widget=forms.RadioSelect
    )
    alternatives = forms.CharField(
        label=_("Other possible sources"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for “consistent with”, which says nothing about rarity."),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, link: Link, pressed: str = "", **kwargs: Any) -> None:
        """`pressed` is the key, y, u or n, by which the pair was opened from the queue."""
        keys = {Conclusion.INCONCLUSIVE: "u", Conclusion.EXCLUDED: "n"}
        if (level := link.explanation.get("level")) in POSITIVE:
            keys[level] = "y"
        chosen = next((str(value) for value, key in keys.items() if key == pressed), "")
        kwargs.setdefault("initial", {"version": link.version, "conclusion": chosen})
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].widget = KeyedRadio(
            {str(value): key for value, key in keys.items()}, choices=Conclusion.choices
        )
        self.features, self.differing = [row["feature"] for row in link.rows], link.unexplained
        for feature in self.features:
            name = FEATURES.get(feature, feature)
            asks = why_they_differ if feature in self.differing else note_on
            self.fields[f"explained-{feature}"] = asks(name)

    clean = name_other_sources

    @property
    def explanations(self) -> list[forms.BoundField]:
        """The fields in which differences are explained."""
        return [self[f"explained-{feature}"] for feature in self.differing]

    @property
    def notes(self) -> dict[str, forms.BoundField]:
        """The fields for notes on features that need no explanation, beside each in its row."""
        noted = [feature for feature in self.features if feature not in self.differing]
        return {feature: self[f"explained-{feature}"] for feature in noted}

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        facts = {name: self.cleaned_data[name] for name in self.base_fields}
        explained = {name: self.cleaned_data[f"explained-{name}"] for name in self.features}
        return {**facts, "explained": explained}


VERDICT = "verdict-form"
"""The id of the form that notes in the table belong to, though they stand outside of it."""


def why_they_differ(feature: str | Promise) -> forms.Field:
    """What explains a difference."""
    return forms.CharField(
        label=_("Why they differ: %s") % feature,
        required=False,
        max_length=1000,
        help_text=_("Needed for any positive conclusion."),
    )


def note_on(feature: str | Promise) -> forms.Field:
    """What an examiner saw of one feature."""
    label = _("Note: %s") % feature
    beside = forms.Textarea(attrs={"rows": 2, "form": VERDICT, "aria-label": label})
    return forms.CharField(label=label, required=False, max_length=1000, widget=beside)


class SeriesForm(forms.Form):
    """One conclusion and one reason for a whole series; `seen` names what was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=[("", _("choose")), *IN_SERIES])
    alternatives = forms.CharField(
        label=_("Other possible sources"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for “consistent with”, which says nothing about rarity."),
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=Confidence.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("One reason for all of them"), widget=forms.Textarea(attrs={"rows": 4})
    )

    clean = name_other_sources


class WithdrawalForm(forms.Form):
    """Nothing is asked: taking back at once needs no reason."""


class AlarmForm(forms.Form):
    """What an alarm turned out to be."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    cause = forms.ChoiceField(
        label=_("It is"), choices=AlertCause.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("How that is known"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, link: Link, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": link.version})
        super().__init__(*args, **kwargs)


class LinkFilterForm(forms.Form):
    """Facts to narrow the queue by; what cannot be understood is left out."""

    band = forms.ChoiceField(label=_("Strength"), required=False, choices=[*ANY, *Band.choices])
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), required=False, empty_label=_("any")
    )
    theatres = forms.ChoiceField(
        label=_("Theatres"),
        required=False,
        choices=[*ANY, ("across", _("across theatres")), ("within", _("within one theatre"))],
    )
    category = forms.ModelChoiceField(
        ComponentCategory.objects.all(), label=_("Kind"), required=False, empty_label=_("any"),
        to_field_name="code",
    )  # fmt: skip
    incident = forms.CharField(
        label=_("Incident"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "INC-0001", "dir": "ltr", "size": 10}),
    )
    item = forms.ModelChoiceField(Item.objects.none(), required=False, widget=forms.HiddenInput)
    found_by = forms.ChoiceField(required=False, choices=FoundBy.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = Case.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["item"].queryset = Item.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: LinkQuerySet) -> LinkQuerySet:
        """Only the links that fit what was asked."""
        rows = self.narrow_otherwise(rows)
        found_by = self.cleaned_data.get("found_by")
        return rows.filter(found_by=found_by) if found_by else rows

    def narrow_otherwise(self, rows: LinkQuerySet) -> LinkQuerySet:
        """The same whatever they were found by."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if "band" in asked:
            rows = rows.filter(band=asked["band"])
        if "case" in asked:
            rows = rows.of_case(asked["case"])
        if "theatres" in asked:
            rows = rows.filter(cross_theatre=asked["theatres"] == "across")
        if "category" in asked:
            rows = rows.filter(left__category=asked["category"])
        if "incident" in asked:
            rows = rows.recovered_in(asked["incident"])
        return rows.touching(asked["item"]) if "item" in asked else rows

    @property
    def narrows(self) -> bool:
        """True when anything at all was asked for."""
        return any(self.cleaned_data.values())
