"""The copy on this machine: records as the server told them, and how far it was told.

What a page of changes says and the cursor behind it are one transaction, so that a program that is
killed at any moment goes on exactly where it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable

from vestige_sync.errors import Unverified, Usage
from vestige_sync.schema import BACK, OF_CASES, OF_RECORDS, TABLES, VERSION

NAME = "mirror.sqlite"
Record = Mapping[str, Any]
SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a draft is on the disk before it is sent
    "PRAGMA secure_delete = ON",  # what was lost leaves no trace in the file
    "PRAGMA busy_timeout = 30000",
)


def canonical(record: Any) -> str:
    """The one way in which a record is written down, so that copies can be compared by bytes."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Mirror:
    """A folder with one SQLite file, for one person at one server."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        self.base = sqlite3.connect(str(folder / NAME), isolation_level=None, timeout=30)
        self.base.row_factory = sqlite3.Row
        for setting in SETTINGS:
            self.base.execute(setting).fetchall()
        self.make_tables()

    def make_tables(self) -> None:
        """Make what is missing; the file of a newer program is left alone."""
        (found,) = self.base.execute("PRAGMA user_version").fetchone()
        if found > VERSION:
            raise Usage(f"{self.folder} was written by a newer vestige-sync: bring this one up.")
        if found < VERSION:
            self.base.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = 1; COMMIT;")
            (self.folder / NAME).chmod(0o600)

    def close(self) -> None:
        """Let go of the file."""
        self.base.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing of it."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield self.base
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def rows(self, question: str, *values: Any) -> list[sqlite3.Row]:
        """What a question of SQL gives."""
        return self.base.execute(question, values).fetchall()

    # what is known of itself

    def fact(self, name: str, default: str = "") -> str:
        """Something that was noted."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", name)
        return str(found[0]["value"]) if found else default

    def note(self, name: str, value: str) -> None:
        """Note it; inside `writing` it is noted with all the rest."""
        self.base.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @property
    def cursor(self) -> str:
        """Up to where the server has told; empty before the first page."""
        return self.fact("cursor")

    @property
    def generation(self) -> int:
        """How often it was begun anew."""
        return int(self.fact("generation", "1"))

    @property
    def is_whole(self) -> bool:
        """False until everything was told once, also after it was begun anew."""
        return self.fact("whole") == "yes"

    # what was told

    def record(self, kind: str, key: str) -> dict[str, Any] | None:
        """One record as it was told; None where there is none."""
        found = self.rows("SELECT record FROM records WHERE kind = ? AND id = ?", kind, key)
        return dict(json.loads(found[0]["record"])) if found else None

    def records(self, kind: str = "") -> Iterator[tuple[str, str, str]]:
        """Kind, id and canonical JSON of each record, in their order."""
        question = "SELECT kind, id, record FROM records WHERE ? IN ('', kind) ORDER BY kind, id"
        for row in self.rows(question, kind):
            yield row["kind"], row["id"], row["record"]

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind."""
        rows = self.rows("SELECT kind, count(*) AS n FROM records GROUP BY kind ORDER BY kind")
        return {row["kind"]: row["n"] for row in rows}

    def cases(self) -> list[str]:
        """The cases that are told."""
        return [row["id"] for row in self.rows("SELECT id FROM cases ORDER BY id")]

    def case_of(self, key: str) -> str:
        """The case in which a record of any kind lies; empty where it is not known."""
        found = self.rows("SELECT case_id FROM records WHERE id = ? LIMIT 1", key)
        return str(found[0]["case_id"]) if found else ""

    # taking in

    def take_in(self, page: Mapping[str, Any], *, asked_with: str, whole: bool) -> bool:
        """A page and its cursor, in one; False where another program has taken it in meanwhile."""
        with self.writing():
            if self.cursor != asked_with:
                return False
            for line in page["changes"]:
                self.hear(line)
            self.note("cursor", page["cursor"])
            if whole and not self.is_whole:
                self.forget_older()
                self.note("whole", "yes")
            self.settle_drafts(whole=whole)
        if any(line["op"] != "put" for line in page["changes"]):
            self.leave_no_trace()
        return True

    def hear(self, line: Record) -> None:
        """One line; a word that this program does not know is not passed over."""
        if line["op"] not in HEARD:
            raise Unverified(f"The server says '{line['op']}': bring vestige-sync up to date.")
        HEARD[line["op"]](self, line)

    def put(self, line: Record) -> None:
        """Keep a record in place of the one that was there."""
        record = line["record"]
        case = line["id"] if line["kind"] == "cases" else record.get("case") or line["case"]
        told = (line["kind"], line["id"], case, record.get("other_case") or "", canonical(record))
        self.base.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", (*told, self.generation)
        )

    def remove(self, line: Record) -> None:
        """A record that is not there any more, or not for this person."""
        self.base.execute(
            "DELETE FROM records WHERE kind = ? AND id = ?", (line["kind"], line["id"])
        )

    def gain(self, line: Record) -> None:
        """A case that is seen newly."""
        self.base.execute(
            "INSERT OR REPLACE INTO cases VALUES (?, ?)", (line["case"], self.generation)
        )

    def lose(self, line: Record) -> None:
        """Everything of a case goes, and what lies across it and another."""
        case = line["case"]
        self.base.execute("DELETE FROM records WHERE ? IN (case_id, other_case)", (case,))
        self.base.execute("DELETE FROM cases WHERE id = ?", (case,))

    def reset(self, line: Record) -> None:
        """The records of some kinds in a case go; those for this person follow."""
        for kind in line["kinds"]:
            self.base.execute(
                "DELETE FROM records WHERE kind = ? AND ? IN (case_id, other_case)",
                (kind, line["case"]),
            )

    def settle_drafts(self, *, whole: bool) -> None:
        """Own words stay when a case or a record is lost; what was seen of it goes.

        In the middle of what is being told nothing is said of records that are not here yet.
        """
        for question in (*OF_CASES, *(OF_RECORDS if whole else ()), BACK):
            self.base.execute(question)

    # beginning anew

    def begin_anew(self) -> None:
        """Ask for everything again; what is there stays until that is whole."""
        with self.writing():
            self.note("generation", str(self.generation + 1))
            self.note("cursor", "")
            self.note("whole", "")

    def forget_older(self) -> None:
        """What was not told again since it was begun anew is not there, or not for this person."""
        for question in (
            "DELETE FROM records WHERE generation < ?",
            "DELETE FROM cases WHERE generation < ?",
        ):
            self.base.execute(question, (self.generation,))

    def begin_for_another(self) -> None:
        """The key may be another person's: nothing stays, and nothing is sent unasked."""
        with self.writing():
            self.base.execute("DELETE FROM records")
            self.base.execute("DELETE FROM cases")
            self.base.execute(
                "UPDATE drafts SET state = 'unsure', base = NULL, theirs = NULL,"
                " detail = 'The key is another one than when this was written.'"
            )
            for name in ("cursor", "whole"):
                self.note(name, "")
        self.leave_no_trace()

    def leave_no_trace(self) -> None:
        """Write what was removed out of the log of SQLite, too, unless somebody is reading."""
        self.base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # files

    def files(self, cases: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The records of files, of some cases or of all."""
        told = [json.loads(record) for _kind, _key, record in self.records("files")]
        return [file for file in told if not cases or file["case"] in cases]


HEARD: dict[str, Callable[[Mirror, Record], None]] = {
    "put": Mirror.put,
    "gone": Mirror.remove,
    "gained": Mirror.gain,
    "lost": Mirror.lose,
    "reset": Mirror.reset,
}
"""What is done with each line of the feed."""
