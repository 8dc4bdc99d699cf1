"""What one line of a table means for the case: a new record, changes to one, nothing, or a no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attribution.models import Claim
from core.kept import plain
from evidence.models import Component
from exchange.formats.incident_map import HARMS
from exchange.formats.incident_rows import key_of
from exchange.formats.tables.lines import Line
from exchange.formats.tables.plan import THEIR_ID
from exchange.formats.tables.wrong import WrongCell
from exchange.models import TheirReference, Verdict
from exchange.services.table_kinds import BESIDE_LABELS, FIXED, Kind
from exchange.services.table_reading import Reader
from exchange.services.table_words import told_of_cell, told_of_line
from investigations.models import Incident
from investigations.models.vocabulary import IncidentStatus

LONGEST_KEY = 200
HARM_LABELS: dict[str, str | Promise] = {
    "killed": gettext_lazy("killed"),
    "injured": gettext_lazy("injured"),
    "missing": gettext_lazy("missing"),
}


@dataclass
class Reading:
    """A line on its way to its verdict."""

    number: int
    key: str = ""
    row_key: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdict: str = ""
    reason: str = ""
    record: Any = None
    reference: TheirReference | None = None
    known: TheirReference | None = None

    @property
    def has_own_key(self) -> bool:
        """True where the table itself has a reference for the line."""
        return THEIR_ID in self.said

    def refuse(self, reason: str) -> None:
        """Nothing of this line is written, and why."""
        self.verdict, self.reason, self.changes = Verdict.REFUSE, reason[:1000], {}


def reading_of(line: Line, head: tuple[str, ...], reader: Reader) -> Reading:
    """What a line says, as text; refused already where it cannot be read at all."""
    reading = Reading(line.number)
    if line.fault:
        reading.refuse(told_of_line(line.fault))
        return reading
    asked = reader.plan.asked
    for place, why in line.unusable.items():
        if place < len(head) and head[place] in asked:
            reading.refuse(f"{head[place]}: {told_of_line(why)}")
    reading.row = dict(zip(head, line.cells, strict=True))
    reading.row_key = key_of(reading.row)
    reading.said = reader.plan.said_in(reading.row)
    reading.key = reading.said.get(THEIR_ID, "") or reading.row_key
    if not reading.verdict:
        require_key(reading, reader)
    return reading


def require_key(reading: Reading, reader: Reader) -> None:
    """A line has a reference wherever its table has a column of them, and it can be kept."""
    if THEIR_ID in reader.plan.columns and not reading.has_own_key:
        reading.refuse(_("The line has no reference, by which it would be found again."))
    elif len(reading.key) > LONGEST_KEY:
        reading.refuse(told_of_cell(BESIDE_LABELS[THEIR_ID], WrongCell("too-long", reading.key)))


def read_facts(reading: Reading, reader: Reader) -> None:
    """Read every field of a line; the first that makes no sense refuses all of it."""
    name = ""
    try:
        for name, text in reading.said.items():
            if name == THEIR_ID or reader.is_moment(name):
                continue
            value = reader.read(name, text)
            if value is not None:
                kept = reading.beside if name in reader.kind.beside else reading.facts
                kept[name] = value
        for name in [each for each in reading.said if reader.is_moment(each)]:
            read_moment(reading, reader, name)
    except WrongCell as wrong:
        reading.refuse(told_of_cell(reader.kind.label(name), wrong))


def read_moment(reading: Reading, reader: Reader, name: str) -> None:
    """A moment and what belongs to it; whatever has a column of its own is not overwritten."""
    said = reading.said
    if name == "occurred_to":
        if "occurred_from" not in said:
            raise WrongCell("order", said[name])
        first = reader.read_moment("occurred_from", said["occurred_from"])
        found = reader.period(said, first, reader.read_moment(name, said[name]))
    else:
        found = reader.facts_of_moment(name, reader.read_moment(name, said[name]), said[name])
    if name == "occurred_from":
        found["occurred_zone"] = reader.plan.zone
    for field_name, value in found.items():
        if field_name not in said or field_name == name:
            reading.facts[field_name] = value


def judge(reading: Reading, reader: Reader) -> None:
    """Say what becomes of a line that was read, by the record that it is known to be."""
    if reading.record is None:
        lacking = [one for one in reader.kind.needed if one not in reading.facts]
        if lacking:
            names = ", ".join(reader.kind.label(one) for one in lacking)
            reading.refuse(_("A new record needs: %(fields)s.") % {"fields": names})
            return
        if reader.is_of_incidents:
            reading.facts.setdefault("title", reader.title(reading.said))
        reading.verdict = Verdict.CREATE
        return
    if is_elsewhere(reading):
        reading.refuse(_("The record bears another exhibit number here: no table changes that."))
        return
    reading.changes = differences(reading, reader.kind)
    reading.verdict = Verdict.CHANGE if reading.changes else Verdict.SAME


def is_elsewhere(reading: Reading) -> bool:
    """True where the line names another exhibit than the record is, or is a part of."""
    item, number = reading.facts.get("item"), reading.beside.get("exhibit_no")
    if isinstance(reading.record, Component):
        return item is not None and item.pk != reading.record.item_id
    return bool(number) and number != reading.record.exhibit_no


def differences(reading: Reading, kind: Kind) -> dict[str, dict[str, Any]]:
    """The fields in which the line differs from the record, as kept and as told to people."""
    record = reading.record
    found: dict[str, dict[str, Any]] = {}
    if isinstance(record, Incident) and record.status == IncidentStatus.WITHDRAWN:
        reading.facts.setdefault("status", IncidentStatus.REPORTED)
    for name, after in reading.facts.items():
        before = kept_of(record, name)
        now = plain(key_of_row(record, name, after) if is_row(after) else after)
        if name not in FIXED and before != now:
            found[name] = {
                "was": before,
                "now": now,
                "was_told": told(record, name, getattr(record, name)),
                "now_told": told(record, name, after),
            }
    return found | harm_differences(reading, kind)


def harm_differences(reading: Reading, kind: Kind) -> dict[str, dict[str, Any]]:
    """Where the harm that an attack did is counted otherwise."""
    found: dict[str, dict[str, Any]] = {}
    for harm in HARMS if "killed_min" in kind.beside else ():
        said = [reading.beside.get(f"{harm}_{end}") for end in ("min", "max")]
        if said == [None, None]:
            continue
        was = counted(reading.record, harm)
        now = [old if new is None else new for old, new in zip(was, said, strict=True)]
        if was != now:
            found[harm] = {"was": was, "now": now, "was_told": span(was), "now_told": span(now)}
    return found


def counted(incident: Any, harm: str) -> list[int | None]:
    """At least and at most how many, of nobody knows which group."""
    for count in getattr(incident, "counted", ()):
        if count.harm == harm:
            return [count.at_least, count.at_most]
    return [None, None]


def span(counts: list[int | None]) -> str:
    """Two counts as a person reads them."""
    least, most = ("?" if count is None else str(count) for count in counts)
    return least if least == most else f"{least}–{most}"


def is_row(value: Any) -> bool:
    """True for a record, false for a plain value."""
    return isinstance(value, models.Model)


def key_of_row(record: Any, name: str, other: Any) -> Any:
    """The value by which a record names another one."""
    return other.serializable_value(record._meta.get_field(name).target_field.attname)


def kept_of(record: Any, name: str) -> Any:
    """What a record says in one field, as it is kept; another record by its key."""
    return plain(record._meta.get_field(name).value_from_object(record))


def told(record: Any, name: str, value: Any) -> str:
    """A value in the words of a page."""
    field_of: Any = record._meta.get_field(name)
    if value in (None, "", []):
        return ""
    if field_of.choices:
        return str(dict(field_of.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    said = plain(value)
    return str(said if not is_row(value) else value)[:300]


def stands(record: Any) -> bool:
    """False for a claim that was set aside: nothing brings it back."""
    return not (isinstance(record, Claim) and record.is_set_aside)
