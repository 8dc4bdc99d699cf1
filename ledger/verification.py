"""Walks the chains of the ledger and names the first line that does not fit."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.scope import system_scope
from ledger.models import FIRST_SEAL, REGISTER_LOG, Checkpoint, Entry, Head, seal_of
from ledger.notes import Checkpoint as Told
from ledger.notes import Key, NoteRefused, open_note
from ledger.vouching import Vouched, alarms, register_flaw, trusted_keys, vouched_for


@dataclass(frozen=True)
class Flaw:
    """Where a chain is broken, and how."""

    log: UUID
    position: int
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What a walk over the ledger found, and how many of its lines a checkpoint covers."""

    chains: int
    entries: int
    flaws: list[Flaw]
    signed: int = 0


def verify(log: UUID | None = None, *, witnessed: Sequence[str] = ()) -> Verdict:
    """Recompute every seal of one chain or of all, and hold them against what was signed.

    The first flaw of each chain is listed. `witnessed` are signed notes that somebody kept outside
    this database. What is found never depends on who asks; nothing that a line says is told.
    """
    with system_scope("a chain is whole or not, whoever may read its lines"), transaction.atomic():
        keys = trusted_keys()
        kept = [Told.read(open_note(note, keys)) for note in witnessed]
        return look_over(log, keys, kept)


def look_over(log: UUID | None, keys: Sequence[Key], kept: Sequence[Told]) -> Verdict:
    """The walk itself, in one transaction, because it streams."""
    heads = Head.objects.order_by("log")
    if log:
        heads = heads.filter(log=log)
    entries, signed, flaws = 0, 0, []
    chains = list(heads.values_list("log", flat=True))
    for chain in chains:
        read, covered, flaw = judge(chain, keys, kept)
        entries, signed = entries + read, signed + covered
        flaws += [flaw] if flaw else []
    flaws += [flaw for flaw in headless(chains) if log in (None, flaw.log)]
    if log is None:
        flaws += [Flaw(REGISTER_LOG, *found) for found in [register_flaw(keys, kept)] if found]
    named = {flaw.log for flaw in flaws}
    flaws += [Flaw(*told) for told in alarms() if told[0] not in named and log in (None, told[0])]
    if log and not chains and not flaws:
        flaws.append(Flaw(log, 0, _("there is no chain of this name")))
    return Verdict(len(chains), entries, flaws, signed)


def headless(chains: Sequence[UUID]) -> Iterator[Flaw]:
    """Logs of which there are lines, or were signed, but no head."""
    for rows in (Entry.objects, Checkpoint.objects.exclude(log=REGISTER_LOG)):
        orphans = rows.exclude(log__in=Head.objects.values("log")).order_by("log")
        for orphan in orphans.values_list("log", flat=True).distinct():
            yield Flaw(orphan, 0, _("the chain has lines but no head"))


def judge(log: UUID, keys: Sequence[Key], kept: Sequence[Told]) -> tuple[int, int, Flaw | None]:
    """The lines read of one chain, how many of them are signed, and the first flaw."""
    try:
        vouched = vouched_for(log, keys, kept)
    except NoteRefused as refused:
        return 0, 0, Flaw(log, 0, str(refused))
    read, flaw = walk(log, vouched)
    return read, min(read, vouched.size), flaw


def walk(log: UUID, vouched: Vouched) -> tuple[int, Flaw | None]:
    """Read one chain from its first line; return the lines read and the first flaw.

    People go on working meanwhile: lines that follow the head as it was read are left alone.
    """
    head = Head.objects.get(log=log)
    seal, position = FIRST_SEAL, 0
    for entry in lines(head):
        position += 1
        reason = flaw_in(entry, position, seal)
        if reason:
            return position, Flaw(log, position, reason)
        if found := vouched.flaw(entry.body):
            return position, Flaw(log, *found)
        seal = entry.seal
    if (position, seal) != (head.position, head.seal):
        reason = _("lines are missing at the end of the chain")
        return position, Flaw(log, position + 1, reason)
    if found := vouched.missing():
        return position, Flaw(log, *found)
    return position, surplus(log)


def lines(head: Head) -> Iterator[Entry]:
    """The lines of one chain in order up to its head, streamed."""
    chain = Entry.objects.of_log(head.log).filter(position__lte=head.position)
    return chain.order_by("position").iterator(chunk_size=2000)


def surplus(log: UUID) -> Flaw | None:
    """A line beyond the head: a deed writes both at once, so the head is read after the lines."""
    last = Entry.objects.of_log(log).aggregate(last=Max("position"))["last"] or 0
    head = Head.objects.get(log=log).position
    reason = _("the line lies beyond the head of the chain")
    return Flaw(log, head + 1, reason) if last > head else None


def flaw_in(entry: Entry, position: int, previous_seal: str) -> str:
    """Why `entry` cannot be the line at `position`; empty when it can."""
    if entry.position != position:
        return _("a line is missing before this one")
    if entry.previous_seal != previous_seal:
        return _("the line is not sealed to the one before")
    if entry.seal != seal_of(previous_seal, entry.body):
        return _("the text was altered after it was sealed")
    line = told_in(entry.body)
    if any(line.get(name) != value for name, value in columns_of(entry).items()):
        return _("a column was altered: it differs from the sealed text")
    return ""


def told_in(body: str) -> dict[str, Any]:
    """The sealed text, read; text that nobody can read says nothing."""
    try:
        line = json.loads(body)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


def columns_of(entry: Entry) -> dict[str, Any]:
    """What the columns repeat of the sealed text."""
    return {
        "log": str(entry.log),
        "position": entry.position,
        "at": entry.at.isoformat(),
        "actor": str(entry.actor_id or ""),
        "act": entry.act,
        "subject": [entry.subject_kind, str(entry.subject_id)],
    }
