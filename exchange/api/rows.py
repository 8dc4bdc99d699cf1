"""The rows of one kind as one reader sees them now, each as a line that tells it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from core.keys_in_sql import Keys, OneOf
from core.shown import Shown, note_shown
from exchange.api.kinds import COVERED, Kind
from exchange.api.reader import Reader
from exchange.api.reading import Teller
from exchange.services.journal import in_words
from exchange.services.standing import Standing
from investigations.models import Case

Line = dict[str, Any]
Standings = Mapping[UUID, Standing]
AT_ONCE = 5000
"""So many keys are asked for in one question."""
MANY = 500


class Rows:
    """One kind, in the cases that the reader sees now."""

    def __init__(self, kind: Kind, reader: Reader, cases: Mapping[UUID, Case]) -> None:
        self.kind, self.reader, self.cases = kind, reader, cases
        self.door: Any = kind.viewset(
            request=reader.request, format_kwarg=None, args=(), kwargs={}, action="retrieve"
        )

    @property
    def teller(self) -> Teller:
        """Tells them as the door does, in the language and the zone of now."""
        return Teller(self.door.get_serializer(), self.kind.model, self.cases)

    def seen(self) -> Any:
        """What the door shows of the cases of now, in the order of the keys."""
        rows = self.door.get_queryset().order_by("pk")
        related = [name for name in self.door.relations if name != "case"]
        rows = rows.select_related(None)
        rows = rows.select_related(*related) if related else rows
        return rows.filter(self.within(self.cases))

    def within(self, cases: Collection[UUID]) -> Q:
        """Rows of these cases; across two, both must be among them."""
        if self.kind.model is Case:
            return Q(pk__in=cases)
        lies = Q(case__in=cases)
        return lies & Q(other_case__in=cases) if self.kind.is_across else lies

    def of(self, case: UUID, told: Collection[UUID]) -> Any:
        """Those that are told with one case; across two, with whichever is told of later."""
        if self.kind.model is Case:
            return self.seen().filter(pk=case)
        if not self.kind.is_across:
            return self.seen().filter(case=case)
        rows = self.seen().filter(self.within([*told, case]))
        return rows.filter(Q(case=case) | Q(other_case=case))

    def lines(self, rows: Any) -> Iterator[Line]:
        """A line for each of these rows."""
        for row, case, record in self.teller.read(rows):
            yield {
                "op": "put",
                "kind": self.kind.name,
                "case": case,
                "id": row,
                "record": record,
            }

    def keys(self, case: UUID) -> set[str]:
        """The keys of those that are seen in one case."""
        return set(self.of(case, ()).order_by().values_list(in_words("pk"), flat=True))


def note_told(lines: Iterable[Line], now: Standings) -> None:
    """Name the records of these lines to whoever gathers what an answer is made of.

    Rows are told column by column, without being made, and one is read to know whether more follow.
    Of a team's own readers nobody gathers anything.
    """
    watched = {str(case) for case, standing in now.items() if standing.is_watched}
    if watched:
        note_shown(
            Shown(COVERED[line["kind"]].label, UUID(line["id"]), UUID(line["case"]))
            for line in lines
            if line["op"] == "put" and line["case"] in watched
        )


@dataclass(frozen=True)
class Touched:
    """What was touched of a case, by what the journal calls each kind."""

    rows: Mapping[str, set[str]]
    case: UUID
    reader: Reader
    known: dict[str, Keys] = field(default_factory=dict)

    def of(self, kind: Kind) -> set[str]:
        """The rows of a kind that are to be told anew: touched themselves, or showing such rows.

        Asked for when a kind is reached, since an answer may be full before.
        """
        keys = set(self.rows.get(kind.label, ()))
        for label, way in kind.ways:
            if self.rows.get(label):
                keys |= self.reached(kind, way, label)
        return keys

    def written(self, label: str) -> Keys:
        """The keys of what was touched of one kind; many kinds show it, and each is asked."""
        if label not in self.known:
            self.known[label] = Keys.of(self.rows[label])
        return self.known[label]

    def reached(self, kind: Kind, way: str, label: str) -> set[str]:
        """Rows of the case that the reader sees and that show any touched one of another kind.

        Thousands of keys take longer to send than it takes to ask whether there are any such rows.
        """
        rows: Any = kind.model._default_manager.all()
        lies = Q(case=self.case) | Q(other_case=self.case) if kind.is_across else Q(case=self.case)
        some = rows.visible_to(self.reader.user).filter(lies)
        if len(self.rows[label]) > MANY and not some.exists():
            return set()
        showing = some.filter(OneOf(way, self.written(label)))
        return set(showing.order_by().values_list(in_words("pk"), flat=True))
