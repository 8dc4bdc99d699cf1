"""Questions to the journal: what was touched in a case since, and what a client was told of it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from core.scope import system_scope
from exchange.models import Op, Step, Touch
from exchange.services.cursor import Mark

MOST_STEPS = 1000
"""So many transactions of a case are gone through at once."""


def in_words(key: str) -> Cast:
    """A key as text, which is quicker to read than a key is to make."""
    return Cast(key, TextField())


@dataclass
class Stretch:
    """Steps of a case up to the position `upto`: what they touched, by kind, and what they made.

    Keys are text here: there may be many thousands, which are only asked for and told.
    """

    upto: int
    touched: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    made: set[str] = field(default_factory=set)


def stretch_of(case: UUID, after: int, upto: int) -> Stretch:
    """What was touched in a case after one position and up to another, if that is not too much."""
    with system_scope("what was touched is told to those who may see it"):
        steps = Step.objects.filter(log=case, position__gt=after, position__lte=upto)
        rows = list(steps.order_by("position").values_list("position", "batch")[:MOST_STEPS])
        stretch = Stretch((rows[-1][0] if rows else None) or upto)
        touches = Touch.objects.filter(log=case, batch__in=[batch for _position, batch in rows])
        told = touches.order_by().values_list("kind", in_words("subject"), "op").distinct()
        for kind, subject, op in told:
            stretch.touched[kind].add(subject)
            if op == Op.MADE:
                stretch.made.add(subject)
    return stretch


@dataclass(frozen=True)
class Moment:
    """How a row was at one position: whether it was there at all, and the label it bore."""

    position: int
    there: bool
    label: UUID | None


@dataclass
class Past:
    """What became of one row since a mark: how it was then, and at the end of each step after."""

    moments: list[Moment]
    other: UUID | None = None

    def before(self, position: int) -> Iterator[Moment]:
        """How it was at each moment at which a client may have been told of it."""
        return (one for one in self.moments if one.there and one.position <= position)


def pasts_of(case: UUID, subjects: Collection[UUID], mark: Mark) -> dict[UUID, Past]:
    """The past of rows that are not shown any more, since the mark of whoever asks."""
    with system_scope("what a row was before is asked of rows that are gone"):
        touches = Touch.objects.filter(log=case, subject__in=subjects).exclude(op=Op.OF_A_PART)
        rows = list(touches.order_by("id"))
        steps = Step.objects.filter(log=case, batch__in={row.batch for row in rows})
        places = dict(steps.values_list("batch", "position"))
    since: dict[UUID, list[tuple[int, Touch]]] = defaultdict(list)
    for row in rows:
        place = places.get(row.batch)
        if place is not None and place > mark.position:
            since[row.subject].append((place, row))
    return {subject: past_of(touched, mark) for subject, touched in since.items()}


def past_of(touched: Iterable[tuple[int, Touch]], mark: Mark) -> Past:
    """How a row was at the mark, and at the end of each step that touched it since."""
    in_order = sorted(touched, key=lambda each: (each[0], each[1].pk))
    first = in_order[0][1]
    moments = {mark.position: Moment(mark.position, first.op != Op.MADE, first.label_before)}
    for place, touch in in_order:
        moments[place] = Moment(place, touch.op != Op.REMOVED, touch.label_after)
    return Past(list(moments.values()), first.other)


def gone_among(
    case: UUID,
    subjects: Collection[UUID],
    mark: Mark,
    *,
    opens: Callable[[Iterable[UUID | None]], Callable[[UUID | None], bool]],
    others: Collection[UUID],
) -> list[UUID]:
    """Of rows that are not shown any more, those that the client was shown before.

    A row that it never saw, made and hidden between two answers, is not spoken of. `opens` asks
    which labels let the client read, `others` are the second cases that it was told of.
    """
    pasts = pasts_of(case, subjects, mark)
    told = {subject: list(past.before(mark.seen)) for subject, past in pasts.items()}
    lets = opens([moment.label for moments in told.values() for moment in moments])
    return sorted(
        subject
        for subject, moments in told.items()
        if pasts[subject].other in (None, *others) and any(lets(one.label) for one in moments)
    )
