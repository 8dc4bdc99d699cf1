"""The map of a table: which column means what, what holds for every row, which word is which."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from catalogue.folding import fold
from exchange.formats.incident_map import IncidentMap, WrongMap, read_map
from exchange.formats.tables.days import ORDERS
from exchange.formats.tables.values import is_empty

ANY_OTHER = "*"
"""Stands in a list of words for each that is not in it."""
SEVERAL = "combined"
"""The word for more than one kind of attack."""
NOTHING = "-"
"""Our side of a word that is to say nothing."""
THEIR_ID = "their_id"
READY = Path(__file__).parents[2] / "maps"
OF_LISTS = {
    "starts": "occurred_from",
    "ends": "occurred_to",
    "weapon": "weapon_as_stated",
    "place": "place_name",
    "source": "citation",
}
"""What the fields of a map for the command line are called here."""


@dataclass(frozen=True)
class TableMap:
    """What a table says, in our fields.

    `columns` names for each field the columns that are read one after the other; `always` what
    every row says alike; `words` for each field their word = ours; `contains` the words that are
    looked for within a text. `unknown` are values that mean nothing, such as -9.
    """

    columns: Mapping[str, tuple[str, ...]]
    always: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    contains: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    zone: str = "UTC"
    days: str = ""
    decimal: str = "."
    scheme: str = ""
    kind: str = ""
    title: str = ""
    before: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "TableMap":
        """The map that was written down so; WrongMap where it makes no sense."""
        settings = raw.get("always", {})
        plan = cls(
            columns={name: listed(said) for name, said in raw.get("columns", {}).items()},
            always={name: str(said) for name, said in settings.items()},
            words=raw.get("words", {}),
            contains=raw.get("contains", {}),
            unknown=tuple(str(one) for one in raw.get("unknown", ())),
            before=raw.get("before", {}),
            **{name: str(raw[name]) for name in SAID if name in raw},
        )
        if plan.days not in ("", *ORDERS) or plan.decimal not in (".", ","):
            raise WrongMap("Days are ymd, dmy, mdy or excel; the decimal sign is . or ,")
        return plan

    def as_written(self) -> dict[str, Any]:
        """The same as JSON and TOML hold it."""
        return {
            "columns": {name: list(said) for name, said in self.columns.items()},
            "always": dict(self.always),
            "words": {name: dict(words) for name, words in self.words.items()},
            "contains": {name: dict(words) for name, words in self.contains.items()},
            "unknown": list(self.unknown),
            "before": dict(self.before),
            **{name: getattr(self, name) for name in SAID},
        }

    @property
    def asked(self) -> set[str]:
        """Every column that is read."""
        return {name for names in self.columns.values() for name in names}

    def fits(self, head: Iterable[str]) -> bool:
        """True for tables that have every column which this map reads."""
        return self.asked <= set(head)

    def said_in(self, row: Mapping[str, str]) -> dict[str, str]:
        """What a row says of each field, as text; what it leaves empty says nothing."""
        said = dict(self.always)
        for name, columns in self.columns.items():
            cells = [row[column].strip() for column in columns if column in row]
            text = joined([cell for cell in cells if not self.means_nothing(cell)], len(columns))
            if name in self.contains:
                text = self.found_within(name, text)
            if text:
                said[name] = self.before.get(name, "") + text
        return said

    def means_nothing(self, cell: str) -> bool:
        """True for empty cells and for the signs by which this table says that it does not know."""
        return is_empty(cell) or cell in self.unknown

    def found_within(self, name: str, text: str) -> str:
        """Our word for what is named in a text; several different ones are combined."""
        low = text.lower()
        found = {ours for word, ours in self.contains[name].items() if word.lower() in low}
        return SEVERAL if len(found) > 1 else "".join(found)

    def worded(self, name: str, text: str) -> str:
        """Our word for theirs, where the map has one; `NOTHING` where it says to leave it out."""
        words = self.folded_words.get(name, {})
        return words.get(fold(text) or text, words.get(ANY_OTHER, text))

    @cached_property
    def folded_words(self) -> dict[str, dict[str, str]]:
        """Their words as they are compared, each with ours, by field."""
        return {
            name: {fold(theirs) or theirs: ours for theirs, ours in words.items()}
            for name, words in self.words.items()
        }


SAID = ("zone", "days", "decimal", "scheme", "kind", "title")


def listed(said: object) -> tuple[str, ...]:
    """One column or several."""
    return (said,) if isinstance(said, str) else tuple(str(one) for one in said)  # type: ignore[attr-defined]


def joined(cells: list[str], columns: int) -> str:
    """Several cells as one text: year, month and day by hyphens, anything else by blanks."""
    if columns == 3 and len(cells) == 3 and all(cell.isdigit() for cell in cells):
        return "-".join(cells)
    return " ".join(cells)


def ready_maps() -> Iterator[TableMap]:
    """The maps that come with the program, for tables which many people have."""
    for file in sorted(READY.glob("*.toml")):
        yield read_ready(file)


def read_ready(file: Path) -> TableMap:
    """One of them: written for tables, or for the command line."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return TableMap.of(raw) if "kind" in raw else of_list(read_map(file))


def of_list(plan: IncidentMap) -> TableMap:
    """The map of a list of incidents, as the command line reads it, for a table."""
    columns = {OF_LISTS.get(name, name): (said,) for name, said in plan.columns.items()}
    for count in ("launched", "intercepted", "arrived"):
        if said := columns.pop(count, None):
            columns[f"{count}_min"] = columns[f"{count}_max"] = said
    always = {
        "country": plan.country,
        "theatre": plan.theatre,
        "place_precision": plan.place_precision,
        "reliability": plan.reliability,
        "credibility": plan.credibility,
        "party_to_conflict": "yes" if plan.party_to_conflict else "no",
    }
    contains: dict[str, Mapping[str, str]] = {}
    if plan.attack_modes and "weapon_as_stated" in columns:
        columns["attack_mode"] = columns["weapon_as_stated"]
        contains = {"attack_mode": plan.attack_modes}
    return TableMap(
        columns=columns,
        always={name: said for name, said in always.items() if said},
        contains=contains,
        before={"citation": plan.citation_prefix} if plan.citation_prefix else {},
        zone=str(plan.zone),
        scheme=plan.name,
        kind="incident",
        title=plan.case.get("title", plan.name),
        unknown=("unknown",),
    )
