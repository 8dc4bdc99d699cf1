"""The map of a table as it is filled in: for each field of ours a column, or one value for all."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold
from core.zones import ZONE_CHOICES
from exchange import services
from exchange.formats.tables.days import DAY_FIRST, EXCEL, MONTH_FIRST, YEAR_FIRST
from exchange.formats.tables.plan import THEIR_ID, TableMap
from exchange.models import TableImport

DAYS = [
    ("", _("not ambiguous: refuse what is")),
    (YEAR_FIRST, _("year first: 2024-03-01")),
    (DAY_FIRST, _("day first: 01.03.2024")),
    (MONTH_FIRST, _("month first: 03/01/2024")),
    (EXCEL, _("day numbers of Excel: 45352")),
]
DECIMALS = [(".", _("point: 1,234.5")), (",", _("comma: 1.234,5"))]
LONGEST_WORDS = 20_000
PARTS = (("year", "سنه", "السنه"), ("month", "شهر", "الشهر"), ("day", "يوم", "اليوم"))


class MapForm(forms.Form):
    """Which column means what, and how its cells are read."""

    scheme = forms.CharField(
        label=_("Whose references these are"),
        max_length=80,
        help_text=_("Such as GTD. A later table of the same name changes the same records."),
    )
    days = forms.ChoiceField(label=_("How days are written"), choices=DAYS, required=False)
    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=DECIMALS)
    zone = forms.ChoiceField(label=_("Time zone of its times"), choices=ZONE_CHOICES)
    unknown = forms.CharField(
        label=_("Values that mean “not known”"),
        required=False,
        max_length=300,
        help_text=_("Separated by semicolons, such as -9; -99. An empty cell says nothing anyway."),
    )
    words = forms.CharField(
        label=_("Their words and ours"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        help_text=_(
            "One to a line, such as “Attack mode: Drone strike = air strike”. An asterisk stands"
            " for any other word of theirs, a hyphen on our side for nothing."
        ),
    )

    def __init__(self, *typed: Any, table: TableImport, **more: Any) -> None:
        self.table, self.kind = table, services.KINDS[table.kind]
        self.before = services.map_of(table)
        super().__init__(*typed, **{"initial": self.as_mapped(), **more})
        columns = [(coded((name,)), name) for name in table.head]
        columns += [(coded(names), " + ".join(names)) for names in self.combined()]
        for name in self.kind.all_fields:
            self.fields[f"column_{name}"] = column_field(self.kind.label(name), columns)
            if name != THEIR_ID:
                self.fields[f"always_{name}"] = always_field(self.kind, name)

    def as_mapped(self) -> dict[str, Any]:
        """The map that the table has, as it is typed."""
        plan = self.before
        return {
            **{name: getattr(plan, name) for name in ("scheme", "days", "decimal", "zone")},
            "unknown": "; ".join(plan.unknown),
            "words": "\n".join(
                f"{self.kind.label(name)}: {theirs} = {ours}"
                for name, words in plan.words.items()
                for theirs, ours in words.items()
            ),
            **{f"column_{name}": coded(names) for name, names in plan.columns.items()},
            **{f"always_{name}": said for name, said in plan.always.items()},
        }

    def combined(self) -> list[tuple[str, ...]]:
        """Columns that are read together: those of the map, and a year, a month and a day."""
        found = [names for names in self.before.columns.values() if len(names) > 1]
        folded = {fold(name): name for name in reversed(self.table.head)}
        parts = [next((folded[word] for word in words if word in folded), "") for words in PARTS]
        if all(parts):
            found.append(tuple(parts))
        return list(dict.fromkeys(found))

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """For each field of ours its name, its column, and what every row says alike."""
        for name in self.kind.all_fields:
            yield {
                "label": self.kind.label(name),
                "needed": name in self.kind.needed,
                "column": self[f"column_{name}"],
                "always": self[f"always_{name}"] if name != THEIR_ID else "",
            }

    @property
    def settings(self) -> list[BoundField]:
        """What holds for the whole table."""
        return [self[name] for name in ("scheme", "days", "decimal", "zone", "unknown", "words")]

    def clean_words(self) -> dict[str, dict[str, str]]:
        """Their words and ours, by field; a line that names no field of ours is told of."""
        called = {fold(self.kind.label(name)): name for name in self.kind.all_fields}
        called |= {fold(name): name for name in self.kind.all_fields}
        found: dict[str, dict[str, str]] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["words"].splitlines())):
            field, colon, rest = line.partition(":")
            theirs, sign, ours = rest.rpartition("=")
            if not (colon and sign and theirs.strip() and fold(field) in called):
                raise forms.ValidationError(
                    _now("This line does not say which word of which field is meant: “%(line)s”")
                    % {"line": line[:80]}
                )
            found.setdefault(called[fold(field)], {})[theirs.strip()] = ours.strip() or "-"
        return found

    def plan(self) -> TableMap:
        """What was said, as a map."""
        said = self.cleaned_data
        names = self.kind.all_fields
        columns = {name: decoded(said[f"column_{name}"]) for name in names}
        always = {name: said.get(f"always_{name}", "").strip() for name in names}
        kept = {name for name in names if columns[name] == self.before.columns.get(name)}
        return TableMap(
            columns={name: chosen for name, chosen in columns.items() if chosen},
            always={name: text for name, text in always.items() if text},
            words=said["words"],
            contains={name: of for name, of in self.before.contains.items() if name in kept},
            before={name: of for name, of in self.before.before.items() if name in kept},
            unknown=tuple(filter(None, (one.strip() for one in said["unknown"].split(";")))),
            kind=self.table.kind,
            title=self.before.title,
            **{name: said[name] for name in ("scheme", "days", "decimal", "zone")},
        )


def coded(names: tuple[str, ...]) -> str:
    """Columns as the value of a choice."""
    return json.dumps(list(names), ensure_ascii=False)


def decoded(value: str) -> tuple[str, ...]:
    """The columns of a choice."""
    return tuple(json.loads(value)) if value else ()


def column_field(label: str, columns: list[tuple[str, str]]) -> forms.ChoiceField:
    """From which column a field is read."""
    named = _now("%(field)s: column") % {"field": label}
    return forms.ChoiceField(
        label=named,
        choices=[("", _now("– not in this table –")), *columns],
        required=False,
        widget=forms.Select({"aria-label": named}),
    )


def always_field(kind: services.Kind, name: str) -> forms.Field:
    """What every row says alike: one of our words where the field has words, else a text."""
    field, label = kind.field(name), kind.label(name)
    named = _now("%(field)s: the same in every row") % {"field": label}
    choices = list(field.choices or ()) if field is not None else []
    if choices:
        widget = forms.Select({"aria-label": named})
        options = [("", "–"), *choices]
        return forms.ChoiceField(label=named, choices=options, required=False, widget=widget)
    text = forms.TextInput({"aria-label": named, "dir": "auto"})
    return forms.CharField(label=named, required=False, max_length=300, widget=text)
