"""Writes what a line of a table says, through the services of its kind and in no other way."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.changes import require_sound
from core.errors import Refused
from core.scope import system_scope
from exchange.formats.incident_map import HARMS
from exchange.models import RecordKind, TheirReference
from exchange.services.table_verdict import Reading
from investigations.models import Incident, SourceReport
from investigations.services import cite_source, count_casualties
from investigations.services.bulk import Listed, enter_listed_incidents

UNGRADED = {"reliability": "F", "credibility": "6"}


def enter_one(turn: Any, reading: Reading) -> None:
    """Enter the record that a line tells of, under their reference."""
    facts = {**reading.facts, **numbered(turn, reading)}
    reading.record = turn.kind.enter(turn.case, turn.by, facts)
    name_it(turn, reading)
    if turn.reader.is_of_incidents:
        cite(turn, reading)
        count_harm(turn, reading)


def numbered(turn: Any, reading: Reading) -> dict[str, Any]:
    """The number that the table itself gives an exhibit."""
    number = reading.beside.get("exhibit_no")
    return {"exhibit_no": number} if number else {}


def change(turn: Any, reading: Reading) -> None:
    """Amend the record that a line is known to be, in what it says otherwise."""
    record = reading.record
    facts = {name: reading.facts[name] for name in reading.changes if name not in HARMS}
    if facts:
        turn.kind.amend(record, by=turn.by, version=record.version, **facts)
    if reading.reference is None:
        name_it(turn, reading)
    if turn.reader.is_of_incidents:
        if not is_cited(turn, reading):
            cite(turn, reading)
        for harm in HARMS:
            if harm in reading.changes:
                count(turn, record, harm, reading.changes[harm]["now"])


def name_it(turn: Any, reading: Reading) -> None:
    """Remember by which reference of theirs the record is found again."""
    if turn.kind.name == RecordKind.CLAIM:
        let_go(turn, reading.key)
    reference = reference_to(turn, reading)
    reference.save(force_insert=True)
    reading.reference = reference


def let_go(turn: Any, key: str) -> None:
    """A claim that was set aside gives its reference up to the one that is entered now."""
    theirs = TheirReference.objects.visible_to(turn.by).standing()
    same = theirs.filter(case=turn.case, kind=turn.kind.name, scheme=turn.scheme, reference=key)
    same.update(given_up=True)


def is_cited(turn: Any, reading: Reading) -> bool:
    """True where this very line was cited before: the table said so once already."""
    with system_scope("a line is cited once, whoever may see the attack"):
        reports = SourceReport.objects.filter(case=turn.case, imported_from=turn.scheme)
        return reports.filter(row_key=reading.row_key).exists()


def reference_to(turn: Any, reading: Reading) -> TheirReference:
    """Their reference to the record of a line."""
    reference = TheirReference(
        case=turn.case, scheme=turn.scheme, kind=turn.kind.name, reference=reading.key
    )
    setattr(reference, turn.kind.name, reading.record)
    return reference


def cite(turn: Any, reading: Reading) -> None:
    """Keep the line as it was reported, beside the attack, with its two grades."""
    told = listed(turn, reading)
    cite_source(
        reading.record,
        by=turn.by,
        citation=told.citation,
        reliability=told.reliability,
        credibility=told.credibility,
        party_to_conflict=told.party_to_conflict,
        imported_from=turn.scheme,
        row_key=told.row_key,
        as_reported=told.as_reported,
    )


def count_harm(turn: Any, reading: Reading) -> None:
    """Count the harm that a line tells of a new attack."""
    for harm, least, most in harm_told(reading):
        count(turn, reading.record, harm, [least, most])


def count(turn: Any, incident: Incident, harm: str, counts: Sequence[int | None]) -> None:
    """State how many came to harm; of which group they were, the table does not say."""
    least, most = counts
    count_casualties(incident, by=turn.by, harm=harm, group="unknown", at_least=least, at_most=most)


def harm_told(reading: Reading) -> list[tuple[str, int | None, int | None]]:
    """The harm that a line states; what it does not state is left out."""
    told = []
    for harm in HARMS:
        least, most = (reading.beside.get(f"{harm}_{end}") for end in ("min", "max"))
        if least is not None or most is not None:
            told.append((harm, least, most))
    return told


def listed(turn: Any, reading: Reading) -> Listed:
    """A line as the list of a bulk entry takes it."""
    beside, graded = reading.beside, {**UNGRADED, **reading.beside}
    known = f"{turn.scheme}: {reading.said['their_id']}" if reading.has_own_key else turn.table.name
    return Listed(
        facts=reading.facts,  # type: ignore[arg-type]
        citation=(beside.get("citation") or known)[:500],
        reliability=graded["reliability"],
        credibility=graded["credibility"],
        party_to_conflict=bool(beside.get("party_to_conflict")),
        row_key=reading.row_key,
        as_reported={"row": dict(reading.row), "table_sha256": turn.table.sha256},
        casualties=harm_told(reading),
    )


def enter_many(turn: Any, readings: list[Reading]) -> None:
    """Enter many attacks at once: all of them or none."""
    for reading in readings:
        require_sound(Incident(case=turn.case, **reading.facts))
    rows = [listed(turn, reading) for reading in readings]
    incidents = enter_listed_incidents(turn.case, rows, by=turn.by, imported_from=turn.scheme)
    if len(incidents) != len(readings):
        raise Refused(_("One of these lines was entered before, under another reference."))
    for reading, incident in zip(readings, incidents, strict=True):
        reading.record = incident
        reading.reference = reference_to(turn, reading)
    TheirReference.objects.bulk_create(
        [reading.reference for reading in readings if reading.reference]
    )
