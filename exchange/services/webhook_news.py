"""What a receiver is told: that records changed which its person sees, and nothing of them.

It is read from the journal as the feed of changes is, by the same gate and the same marks.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from core.identity import uuid7
from core.scope import asking_as
from exchange.models import WebhookReceiver
from exchange.services.cursor import Cursor, Mark, written
from exchange.services.cursor import read as read_cursor
from exchange.services.followed_kind import FollowedKind, followed
from exchange.services.journal import gone_among, stretch_of
from exchange.services.moment import one_moment
from exchange.services.refusals import CursorRefused
from exchange.services.standing import Standing, heads_of, opener, standings_of
from exchange.services.webhook_reader import holder_for
from investigations.models import one_reading

Event = dict[str, str]
MOST_EVENTS = 2000
"""So many are told at one look, and what one transaction more has touched; the rest comes next."""

CASES = "cases"
MADE, CHANGED, GONE = "made", "changed", "gone"
GAINED, LOST, RESTART = "gained", "lost", "restart"


@dataclass(frozen=True)
class News:
    """What is to be told, and where the receiver is then."""

    events: list[Event]
    position: str
    moved: bool


@dataclass
class Look:
    """One look at the journal for one receiver, as one person."""

    reader: User
    kinds: list[FollowedKind]
    marks: dict[UUID, Mark]
    now: dict[UUID, Standing]
    heads: dict[UUID, int]
    events: list[Event] = field(default_factory=list)

    def tell(self, op: str, case: UUID, kind: str, record: UUID) -> None:
        """Note one event."""
        self.events.append(event_of(op, kind=kind, record=str(record), case=str(case)))

    def begin(self, case: UUID) -> None:
        """From now on what changes in this case is told."""
        head = self.heads[case]
        self.marks[case] = Mark(head, head, self.now[case].digest)

    def tell_of_cases(self) -> None:
        """Cases that are seen no more, or not as before, and those that are seen newly."""
        for case, mark in sorted(self.marks.items()):
            standing = self.now.get(case)
            same = standing is not None and standing.digest == mark.standing
            if not same or mark.position > self.heads[case]:
                self.tell(LOST, case, CASES, case)
                del self.marks[case]
        for case in sorted(set(self.now) - set(self.marks)):
            self.tell(GAINED, case, CASES, case)
            self.begin(case)

    def tell_of_changes(self) -> None:
        """What was touched in each case, transaction after transaction, as far as there is room."""
        for case in sorted(self.marks):
            while self.marks[case].position < self.heads[case] and len(self.events) < MOST_EVENTS:
                self.tell_stretch(case)

    def tell_stretch(self, case: UUID) -> None:
        """The next steps of one case."""
        mark = self.marks[case]
        stretch = stretch_of(case, mark.position, self.heads[case])
        for kind in self.kinds:
            if touched := stretch.touched.get(kind.label):
                self.tell_rows(kind, case, {UUID(key) for key in touched}, stretch.made)
        self.marks[case] = replace(mark, position=stretch.upto, seen=self.heads[case])

    def tell_rows(
        self, kind: FollowedKind, case: UUID, touched: Collection[UUID], made: Collection[str]
    ) -> None:
        """Rows of one kind that the reader sees, and those that they saw and see no more."""
        seen = kind.seen_among(touched, by=self.reader, case=case, cases=self.marks)
        for key in sorted(seen):
            self.tell(MADE if str(key) in made else CHANGED, case, kind.name, key)
        hidden = set(touched) - seen
        is_shown = self.now[case].reads_whole or not kind.for_the_team
        if hidden and is_shown and not kind.keeps_more:
            for key in self.gone(case, hidden):
                self.tell(GONE, case, kind.name, key)

    def gone(self, case: UUID, hidden: Collection[UUID]) -> list[UUID]:
        """Those of them that were shown before."""
        return gone_among(
            case,
            hidden,
            self.marks[case],
            opens=lambda labels: opener(self.reader, self.now[case], labels),
            others=self.marks,
        )


def news_for(receiver: WebhookReceiver, reader: User) -> News:
    """Everything that is to be told since the receiver was told last, read at one moment."""
    marks = marks_of(receiver)
    with asking_as(reader), one_reading(), one_moment():
        now = standings_of(reader, receiver.case_ids)
        look = Look(reader, chosen_kinds(receiver), dict(marks or {}), now, heads_of([*now]))
        if marks is None:
            look.events.append(event_of(RESTART))
            for case in now:
                look.begin(case)
        else:
            look.tell_of_cases()
            look.tell_of_changes()
    position = written(Cursor(look.marks), holder_for(receiver))
    return News(look.events, position, moved=look.marks != marks)


def marks_of(receiver: WebhookReceiver) -> dict[UUID, Mark] | None:
    """How far it was told in each case; nothing if it must begin anew."""
    if not receiver.position:
        return None
    try:
        return dict(read_cursor(receiver.position, holder_for(receiver)).marks)
    except CursorRefused:
        return None


def chosen_kinds(receiver: WebhookReceiver) -> list[FollowedKind]:
    """The kinds that it is told of, in their order."""
    kinds = followed().values()
    return [kind for kind in kinds if not receiver.kinds or kind.name in receiver.kinds]


def event_of(op: str, **about: str) -> Event:
    """One event; its id stays the same however often it is sent."""
    at = timezone.now().isoformat(timespec="milliseconds")
    return {"event": str(uuid7()), "op": op, **about, "at": at}


def still_for(events: list[Event], receiver: WebhookReceiver, reader: User) -> list[Event]:
    """Without what the reader may not be told any more, since it was noted some while ago."""
    with asking_as(reader), one_reading():
        cases = standings_of(reader, receiver.case_ids)
        seen = rows_seen(events, cases, reader)
    return [event for event in events if may_be_told(event, cases, seen)]


def rows_seen(events: list[Event], cases: Collection[UUID], reader: User) -> set[tuple[str, str]]:
    """The kinds and keys of the rows in these events that the reader sees at this moment."""
    asked: dict[tuple[str, UUID], set[UUID]] = defaultdict(set)
    for event in events:
        if event["op"] in (MADE, CHANGED):
            asked[event["kind"], UUID(event["case"])].add(UUID(event["record"]))
    kinds, seen = followed(), set[tuple[str, str]]()
    for (name, case), keys in asked.items():
        if name in kinds and case in cases:
            found = kinds[name].seen_among(keys, by=reader, case=case, cases=cases)
            seen |= {(name, str(key)) for key in found}
    return seen


def may_be_told(event: Event, cases: Collection[UUID], seen: Collection[tuple[str, str]]) -> bool:
    """Whether one event is still for whoever sees these cases and these rows."""
    if event["op"] in (RESTART, LOST):
        return True
    if event["op"] in (GAINED, GONE):
        return UUID(event["case"]) in cases
    return (event["kind"], event["record"]) in seen
