"""How a list of exhibits is narrowed down."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import ComponentCategory, Theatre
from evidence.models import Component, Item
from evidence.models.item import ItemQuerySet
from evidence.models.vocabulary import ItemStatus
from investigations.models import Case, Incident

ANY = _("any")


class ItemFilterForm(forms.Form):
    """Words to search for, and facts to filter by; what cannot be understood is left out."""

    q = forms.CharField(label=_("Search"), required=False)
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), required=False, empty_label=ANY
    )
    theatre = forms.ModelChoiceField(
        Theatre.objects.all(), label=_("Theatre"), required=False, empty_label=ANY
    )
    kind = forms.ModelChoiceField(
        ComponentCategory.objects.all(),
        label=_("Kind"),
        required=False,
        empty_label=ANY,
        to_field_name="code",
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", ANY), *ItemStatus.choices]
    )
    holder = forms.ModelChoiceField(
        User.objects.none(), label=_("Holder"), required=False, empty_label=ANY
    )
    sealed = forms.ChoiceField(
        label=_("Seal"),
        required=False,
        choices=[("", ANY), ("yes", _("sealed")), ("no", _("not sealed"))],
    )
    custody = forms.ChoiceField(
        label=_("Custody"),
        required=False,
        choices=[
            ("", ANY),
            ("offered", _("for me to receive")),
            ("gaps", _("with open gaps")),
        ],
    )
    incident = forms.ModelChoiceField(
        Incident.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        cases = Case.objects.visible_to(user)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        self.fields["holder"].queryset = (  # type: ignore[attr-defined]
            User.objects.filter(memberships__case__in=cases).distinct().order_by("username")
        )
        self.fields["incident"].queryset = Incident.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: ItemQuerySet) -> ItemQuerySet:
        """Only the exhibits that fit what was asked."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("case", "kind", "status", "holder", "incident"):
            if name in asked:
                rows = rows.filter(**{name: asked[name]})
        if "theatre" in asked:
            rows = rows.filter(incident__theatre=asked["theatre"])
        if "sealed" in asked:
            rows = rows.sealed() if asked["sealed"] == "yes" else rows.unsealed()
        rows = self.by_custody(rows, asked.get("custody", ""))
        return rows.filter(mentions(asked["q"])) if "q" in asked else rows

    def by_custody(self, rows: ItemQuerySet, asked: str) -> ItemQuerySet:
        """On their way to the reader, or with something in their custody that does not fit."""
        if asked == "offered":
            return rows.offered_to(self.user)
        return rows.with_open_gaps() if asked == "gaps" else rows

    @property
    def narrows(self) -> bool:
        """True when anything at all was asked for."""
        return any(self.cleaned_data.values())


def mentions(words: str) -> Q:
    """Exhibits named or described so, or with a part on which these letters stand.

    Each way of finding is a question of its own, so that each can use its own index.
    """
    named = Item.objects.filter(Q(exhibit_no__icontains=words) | Q(description__icontains=words))
    marked = Component.objects.marked_with(words)
    return Q(pk__in=named.values("pk").union(marked.values("item")))
