"""What may be asked of the search and of the ledger."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core.forms import local_moment
from investigations.models import Case
from investigations.models.partner_door import PartnerDoor
from ledger.models import EntryQuerySet
from workspace.models.acts import ACTS
from workspace.models.sendings import about_records, by_door, records_called

ANY = [("", _("any"))]
LONGEST_SEARCH = 100  # characters


class SearchForm(forms.Form):
    """Words, or what is written on a part."""

    q = forms.CharField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)


def act_choices() -> list[tuple[str, Any]]:
    """Every deed by its words, in the reader's alphabet."""
    return [
        *ANY,
        *sorted(((act, capfirst(str(words))) for act, words in ACTS.items()), key=by_words),
    ]


def by_words(choice: tuple[str, Any]) -> str:
    """The second of a pair, as text."""
    return str(choice[1])


class LedgerFilterForm(forms.Form):
    """Whose chain to show, and which of its lines."""

    case = forms.ModelChoiceField(
        label=_("Case"), required=False, queryset=Case.objects.none(), empty_label=None
    )
    act = forms.ChoiceField(label=_("Deed"), required=False, choices=act_choices)
    actor = forms.ModelChoiceField(
        label=_("By"), required=False, queryset=User.objects.none(), empty_label=_("anybody")
    )
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cases: Any, case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = User.objects.filter(memberships__case=case).distinct().order_by("display_name")
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        self.fields["actor"].queryset = team  # type: ignore[attr-defined]
        self.initial["case"] = case

    def narrow(self, rows: EntryQuerySet) -> EntryQuerySet:
        """Only the lines asked for; a filter that makes no sense is left out."""
        self.full_clean()
        asked = self.cleaned_data
        for name, column in [("act", "act"), ("actor", "actor"), ("subject", "subject_id")]:
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        return rows

    @property
    def narrows(self) -> bool:
        """True when less than the whole chain is asked for."""
        return any(self.cleaned_data.get(name) for name in ("act", "actor", "subject"))


class ActivityFilterForm(LedgerFilterForm):
    """Which deeds of one case to show."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, cases=Case.objects.none(), case=case, **kwargs)
        del self.fields["case"]


class MomentForm(forms.Form):
    """The moment at which a record is looked at."""

    at = forms.DateTimeField(
        label=_("As it stood on"), widget=local_moment(), help_text=_("In your own time zone.")
    )


class MomentsForm(forms.Form):
    """Two moments of a record; left out, they are those around its last change."""

    def __init__(self, *args: Any, moments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("from", _("From")), ("to", _("To"))):
            asked = str(self.data.get(name, ""))
            other = [] if not asked or asked in dict(moments) else [(asked, asked)]
            field = forms.DateTimeField(label=label, required=False)
            field.widget = forms.Select(choices=[*moments, *other])
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("from"), said.get("to")
        if since and until and since > until:
            self.add_error("from", _("The first moment must lie before the second one."))
        return said

    @property
    def asked(self) -> tuple[datetime | None, datetime | None]:
        """The two moments, as far as they are asked for."""
        said = self.cleaned_data if self.is_bound else {}
        return said.get("from"), said.get("to")


class PartnerLogForm(forms.Form):
    """Of which partner agency and which of its people to tell, and of what they saw when."""

    agency = forms.ModelChoiceField(
        label=_("Agency"),
        required=False,
        queryset=Agency.objects.none(),
        to_field_name="short_name",
        empty_label=None,
    )
    person = forms.ModelChoiceField(
        label=_("Person"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("anybody"),
    )
    door = forms.ChoiceField(
        label=_("By which door"), required=False, choices=[*ANY, *PartnerDoor.choices]
    )
    record = forms.CharField(
        label=_("Exhibit, incident or identifier"), required=False, max_length=60
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, agencies: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = User.objects.filter(memberships__case=case).distinct().order_by("display_name")
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["person"].queryset = team  # type: ignore[attr-defined]

    def narrow(self, rows: EntryQuerySet, case: Case, reader: User) -> EntryQuerySet:
        """Only the lines asked for; a filter that makes no sense is left out."""
        if person := self.asked("person"):
            rows = rows.filter(actor=person)
        if door := self.asked("door"):
            rows = by_door(rows, door)
        if words := self.asked("record"):
            rows = about_records(rows, records_called(case, words.strip(), reader))
        if day := self.asked("day"):
            rows = rows.filter(at__date=day)
        return rows

    @property
    def narrows(self) -> bool:
        """True when less than everything about an agency is asked for."""
        return any(self.asked(name) for name in ("person", "door", "record", "day"))

    def asked(self, name: str) -> Any:
        """What was chosen; what cannot be understood is left out."""
        self.full_clean()
        return self.cleaned_data.get(name)
