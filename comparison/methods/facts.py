"""What is recorded about one component, free of ids, as the method reads it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from comparison.methods.makers import normalise_maker
from comparison.methods.serials import Serial, parse_serial
from core.normalise import is_no_marking, is_not_known, normalise, normalise_words

READABLE_SERIAL = frozenset({"", "present-legible", "present-partial"})
"""States in which the number read is the one its maker gave; a falsified one is not."""

REMOVED = frozenset({"removed-ground", "removed-chemical", "removed-sticker", "overpainted"})
FALSIFIED = "re-marked-falsified"
NEVER_PRESENT = "never-present"
NOT_EXAMINED = "not-examined"
UNRECORDED = frozenset({"", "unknown", "unrecorded", "not-recorded"})
LONGEST = 200
"""Characters that a marking or a note may have and still be compared."""

UNSPECIFIC_CATEGORIES = UNRECORDED | {"other", "fragment"}

_RESERVED = frozenset(
    {"category", "maker", "part", "lot", "firmware", "date-code", "serial", "serial-state",
     "concealment"}
)  # fmt: skip


_READ_AS = {"concealment": normalise_words, "maker": normalise_maker}
"""Noted in words, or a name, rather than a number."""


@dataclass(frozen=True)
class ComponentFacts:
    """The recorded features of one component. Texts are as marked; empty means not recorded.

    `construction` maps a feature (`casting`, `adhesive`, …) to its value; `measures` maps a
    feature to millimetres or grams; `photos` are SHA-256 of the pictures; `transcription` says
    how the markings were read.
    """

    category: str = ""
    maker: str = ""
    maker_status: str = "marked"
    part_number: str = ""
    serial: str = ""
    serial_state: str = ""
    lot: str = ""
    date_code: str = ""
    firmware_sha256: str = ""
    concealment: str = ""
    construction: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    transcription: str = "double-read"

    def __post_init__(self) -> None:
        taken = _RESERVED.intersection(self.construction) | _RESERVED.intersection(self.measures)
        if taken or not self.measures.keys().isdisjoint(self.construction):
            raise ValueError(f"a construction feature or measure may not reuse a name: {taken}")

    def to_json(self) -> dict[str, Any]:
        """What is recorded, and how its texts read: they are normalised once, not for each pair."""
        recorded = {one.name: getattr(self, one.name) for one in fields(self)}
        told = {name: value for name, value in recorded.items() if value != _NOTHING[name]}
        return {**told, "photos": list(self.photos), "marks": self.marks, "made": self.made}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The facts that `to_json` wrote; `dataclasses.replace` reads their texts anew."""
        recorded = {**values, "photos": tuple(values["photos"])}
        read: dict[str, Any] = {one: recorded.pop(one) for one in _AS_READ if one in recorded}
        facts = cls(**recorded)
        vars(facts).update(read)
        return facts

    @cached_property
    def overlong(self) -> frozenset[str]:
        """Features whose text is longer than any marking: shown in short, never compared."""
        return frozenset(f for f, text in self.as_written.items() if len(text) > LONGEST)

    @cached_property
    def marks(self) -> dict[str, str]:
        """The compared markings in normalised form, by feature, those not recorded left out.

        Two labels on which somebody noted “unknown” share nothing.
        """
        whole = {f: text for f, text in self.as_written.items() if f not in self.overlong}
        told = {f: text for f, text in whole.items() if not is_no_marking(text)}
        read = {f: _READ_AS.get(f, normalise)(text) for f, text in told.items()}
        return {feature: mark for feature, mark in read.items() if mark}

    @cached_property
    def as_seen(self) -> dict[str, str]:
        """The compared markings as they are shown, by feature: no longer than a marking can be."""
        if not self.overlong:
            return self.as_written
        return {
            feature: text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
            for feature, text in self.as_written.items()
        }

    @cached_property
    def as_written(self) -> dict[str, str]:
        """The compared markings as they were entered, by feature."""
        return {
            "maker": self.maker,
            "part": self.part_number,
            "lot": self.lot,
            "firmware": self.firmware_sha256,
            "date-code": self.date_code,
            "serial": self.serial if self.serial_state in READABLE_SERIAL else "",
            "concealment": self.concealment,
        }

    @cached_property
    def made(self) -> dict[str, str]:
        """Construction features as sorted words, those not recorded left out."""
        words = {
            feature: NOT_EXAMINED if text == NOT_EXAMINED else normalise_words(text)
            for feature, text in self.construction.items()
            if len(text) <= LONGEST and not is_not_known(text)
        }
        return {feature: text for feature, text in words.items() if text}

    @cached_property
    def values(self) -> dict[str, str]:
        """Everything whose rarity can be counted, by feature."""
        removed = self.serial_state in REMOVED
        state = {"serial-state": normalise(self.serial_state)} if removed else {}
        made = {feature: text for feature, text in self.made.items() if text != NOT_EXAMINED}
        marks = {feature: mark for feature, mark in self.marks.items() if feature != "serial"}
        return {**marks, **state, **made}

    @cached_property
    def counter(self) -> Serial | None:
        """The serial taken apart, where it could be read and is the maker's own."""
        return parse_serial(self.marks["serial"]) if "serial" in self.marks else None

    @cached_property
    def is_counterfeit_suspected(self) -> bool:
        return self.maker_status == "counterfeit-suspected"

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what is weighed: a rejected pair stays rejected until this changes.

        One more photograph changes nothing that was weighed.
        """
        weighed = asdict(self) | {"photos": ()}
        plain = json.dumps(weighed, sort_keys=True, ensure_ascii=False)
        return sha256(plain.encode()).hexdigest()


_NOTHING = asdict(ComponentFacts())
_AS_READ: tuple[str, ...] = ("marks", "made")
