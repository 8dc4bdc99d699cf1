"""Holds what the server signs of its ledgers against what it signed before.

The newest checkpoint of each log stays here. A server that has rewritten or cut a log cannot show
that the new one begins with the old one, and that it could not is kept until a person lets it be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vestige_sync.errors import Trouble, Unverified
from vestige_sync.mirror import Mirror
from vestige_sync.notes import Checkpoint, Key, only_grew, opened, unbase64
from vestige_sync.transport import Line

LOGS = "/api/v1/ledger/logs/"
NOT_FOR_YOU = {403, 404}


class Witness:
    """Remembers checkpoints, and asks for proofs."""

    def __init__(self, line: Line, mirror: Mirror) -> None:
        self.line, self.mirror = line, mirror

    @property
    def keys(self) -> list[Key]:
        """The keys that are trusted."""
        return [Key.read(row["vkey"]) for row in self.mirror.rows("SELECT vkey FROM keys")]

    def look(self) -> Iterator[Trouble | None]:
        """Check the log of each case that is told; what does not hold is noted and told."""
        for case in self.mirror.cases():
            try:
                self.check(case)
            except Unverified as alarm:
                self.raise_alarm(case, str(alarm))
                yield Unverified(f"The ledger of case {case}: {alarm}")
            else:
                yield None

    def check(self, case: str) -> None:
        """One log; who may not read it is told nothing, and nothing is checked."""
        answer = self.line.ask("GET", f"{LOGS}{case}/")
        if answer.status in NOT_FOR_YOU:
            return
        if answer.status != 200:
            raise answer.refusal()
        told: dict[str, Any] = answer.told
        if told.get("refused"):
            raise Unverified(f"its own signer refuses it: {told['refused']}")
        if note := told.get("note"):
            self.trust_first(told["keys"])
            self.compare(case, note)
        elif self.seen(case):
            raise Unverified("it was signed before, and is not any more.")

    def trust_first(self, keys: list[str]) -> None:
        """Where no key was given, those that are shown first are kept to from now on."""
        if not self.keys:
            for vkey in keys:
                trust(self.mirror, vkey)

    def compare(self, case: str, note: str) -> None:
        """The checkpoint is signed, is of this log, and continues the one that is kept."""
        new, known = opened(note, self.keys), {key.name for key in self.keys}
        if new.origin not in {f"{name}/{case}" for name in known}:
            raise Unverified(f"its checkpoint is of another log, {new.origin}.")
        old = self.seen(case)
        if old and (old.size, old.root) != (new.size, new.root):
            self.require_growth(case, *sorted((old, new), key=lambda one: one.size))
        if not old or new.size > old.size:
            self.keep(case, new, note)

    def require_growth(self, case: str, old: Checkpoint, new: Checkpoint) -> None:
        """The proof that the longer begins with the shorter, or that the log was forked."""
        if old.size == new.size:
            raise Unverified(f"it was forked: two checkpoints of {old.size} lines differ.")
        if old.size == 0:
            return
        asked = f"{LOGS}{case}/consistency/?old={old.size}&new={new.size}"
        answer = self.line.ask("GET", asked)
        try:
            path = [unbase64(step) for step in answer.told["consistency"]]
        except (KeyError, TypeError, ValueError):
            path = []
        if not only_grew(old, new, path):
            raise Unverified(
                f"it was rewritten, cut or forked: nothing shows that its {new.size} lines "
                f"begin with the {old.size} that were signed before."
            )

    def seen(self, case: str) -> Checkpoint | None:
        """The newest checkpoint that was seen; it was checked when it was kept."""
        rows = self.mirror.rows("SELECT note FROM checkpoints WHERE log = ?", case)
        return opened(rows[0]["note"], self.keys) if rows else None

    def keep(self, case: str, checkpoint: Checkpoint, note: str) -> None:
        """Keep it for the next time."""
        with self.mirror.writing() as base:
            base.execute(
                "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)",
                (case, checkpoint.size, note),
            )

    def raise_alarm(self, case: str, reason: str) -> None:
        """Note what does not hold; the first reason stays."""
        with self.mirror.writing() as base:
            base.execute("INSERT OR IGNORE INTO alarms VALUES (?, ?, '')", (case, reason))


def trust(mirror: Mirror, vkey: str) -> Key:
    """Trust a key from now on."""
    key = Key.read(vkey)
    with mirror.writing() as base:
        base.execute("INSERT OR IGNORE INTO keys VALUES (?)", (vkey.strip(),))
    return key


def alarms(mirror: Mirror) -> dict[str, str]:
    """The logs that did not hold, and why."""
    return {row["log"]: row["reason"] for row in mirror.rows("SELECT * FROM alarms ORDER BY log")}


def let_be(mirror: Mirror, log: str) -> None:
    """A person has found out what happened: begin with what the server signs next."""
    with mirror.writing() as base:
        base.execute("DELETE FROM alarms WHERE log = ?", (log,))
        base.execute("DELETE FROM checkpoints WHERE log = ?", (log,))
