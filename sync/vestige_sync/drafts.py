"""What was done here and not yet heard of by the server; written down before it is sent."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vestige_sync.draft import (
    CHANGE,
    CONFLICT,
    CREATE,
    DEED,
    FOR_A_PERSON,
    REFERENCE,
    UPLOAD,
    WAITING,
    Draft,
)
from vestige_sync.errors import Usage
from vestige_sync.merge import settle
from vestige_sync.mirror import Mirror, canonical

PIECE = 1 << 20  # bytes


class Drafts:
    """The outbox of a mirror."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.outgoing = mirror.folder / "outgoing"

    # writing

    def create(self, kind: str, fields: Mapping[str, Any]) -> Draft:
        """A record that is to be made."""
        return self.add(CREATE, kind, fields=fields, case=self.case_in(fields))

    def change(self, kind: str, key: str, fields: Mapping[str, Any]) -> Draft:
        """Fields of a record that are to be otherwise; what it was read as is kept beside them."""
        base = self.mirror.record(kind, key)
        if base is None:
            raise Usage(f"There is no {kind}/{key} in this copy: pull first.")
        with self.mirror.writing():
            earlier = self.pending_change(kind, key)
            if earlier is None:
                return self.insert(
                    CHANGE, kind, id=key, fields=fields, base=base, case=self.mirror.case_of(key)
                )
            self.put(earlier.key, fields=canonical({**earlier.fields, **fields}))
            return self.get(earlier.key)

    def deed(self, kind: str, key: str, action: str, fields: Mapping[str, Any]) -> Draft:
        """Something that is to be done to a record, such as `seal` to an item as it is here."""
        case, base = self.mirror.case_of(key) or self.case_in(fields), self.mirror.record(kind, key)
        return self.add(DEED, kind, id=key, action=action, fields=fields, base=base, case=case)

    def upload(self, file: Path, fields: Mapping[str, Any]) -> Draft:
        """A file that is to be sent: its bytes are copied, so that nothing rests on the card."""
        self.outgoing.mkdir(mode=0o700, exist_ok=True)
        passing = self.outgoing / f"{uuid.uuid4().hex}.part"
        sha256 = copied(file, passing)
        said = {"filename": file.name, **fields, "sha256": sha256}
        with self.mirror.writing():  # so that nobody tidies it away in between
            passing.replace(self.outgoing / sha256)
            return self.insert(UPLOAD, "files", fields=said, case=str(fields.get("case", "")))

    def add(self, sort: str, kind: str, **facts: Any) -> Draft:
        """Write one down."""
        with self.mirror.writing():
            return self.insert(sort, kind, **facts)

    def insert(self, sort: str, kind: str, **facts: Any) -> Draft:
        """The row of one, inside a transaction of the mirror."""
        key, base = uuid.uuid4().hex, facts.get("base")
        self.mirror.base.execute(
            "INSERT INTO drafts (key, sending_key, sort, kind, id, action, case_id, fields, base)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(key, uuid.uuid4().hex, sort, kind, facts.get("id", "")),
                *(facts.get("action", ""), facts.get("case", "")),
                *(canonical(facts.get("fields", {})), canonical(base) if base else None),
            ),
        )
        return self.get(key)

    def case_in(self, fields: Mapping[str, Any]) -> str:
        """The case that the fields name, or that lies behind a record that they name."""
        if isinstance(fields.get("case"), str):
            return str(fields["case"])
        for value in fields.values():
            if isinstance(value, str) and value.startswith(REFERENCE):
                key = value[len(REFERENCE) :]
                became = self.became(key)
                return self.mirror.case_of(became) if became else self.get(key).case_id
            if isinstance(value, str) and (case := self.mirror.case_of(value)):
                return case
        return ""

    # reading

    def get(self, key: str) -> Draft:
        """The draft of a key, of which the first characters are enough."""
        found = [draft for draft in self.all() if draft.key.startswith(key)] if key else []
        if len(found) != 1:
            raise Usage(f"{len(found) or 'No'} drafts begin with '{key}': see `status`.")
        return found[0]

    def all(self) -> Iterator[Draft]:
        """Every draft in the order in which they were written."""
        for row in self.mirror.rows("SELECT * FROM drafts ORDER BY place"):
            told = {name: row[name] for name in row.keys() if name != "place"}  # noqa: SIM118
            for name in ("fields", "base", "theirs"):
                told[name] = json.loads(told[name]) if told[name] else None
            yield Draft(**told)

    def due(self) -> list[Draft]:
        """Those that may be sent."""
        return [draft for draft in self.all() if draft.state == WAITING]

    def bytes_due(self) -> int:
        """How many bytes of files may be sent."""
        names = [draft.fields["sha256"] for draft in self.due() if draft.sort == UPLOAD]
        places = [self.outgoing / name for name in names]
        return sum(place.stat().st_size for place in places if place.is_file())

    def conflicts(self) -> list[Draft]:
        """Those that a person must decide on."""
        return [draft for draft in self.all() if draft.state in FOR_A_PERSON]

    def pending_change(self, kind: str, key: str) -> Draft | None:
        """A change of the same record that was never sent yet, which takes more changes in."""
        for draft in self.all():
            if (draft.sort, draft.kind, draft.id) == (CHANGE, kind, key):
                return draft if draft.state == WAITING and draft.first_sent is None else None
        return None

    def became(self, key: str) -> str:
        """The record that a draft became; empty while it has not."""
        asked = "SELECT id FROM acknowledged WHERE substr(key, 1, length(?1)) = ?1"
        rows = self.mirror.rows(asked, key)
        return str(rows[0]["id"]) if key and len(rows) == 1 else ""

    # what becomes of them

    def put(self, key: str, **facts: Any) -> None:
        """Write facts of a draft down."""
        for name, value in facts.items():
            self.mirror.base.execute(SET[name], (value, key))

    def set(self, draft: Draft, **facts: Any) -> Draft:
        """The same as a transaction of its own, told back."""
        with self.mirror.writing():
            self.put(draft.key, **facts)
        return self.get(draft.key)

    def acknowledge(self, draft: Draft, record: str, version: object = None) -> None:
        """The server has it, in this version; that it does stays written down.

        Deeds that were decided on the same reading of the record go on from that version.
        """
        with self.mirror.writing():
            for later in self.all() if version is not None and draft.version is not None else ():
                if later.key != draft.key and later.goes_on_from(draft):
                    base = {**(later.base or {}), "version": version}
                    self.put(later.key, base=canonical(base))
            self.mirror.base.execute(
                "INSERT OR REPLACE INTO acknowledged VALUES (?, ?, ?, ?, ?)",
                (draft.key, draft.sort, draft.kind, record, time.time()),
            )
            self.mirror.base.execute("DELETE FROM drafts WHERE key = ?", (draft.key,))
        self.tidy()

    def drop(self, draft: Draft) -> None:
        """Give it up."""
        with self.mirror.writing():
            self.mirror.base.execute("DELETE FROM drafts WHERE key = ?", (draft.key,))
        self.tidy()

    def decide(self, draft: Draft, chosen: Mapping[str, str]) -> Draft | None:
        """Take `ours` or `theirs` field by field; None where nothing of it is left to be sent."""
        if draft.state != CONFLICT:
            raise Usage("Nothing of this draft clashes. `--send` it again or `--drop` it.")
        left = settle(draft.merged, chosen)
        if left.clashes:
            names = ", ".join(sorted(left.clashes))
            raise Usage(f"Say `ours` or `theirs` of these, too: {names}.")
        if not left.fields:
            self.drop(draft)
            return None
        return self.set(
            draft,
            fields=canonical(left.fields),
            base=canonical(draft.theirs),
            theirs=None,
            state=WAITING,
            detail="",
        )

    def send_again(self, draft: Draft) -> Draft:
        """Send it under a new key: of the earlier attempt a person has made sure.

        A deed is then done to the record as it is read now.
        """
        read = self.mirror.record(draft.kind, draft.id) if draft.sort == DEED else None
        base = read or draft.base
        return self.set(
            draft,
            base=canonical(base) if base else None,
            sending_key=uuid.uuid4().hex,
            body=None,
            first_sent=None,
            upload="",
            state=WAITING,
            detail="",
        )

    def tidy(self) -> None:
        """Let go of copies of files that no draft needs any more."""
        with self.mirror.writing():
            needed = {draft.fields["sha256"] for draft in self.all() if draft.sort == UPLOAD}
            for held in self.outgoing.glob("*") if self.outgoing.is_dir() else ():
                if held.name not in needed and held.suffix != ".part":
                    held.unlink()


SET = {
    name: f"UPDATE drafts SET {name} = ? WHERE key = ?"  # noqa: S608  # nosec B608  names of ours
    for name in (
        *("fields", "base", "theirs", "body", "sending_key", "state", "detail"),
        *("first_sent", "upload"),
    )
}


def copied(source: Path, place: Path) -> str:
    """Copy a file and tell the SHA-256 of the copy."""
    digest = hashlib.sha256()
    try:
        with source.open("rb") as read, place.open("wb") as written:
            for piece in iter(lambda: read.read(PIECE), b""):
                digest.update(piece)
                written.write(piece)
        shutil.copystat(source, place)
    except OSError as problem:
        place.unlink(missing_ok=True)
        raise Usage(f"{source} cannot be read: {problem.strerror}.") from problem
    place.chmod(0o600)
    return digest.hexdigest()
