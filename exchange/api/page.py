"""One answer to a client that follows changes: what it lost, what changed, what it gained."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from uuid import UUID

from django.utils.translation import gettext as _

from core.keys_in_sql import Keys, OneOf
from exchange.api.kinds import COVERED, Kind
from exchange.api.reader import Reader
from exchange.api.rows import AT_ONCE, Line, Rows, Standings, Touched
from exchange.services.cursor import DIGEST, MOST_CASES, Cursor, Mark, Progress
from exchange.services.journal import gone_among, stretch_of
from exchange.services.refusals import CursorRefused
from exchange.services.standing import cases_of, heads_of, opener, standings_of
from investigations.models import Case

FIRST = UUID(int=0)


@dataclass(frozen=True)
class Asked:
    """What a client asks for: which kinds, in which cases (none named: all), how many lines."""

    kinds: tuple[str, ...]
    cases: tuple[UUID, ...] = ()
    limit: int = AT_ONCE

    @property
    def plain(self) -> list[Kind]:
        """The kinds whose rows are shown as far as labels let, in order."""
        return [COVERED[name] for name in self.kinds if not COVERED[name].keeps_more]

    @property
    def kept(self) -> list[Kind]:
        """Those whose own rule keeps more."""
        return [COVERED[name] for name in self.kinds if COVERED[name].keeps_more]


def mark_of(keys: Collection[str]) -> int:
    """A digest of a set of keys; that of two sets without a common key is their exclusive or."""
    mark = 0
    for key in keys:
        mark ^= int.from_bytes(blake2b(UUID(key).bytes, digest_size=DIGEST).digest(), "big")
    return mark


def seen_now(reader: Reader, asked: Asked) -> Standings:
    """The cases that a reader sees of those asked for, if a cursor can hold them."""
    now = standings_of(reader.user, asked.cases)
    if len(now) > MOST_CASES:
        raise CursorRefused(
            _("You see %(count)d cases, and a cursor holds %(most)d: ask for some by ?case=.")
            % {"count": len(now), "most": MOST_CASES},
            code="too-many-cases",
        )
    return now


@dataclass
class Page:
    """Lines, and where the client is once it has read them."""

    reader: Reader
    asked: Asked
    marks: dict[UUID, Mark]
    progress: Progress | None = None
    lines: list[Line] = field(default_factory=list)
    now: Standings = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    heads: dict[UUID, int] = field(default_factory=dict)
    told: set[UUID] = field(default_factory=set)
    more: bool = False

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.marks, self.progress)

    @property
    def room(self) -> int:
        """How many lines may still be told."""
        return self.asked.limit - len(self.lines)

    @property
    def has_news(self) -> bool:
        """Whether anything happened at all in what is asked for, shown to the reader or not."""
        return self.progress is not None or any(
            case not in self.now
            or self.now[case].digest != mark.standing
            or self.heads[case] != mark.position
            for case, mark in self.marks.items()
        )

    def look(self) -> bool:
        """Ask what the reader sees now and how far that has come; true if there may be news."""
        self.now = seen_now(self.reader, self.asked)
        self.heads = heads_of([*self.now])
        return self.has_news or bool(set(self.now) - set(self.marks))

    def fill(self) -> None:
        """Tell as much as there is room for."""
        self.cases = cases_of(self.reader.user, self.now)
        self.tell_lost()
        waiting = self.progress.case if self.progress else None
        gained = sorted(set(self.now) - set(self.marks))
        behind = [case for case in sorted(self.marks) if self.is_behind(case)]
        for case in [*([waiting] if waiting else []), *behind, *gained]:
            if self.room <= 0:
                self.more = True
                return self.note_seen()
            self.tell(case)
        return self.note_seen()

    def is_behind(self, case: UUID) -> bool:
        """True where something was changed that was not gone through yet."""
        return self.marks[case].position < self.heads[case]

    def tell(self, case: UUID) -> None:
        """Everything of one case, as far as there is room."""
        self.told.add(case)
        if case not in self.marks or (self.progress and not self.progress.upto):
            self.tell_whole(case)
        while not self.progress and self.is_behind(case) and self.room > 0:
            self.tell_changed(case)
        if self.progress and self.progress.upto and self.room > 0:
            self.tell_changed(case)
        self.more = self.more or bool(self.progress) or self.is_behind(case)

    def tell_lost(self) -> None:
        """Cases that are not seen any more, or not as before: those are told anew from nothing."""
        for case, mark in sorted(self.marks.items()):
            standing = self.now.get(case)
            if standing is None or standing.digest != mark.standing:
                self.lines.append({"op": "lost", "case": str(case)})
                del self.marks[case]
                if self.progress and self.progress.case == case:
                    self.progress = None
            elif mark.position > self.heads[case]:
                raise CursorRefused(
                    _("This cursor is ahead of the server, which was restored from a backup."
                      " Begin anew with a snapshot."),
                    code="cursor-ahead", status=410,
                )  # fmt: skip

    def tell_whole(self, case: UUID) -> None:
        """Everything there is in a case that the client sees newly."""
        if case not in self.marks:
            head, digest = self.heads[case], self.now[case].digest
            self.marks[case] = Mark(head, head, digest)
            self.lines.append({"op": "gained", "case": str(case)})
        for kind, after in self.rest_of(self.asked.plain, case):
            rows = Rows(kind, self.reader, self.cases)
            left = rows.of(case, self.marks).filter(pk__gt=after)[: max(self.room, 0) + 1]
            lines = list(rows.lines(left))
            fitting = lines[: max(self.room, 0)]
            self.lines += fitting
            if len(fitting) < len(lines):
                last = UUID(fitting[-1]["id"]) if fitting else after
                self.progress = Progress(case, 0, kind.name, last)
                return
        self.progress = None
        self.tell_kept(case, Touched({}, case, self.reader), set(), anew=True)

    def rest_of(self, kinds: Sequence[Kind], case: UUID) -> Iterator[tuple[Kind, UUID]]:
        """The kinds that are still to be told of a case, each from after which row."""
        going = self.progress if self.progress and self.progress.case == case else None
        names = [kind.name for kind in kinds]
        start = names.index(going.kind) if going and going.kind in names else 0
        for kind in kinds[start:]:
            is_first = going is not None and going.kind == kind.name
            yield kind, going.last if going and is_first else FIRST

    def tell_changed(self, case: UUID) -> None:
        """What was touched in a case, as it is now, and what of it has gone."""
        mark = self.marks[case]
        upto = self.progress.upto if self.progress else self.heads[case]
        stretch = stretch_of(case, mark.position, upto)
        touched = Touched(stretch.touched, case, self.reader)
        for kind, after in self.rest_of(self.asked.plain, case):
            last = str(after)
            keys = sorted(key for key in touched.of(kind) if key > last)
            while keys and self.room > 0:
                some, keys = keys[: min(self.room, AT_ONCE)], keys[min(self.room, AT_ONCE) :]
                self.tell_rows(kind, case, some)
                last = some[-1]
            if keys:
                self.progress = Progress(case, stretch.upto, kind.name, UUID(last))
                return
        self.progress = None
        self.tell_kept(case, touched, stretch.made, anew=False)
        self.marks[case] = replace(self.marks[case], position=stretch.upto)

    def tell_rows(self, kind: Kind, case: UUID, keys: Sequence[str]) -> None:
        """Rows of one kind by their keys: as they are now, or that they have gone."""
        rows = Rows(kind, self.reader, self.cases)
        seen = rows.seen().filter(OneOf("pk", Keys.of(keys)), **self.both_told(kind))
        lines = list(rows.lines(seen))
        self.lines += lines
        hidden = {UUID(key) for key in set(keys).difference(line["id"] for line in lines)}
        if hidden and (self.now[case].reads_whole or not kind.for_the_team):
            user, standing = self.reader.user, self.now[case]
            gone = gone_among(
                case,
                hidden,
                self.marks[case],
                opens=lambda labels: opener(user, standing, labels),
                others=self.marks,
            )
            told = {"op": "gone", "kind": kind.name, "case": str(case)}
            self.lines += [{**told, "id": str(key)} for key in gone]

    def both_told(self, kind: Kind) -> dict[str, list[UUID]]:
        """Across two cases a row is told of once the client was told of both."""
        if not kind.is_across:
            return {}
        return {"case__in": [*self.marks], "other_case__in": [*self.marks]}

    def tell_kept(self, case: UUID, touched: Touched, made: set[str], *, anew: bool) -> None:
        """The kinds whose own rule keeps more than labels do, all of them in this answer.

        Where the reader sees other rows than before, and not only new ones beside them, the client
        is told to forget them and is told all of them; nothing says which those were.
        """
        kinds = self.asked.kept
        rows = {kind.name: Rows(kind, self.reader, self.cases) for kind in kinds}
        seen = {name: each.keys(case) for name, each in rows.items()}
        every = set[str]().union(*seen.values())
        before, after = self.marks[case].kept, mark_of(every)
        forget = not anew and before not in (after, mark_of(every - made))
        if forget:
            names = [kind.name for kind in kinds]
            self.lines.append({"op": "reset", "case": str(case), "kinds": names})
        for name, each in rows.items():
            keys = seen[name] if anew or forget else seen[name] & touched.of(each.kind)
            if keys:
                self.lines += each.lines(each.seen().filter(OneOf("pk", Keys.of(keys))))
        self.marks[case] = replace(self.marks[case], kept=after)

    def note_seen(self) -> None:
        """Up to where the tables were that this answer was read from."""
        heads = heads_of([case for case in self.told if case in self.marks])
        for case, head in heads.items():
            self.marks[case] = replace(self.marks[case], seen=head)
