"""Reads what a line says of each field, as the facts that the services of its kind take."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation

from catalogue.folding import fold
from core.grading import Credibility, Reliability
from exchange.formats.incident_map import HARM_COLUMNS
from exchange.formats.incident_rows import title_of
from exchange.formats.tables.days import When, read_when
from exchange.formats.tables.plan import NOTHING, TableMap
from exchange.formats.tables.values import parts_of, read_count, read_decimal, read_yes
from exchange.formats.tables.wrong import WrongCell
from exchange.models import RecordKind
from exchange.services.table_kinds import Kind
from exchange.services.table_names import Names

COMPANIONS = {
    "occurred_from": ("occurred_precision", "occurred_as_stated"),
    "recovered_at": ("recovered_precision", "recovered_as_stated"),
    "made_at": ("made_precision", ""),
    "first_seen_market": ("first_seen_precision", ""),
}
"""Moments, each with the fields that say how exactly it is known, and how it was stated."""
CLOCKED = ("minute", "second")
DAYS = ("day", *CLOCKED)
GRADES: dict[str, Any] = {"reliability": Reliability, "credibility": Credibility}
LONGEST_BESIDE = {"citation": 500, "exhibit_no": 30}
LANGUAGES = ("en", "ar")


class Reader:
    """Turns what a map found in a line into facts, for one import."""

    def __init__(self, kind: Kind, plan: TableMap, names: Names) -> None:
        self.kind, self.plan, self.names = kind, plan, names
        self.zone = ZoneInfo(plan.zone)

    def named_in(self, said: dict[str, str]) -> dict[Any, set[str]]:
        """The names of records of the case that a line holds, by kind of record."""
        found: dict[Any, set[str]] = {}
        for name, text in said.items():
            field = self.kind.field(name)
            if isinstance(field, models.ForeignKey) and hasattr(field.related_model, "case"):
                found.setdefault(field.related_model, set()).add(self.plan.worded(name, text))
        return found

    def read(self, name: str, text: str) -> Any:
        """The value of one field; None where the map says that it means nothing."""
        field = self.kind.field(name)
        if field is None:
            return self.read_beside(name, text)
        if isinstance(field, models.ForeignKey):
            word = self.plan.worded(name, text)
            return None if word == NOTHING else self.names.find(field.related_model, word)
        if isinstance(field, ArrayField):
            return self.read_list(name, field, text)
        if field.choices:
            return self.read_word(name, vocabulary_of(field), text)
        return self.read_plain(field, text)

    def read_beside(self, name: str, text: str) -> Any:
        """What does not stand in the record itself: harm done, who says so, an exhibit's number."""
        if name in HARM_COLUMNS:
            return read_count(text, self.plan.decimal)
        if name in GRADES:
            return self.read_word(name, vocabulary_of(GRADES[name]), text)
        if name == "party_to_conflict":
            return read_yes(text)
        return within(text, LONGEST_BESIDE[name])

    def read_word(self, name: str, vocabulary: dict[str, str], text: str) -> str | None:
        """A word of ours, by its code or by its name in either language."""
        word = self.plan.worded(name, text)
        if word == NOTHING:
            return None
        found = vocabulary.get(fold(word) or word)
        if found is None:
            raise WrongCell("word", text)
        return found

    def read_list(self, name: str, field: Any, text: str) -> list[str]:
        """Several words in one cell."""
        if not field.base_field.choices:
            return [within(part, field.base_field.max_length) for part in parts_of(text)]
        words = vocabulary_of(field.base_field)
        read = [self.read_word(name, words, part) for part in parts_of(text)]
        return [word for word in read if word]

    def read_plain(self, field: Any, text: str) -> Any:
        """A number, a yes, or a text; moments are read beside those that belong to them."""
        if isinstance(field, models.BooleanField):
            return read_yes(text)
        if isinstance(field, models.DecimalField):
            return to_places(read_decimal(text, self.plan.decimal), field.decimal_places, text)
        if isinstance(field, models.IntegerField):
            return read_count(text, self.plan.decimal)
        return within(text, field.max_length)

    def read_moment(self, name: str, text: str) -> When:
        """A day or a moment in the order that the map states; days alone have to be whole."""
        when = read_when(text, self.plan.days)
        if name not in COMPANIONS and not self.has_time(name) and when.precision not in DAYS:
            raise WrongCell("day", text)
        return when

    def has_time(self, name: str) -> bool:
        """True for moments, false for days."""
        return isinstance(self.kind.field(name), models.DateTimeField)

    def is_moment(self, name: str) -> bool:
        """True for moments and days."""
        return isinstance(self.kind.field(name), models.DateField)

    def facts_of_moment(self, name: str, when: When, text: str) -> dict[str, Any]:
        """A moment with how exactly it is known, and how it was stated."""
        value = when.instant(self.zone) if self.has_time(name) else when.local.date()
        precision, stated = COMPANIONS.get(name, ("", ""))
        facts = {name: value, precision: when.precision, stated: text[:200]}
        return {field: value for field, value in facts.items() if field}

    def period(self, said: dict[str, str], first: When, last: When) -> dict[str, Any]:
        """When an attack began and ended; two days without times are a range."""
        local, precision = last.local, first.precision
        if last.precision not in CLOCKED and (first.precision in CLOCKED or local > first.local):
            local = local.replace(hour=23, minute=59, second=59)
        if local < first.local:
            raise WrongCell("order", said["occurred_to"])
        if last.precision not in CLOCKED or first.precision not in CLOCKED:
            apart = local.date() - first.local.date()
            precision = first.precision if apart < timedelta(days=1) else "range"
        ends = None if local == first.local else When(local, precision, last.zone)
        stated = f"{said['occurred_from']} – {said['occurred_to']}"
        return {
            "occurred_to": ends.instant(self.zone) if ends else None,
            "occurred_precision": precision,
            "occurred_as_stated": stated[:200] if ends else said["occurred_from"][:200],
        }

    def title(self, said: dict[str, str]) -> str:
        """A neutral title for an attack that has none: with what and where, never by whom."""
        return title_of(said.get("weapon_as_stated", ""), said.get("place_name", ""))[:200]

    @property
    def is_of_incidents(self) -> bool:
        """True for tables of attacks."""
        return self.kind.name == RecordKind.INCIDENT


def to_places(number: Decimal | None, places: int, text: str) -> Decimal | None:
    """The number as exactly as it is kept."""
    if number is None:
        return None
    try:
        return number.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        raise WrongCell("number", text) from None


def within(text: str, longest: int | None) -> str:
    """The text, unless it is longer than what can be kept of it: nothing is cut off in silence."""
    if longest is not None and len(text) > longest:
        raise WrongCell("too-long", text[:60])
    return text


@cache
def vocabulary_of(source: Any) -> dict[str, str]:
    """Our words of a field or a list of choices by their codes and by their names, as compared."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for code, label in source.choices:
                words.setdefault(fold(str(label)) or str(label), code)
    for code, _label in source.choices:
        words[fold(code) or code] = code
    return words
