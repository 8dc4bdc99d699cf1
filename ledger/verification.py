"""Walks the chains of the ledger and names the first line that does not fit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.models import FIRST_SEAL, Entry, Head, seal_of


@dataclass(frozen=True)
class Flaw:
    """Where a chain is broken, and how."""

    log: UUID
    position: int
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What a walk over the ledger found."""

    chains: int
    entries: int
    flaws: list[Flaw]


def verify(log: UUID | None = None) -> Verdict:
    """Recompute every seal of one chain or of all; the first flaw of each chain is listed."""
    heads = Head.objects.order_by("log")
    if log:
        heads = heads.filter(log=log)
    chains, entries, flaws = 0, 0, []
    for head in heads.iterator():
        chains += 1
        read, flaw = walk(head)
        entries += read
        if flaw:
            flaws.append(flaw)
    known = Head.objects.values("log")
    for orphan in Entry.objects.exclude(log__in=known).values_list("log", flat=True).distinct():
        if log in (None, orphan):
            flaws.append(Flaw(orphan, 0, "the chain has lines but no head"))
    return Verdict(chains, entries, flaws)


def walk(head: Head) -> tuple[int, Flaw | None]:
    """Read one chain from its first line; return the lines read and the first flaw."""
    seal, position = FIRST_SEAL, 0
    for entry in lines(head.log):
        position += 1
        reason = flaw_in(entry, position, seal)
        if reason:
            return position, Flaw(head.log, position, reason)
        seal = entry.seal
    if (position, seal) != (head.position, head.seal):
        return position, Flaw(head.log, position + 1, "lines are missing at the end of the chain")
    return position, None


def lines(log: UUID) -> Iterator[Entry]:
    """The lines of one chain in order, streamed."""
    return Entry.objects.of_log(log).order_by("position").iterator(chunk_size=2000)


def flaw_in(entry: Entry, position: int, previous_seal: str) -> str:
    """Why `entry` cannot be the line at `position`; empty when it can."""
    if entry.position != position:
        return "a line is missing before this one"
    if entry.previous_seal != previous_seal:
        return "the line is not sealed to the one before"
    if entry.seal != seal_of(previous_seal, entry.body):
        return "the text was altered after it was sealed"
    line = json.loads(entry.body)
    columns = {
        "log": str(entry.log),
        "position": entry.position,
        "at": entry.at.isoformat(),
        "actor": str(entry.actor_id or ""),
        "act": entry.act,
        "subject": [entry.subject_kind, str(entry.subject_id)],
    }
    if any(line[name] != value for name, value in columns.items()):
        return "a column was altered: it differs from the sealed text"
    return ""
