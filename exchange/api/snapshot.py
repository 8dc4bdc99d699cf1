"""Everything that a client sees, line by line, and at last the cursor from which it goes on."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated

from core.json_text import line
from core.shown import nothing_gathered
from exchange.api.kinds import COVERED, Kind
from exchange.api.page import FIRST, Asked, mark_of, seen_now
from exchange.api.reader import Reader
from exchange.api.rows import Line, Rows, note_told
from exchange.services.cursor import Cursor, Holder, Mark, written
from exchange.services.standing import cases_of, heads_of

A_CHUNK = 2000
"""So many rows are in memory at once; between two chunks it is asked anew who is asking."""


class Snapshot:
    """The marks are taken before the first row is read: what changes meanwhile is told after."""

    def __init__(self, reader: Reader, asked: Asked, holder: Holder) -> None:
        self.reader, self.asked, self.holder = reader, asked, holder
        self.now = seen_now(reader, asked)
        self.cases = cases_of(reader.user, self.now)
        heads = heads_of([*self.now])
        self.marks = {
            case: Mark(heads[case], heads[case], standing.digest)
            for case, standing in self.now.items()
        }

    def pieces(self) -> Iterator[bytes]:
        """The text, chunk by chunk; one that was broken off has no cursor at its end."""
        try:
            for name in self.asked.kinds:
                yield from self.pieces_of(COVERED[name])
        except NotAuthenticated:
            yield line({"op": "broken-off", "detail": _("Your key or your session has ended.")})
            return
        yield line({"op": "cursor", "cursor": self.place()})

    def pieces_of(self, kind: Kind) -> Iterator[bytes]:
        """Every row of one kind, in the order of the keys."""
        after, is_done = FIRST, False
        while not is_done:
            self.reader.ask_again()
            with self.reader.reading(), nothing_gathered():
                rows = Rows(kind, self.reader, self.cases)
                lines = list(rows.lines(rows.seen().filter(pk__gt=after)[:A_CHUNK]))
            if kind.keeps_more:
                self.keep(lines)
            note_told(lines, self.now)
            is_done = len(lines) < A_CHUNK
            if lines:
                after = UUID(lines[-1]["id"])
                yield b"".join(line(each) for each in lines)

    def keep(self, lines: list[Line]) -> None:
        """Remember which rows were told of those whose own rule keeps more than labels do."""
        for each in lines:
            mark = self.marks[UUID(each["case"])]
            kept = mark.kept ^ mark_of([each["id"]])
            self.marks[UUID(each["case"])] = replace(mark, kept=kept)

    def place(self) -> str:
        """Where the client is: as of the beginning, read from tables as they were by now."""
        heads = heads_of([*self.marks])
        marks = {case: replace(mark, seen=heads[case]) for case, mark in self.marks.items()}
        return written(Cursor(marks), self.holder)
