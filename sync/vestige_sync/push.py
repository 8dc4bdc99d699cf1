"""Sending what was done here: each thing exactly once, however often the line is cut.

What makes or does something carries a key that was written down before it was first sent; what
changes a record says which version it read, and is merged where somebody was faster.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Callable
from urllib.parse import quote

from vestige_sync import draft as sorts
from vestige_sync.draft import REFERENCE, Draft
from vestige_sync.drafts import Drafts
from vestige_sync.errors import Trouble, Unverified
from vestige_sync.merge import merge
from vestige_sync.mirror import canonical
from vestige_sync.transport import Answer, Line, as_json
from vestige_sync.uploads import send_file

KEYS_LAST = 20 * 3600
"""So long a key surely keeps a request from being done twice (seconds); the server says a day."""
JSON = {"Content-Type": "application/json"}
FASTER = {409, 412}
MOST_ROUNDS = 5
"""How often in a row somebody may be faster until it is left for the next push."""
Sent = Callable[[Draft, int], None]


@dataclass
class Pushed:
    """What one push did; `conflicts` are drafts that wait for a person."""

    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


class Push:
    """One round over the outbox."""

    def __init__(
        self,
        line: Line,
        drafts: Drafts,
        *,
        now: Callable[[], float] = time.time,
        sent: Sent = lambda _draft, _bytes: None,
    ) -> None:
        self.line, self.drafts, self.now, self.sent = line, drafts, now, sent
        self.pushed = Pushed()

    def run(self) -> Pushed:
        """Send everything that is due, in the order in which it was written."""
        for draft in self.drafts.due():
            self.send(draft)
        self.pushed.conflicts = [draft.key for draft in self.drafts.conflicts()]
        self.pushed.waiting = [draft.key for draft in self.drafts.due()]
        return self.pushed

    def send(self, draft: Draft) -> None:
        """One of them, whatever it is."""
        if draft.sort == sorts.CHANGE:
            self.send_change(draft)
        elif draft.sort == sorts.UPLOAD:
            try:
                self.send_upload(draft)
            except Unverified as trouble:
                self.set_aside(draft, sorts.REFUSED, str(trouble))
                self.pushed.troubles.append(trouble)
        else:
            self.send_post(draft)

    # what makes or does something

    def send_post(self, draft: Draft) -> None:
        """A new record or a deed: with its key, and word for word as it was first sent."""
        if draft.first_sent and self.now() - draft.first_sent > KEYS_LAST:
            self.set_aside(draft, sorts.UNSURE, "It may have been heard: look, then send or drop.")
            return
        ready = self.written_down(draft)
        if ready is None or ready.body is None:
            return
        said = {**JSON, "Idempotency-Key": ready.sending_key, **read_as(ready)}
        answer = self.line.ask("POST", self.address(ready), ready.body.encode(), said)
        if answer.status >= 400:
            self.refused(ready, answer)
            return
        self.acknowledged(ready, str(told_of(answer).get("id") or ready.id), answer)

    def address(self, draft: Draft) -> str:
        """Where a record is made, or a deed is done."""
        if draft.sort == sorts.CREATE:
            return f"/api/v1/{quote(draft.kind)}/"
        return f"/api/v1/{quote(draft.kind)}/{quote(self.known(draft.id))}/{quote(draft.action)}/"

    def written_down(self, draft: Draft) -> Draft | None:
        """The draft with the body that it is sent with; None while it waits for another draft."""
        if draft.body is not None:
            return draft
        try:
            fields = {name: self.resolved(value) for name, value in draft.fields.items()}
            self.known(draft.id)
        except LookupError as missing:
            self.drafts.set(draft, detail=f"It waits for the draft {missing.args[0]}.")
            return None
        body = as_json(fields).decode()
        return self.drafts.set(draft, body=body, first_sent=self.now(), detail="")

    def resolved(self, value: Any) -> Any:
        """The value with drafts named by what they became."""
        if isinstance(value, list):
            return [self.resolved(each) for each in value]
        return self.known(value) if isinstance(value, str) else value

    def known(self, value: str) -> str:
        """What a draft became; LookupError while it has not."""
        if not value.startswith(REFERENCE):
            return value
        if not (found := self.drafts.became(value[len(REFERENCE) :])):
            raise LookupError(value[len(REFERENCE) :])
        return found

    # what changes a record

    def send_change(self, draft: Draft) -> None:
        """Changed fields, as a change of the version that was read."""
        there = f"/api/v1/{quote(draft.kind)}/{quote(draft.id)}/"
        for _round in range(MOST_ROUNDS):
            if draft.version is not None:
                draft = draft if draft.first_sent else self.drafts.set(draft, first_sent=self.now())
                answer = self.change(there, draft, f'"{draft.version}"')
                if answer.status not in FASTER:
                    return self.changed(draft, answer)
            merged = self.merged(there, draft)
            if merged is None:
                return None
            draft, tag = merged
            if draft.base is not None and "version" not in draft.base:
                answer = self.change(there, draft, tag)
                if answer.status not in FASTER:
                    return self.changed(draft, answer)
        return None

    def change(self, there: str, draft: Draft, tag: str) -> Answer:
        """Ask for it; sent again after a cut, it is told that somebody was faster: we ourselves."""
        return self.line.ask("PATCH", there, as_json(draft.fields), {**JSON, "If-Match": tag})

    def changed(self, draft: Draft, answer: Answer) -> None:
        """What came of it."""
        if answer.status >= 400:
            self.refused(draft, answer)
        else:
            self.acknowledged(draft, draft.id, answer)

    def merged(self, there: str, draft: Draft) -> tuple[Draft, str] | None:
        """The draft on top of what is there now, with its tag; None where nothing can be sent."""
        answer = self.line.ask("GET", there)
        if answer.status != 200:
            self.refused(draft, answer)
            return None
        theirs, found = answer.told, merge(draft.base, draft.fields, answer.told)
        if found.clashes:
            names = ", ".join(sorted(found.clashes))
            self.drafts.set(
                draft,
                theirs=canonical(theirs),
                state=sorts.CONFLICT,
                detail=f"Somebody changed the same: {names}.",
            )
            return None
        if not found.fields:  # it is as it was meant already
            self.acknowledged(draft, draft.id)
            return None
        fields, base = canonical(found.fields), canonical(theirs)
        tag = answer.header("ETag").replace("W/", "", 1)
        return self.drafts.set(draft, fields=fields, base=base), tag

    # files

    def send_upload(self, draft: Draft) -> None:
        """A file; an upload that has expired is begun anew, since the same bytes are kept once."""
        try:
            fields = {name: self.resolved(value) for name, value in draft.fields.items()}
        except LookupError as missing:
            self.drafts.set(draft, detail=f"It waits for the draft {missing.args[0]}.")
            return
        draft = self.drafts.set(draft, fields=canonical(fields), first_sent=self.now())
        step = partial(self.sent, draft)
        file, refusal = send_file(self.line, self.drafts, draft, step)
        if refusal is not None and refusal.status == 404:
            draft = self.drafts.set(draft, upload="", sending_key=uuid.uuid4().hex)
            file, refusal = send_file(self.line, self.drafts, draft, step)
        if refusal is not None:
            self.refused(draft, refusal)
        elif not file:
            raise Unverified(f"The server does not say what became of {draft.fields['filename']}.")
        else:
            self.acknowledged(draft, file)

    # what came of it

    def acknowledged(self, draft: Draft, record: str, answer: Answer | None = None) -> None:
        """The server has it, in the version that it answered with."""
        version = told_of(answer).get("version") if answer else None
        self.drafts.acknowledge(draft, record, version)
        self.pushed.acknowledged.append((draft.sort, draft.kind, record))

    def refused(self, draft: Draft, answer: Answer) -> None:
        """The server said no to this one; the others are sent all the same."""
        self.set_aside(draft, sorts.REFUSED, f"{answer.status}: {answer.sentence}")

    def set_aside(self, draft: Draft, state: str, detail: str) -> None:
        """Keep it for a person."""
        self.drafts.set(draft, state=state, detail=detail)


def read_as(draft: Draft) -> dict[str, str]:
    """What says of a deed which version of the record it was decided on."""
    return {"If-Match": f'"{draft.version}"'} if draft.version is not None else {}


def told_of(answer: Answer) -> Mapping[str, Any]:
    """The record that was answered with, if one was."""
    return answer.told if isinstance(answer.told, dict) else {}
