"""Reads the map that says which column of a list means what."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HARMS = ("killed", "injured", "missing")
"""What a list may count of the people who came to harm, each as a least and a most."""
HARM_COLUMNS = tuple(f"{harm}_{end}" for harm in HARMS for end in ("min", "max"))
FIELDS = {
    "title",
    "starts",
    "ends",
    "weapon",
    "place",
    "launched",
    "intercepted",
    "arrived",
    "latitude",
    "longitude",
    *HARM_COLUMNS,
    "narrative",
    "source",
}


class WrongMap(ValueError):
    """The map cannot be used with this list; the sentence says what to change."""


@dataclass(frozen=True)
class IncidentMap:
    """What the columns mean, what holds for every row, and how the source is graded.

    `columns` maps a field of ours to a column of theirs; `printed` names columns that hold
    printed Python lists or mappings; `attack_modes` maps a word in the weapon to a mode.
    """

    name: str
    columns: Mapping[str, str]
    zone: ZoneInfo
    country: str = ""
    theatre: str = ""
    place_precision: str = "region"
    attack_mode: str = "unknown"
    attack_modes: Mapping[str, str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    citation_prefix: str = ""
    reliability: str = "F"
    credibility: str = "6"
    party_to_conflict: bool = False
    case: Mapping[str, str] = field(default_factory=dict)

    def require_columns(self, found: Iterable[str]) -> None:
        """Raise WrongMap naming each column that the map needs and the list lacks."""
        listed = list(found)
        missing = [
            column for column in (*self.columns.values(), *self.printed) if column not in listed
        ]
        if missing:
            raise WrongMap(
                f"The list lacks the columns: {', '.join(missing)}. "
                f"It has: {', '.join(listed) or 'none at all'}. Change the map to fit."
            )


def read_map(path: Path) -> IncidentMap:
    """Read a TOML map; WrongMap says what is missing or misspelt."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise WrongMap(f"The map {path} cannot be read: {problem}") from problem
    columns = raw.get("columns", {})
    unknown = sorted(set(columns) - FIELDS)
    if unknown:
        raise WrongMap(
            f"The map names fields that do not exist: {', '.join(unknown)}. "
            f"These exist: {', '.join(sorted(FIELDS))}."
        )
    if not raw.get("name") or "starts" not in columns:
        raise WrongMap("The map needs a `name` and, under [columns], at least `starts`.")
    return IncidentMap(name=raw["name"], columns=columns, **settings_of(raw))


def settings_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What holds for every row, with the zone looked up."""
    always, source = raw.get("always", {}), raw.get("source", {})
    zone = always.get("zone", "UTC")
    try:
        read = {"zone": ZoneInfo(zone)}
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongMap(f"There is no time zone “{zone}”.") from None
    wanted = ("country", "theatre", "place_precision", "attack_mode")
    graded = ("citation_prefix", "reliability", "credibility", "party_to_conflict")
    return {
        **read,
        **{name: always[name] for name in wanted if name in always},
        **{name: source[name] for name in graded if name in source},
        "attack_modes": raw.get("attack_modes", {}),
        "printed": tuple(raw.get("printed", {}).get("columns", ())),
        "case": raw.get("case", {}),
    }
