"""Production batches among what a person may see: serials that lie close, and parts of one lot."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count

from accounts.models import User
from catalogue.models import Theatre
from comparison.methods.batches import Span, gaps_of, places_on_line, runs_of, spans_of
from comparison.methods.date_codes import Window, read_date_code
from comparison.methods.parameters import Parameters
from comparison.models import Reading
from comparison.models.reading import ReadingQuerySet
from comparison.services.parameters import current_parameters
from comparison.services.reading import facts_in
from evidence.models import Component
from investigations.models import Incident

RUN, LOT = "run", "lot"
COLUMNS = {RUN: "counter", LOT: "lot"}
TONES, LANE, EDGE = 6, 36, 2
"""Colours for theatres, pixels from line to line, and per cent left free at either edge."""

KEYS, READ, REACH = 40, 3_000, 500
"""Numberings looked through for a page, readings read for it, neighbours to either side of one."""


@dataclass
class Place:
    """One component on the number line of its batch, `at` per cent from the lowest serial."""

    reading: Reading
    codes: tuple[Window, ...]
    gap: int | None = None
    at: float | None = None
    lane: int = 0

    @property
    def x(self) -> str:
        """Where it stands on the drawing, in per cent of its width, clear of both edges."""
        return f"{EDGE + (self.at or 0) * (100 - 2 * EDGE) / 100:.2f}"

    @property
    def component(self) -> Component:
        return self.reading.component

    @property
    def incident(self) -> Incident:
        """The recovery it comes from."""
        return self.component.item.incident


@dataclass
class Batch:
    """Components of one part that one production run, or one lot, gave; one line per recovery.

    `is_cut` says that more of it may be seen than is shown here.
    """

    kind: str
    places: list[Place]
    is_cut: bool = False

    @cached_property
    def spans(self) -> list[Span]:
        """When it was made, in each way its date codes can be read."""
        return spans_of(place.codes for place in self.places)

    @cached_property
    def incidents(self) -> list[Incident]:
        """The recoveries it is spread over, in the order of its serials."""
        return list({place.incident.pk: place.incident for place in self.places}.values())

    @cached_property
    def theatres(self) -> list[Theatre]:
        """The theatres it is spread over."""
        found = {one.theatre.pk: one.theatre for one in self.incidents if one.theatre}
        return list(found.values())

    @property
    def first(self) -> Component:
        """The component with the lowest serial, which names the batch."""
        return self.places[0].component

    @property
    def last(self) -> Component:
        return self.places[-1].component

    @property
    def width(self) -> int | None:
        """How many numbers lie between its first and its last serial; None without a line."""
        on_line = [one.reading.serial_number or 0 for one in self.places if one.at is not None]
        return max(on_line) - min(on_line) if on_line else None

    @property
    def lanes(self) -> list["Lane"]:
        """One line for each recovery, the first on top; empty where no line can be drawn."""
        of_each: dict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            if place.at is not None:
                of_each[place.lane].append(place)
        tones = {one: at % TONES + 1 for at, one in enumerate(self.theatres)}
        return [
            Lane(at, places, tones[theatre] if (theatre := places[0].incident.theatre) else 0)
            for at, places in sorted(of_each.items())
        ]

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return len(self.lanes) * LANE + LANE // 2


@dataclass(frozen=True)
class Lane:
    """The number line of one recovery; `tone` is the colour of its theatre, 0 without one."""

    number: int
    places: list[Place]
    tone: int

    @property
    def incident(self) -> Incident:
        """The recovery."""
        return self.places[0].incident

    @property
    def y(self) -> int:
        """Where the line lies on the drawing, in pixels from the top."""
        return self.number * LANE + LANE - LANE // 4

    @property
    def label_y(self) -> int:
        """Where its name is written, above the line."""
        return self.y - LANE // 3


@dataclass(frozen=True)
class Batches:
    """One page of batches, and the numbering after which the next begins ("" at the end)."""

    rows: list[Batch]
    after: str


def seen_by(user: User) -> ReadingQuerySet:
    """Readings of components that this person may see, with what a batch shows of them."""
    ends = ("category", "maker", "case", "item__incident__theatre")
    return Reading.objects.visible_to(user).select_related(
        "case", *(f"component__{end}" for end in ends)
    )


def batches_among(
    rows: ReadingQuerySet,
    kind: str,
    *,
    narrowed: ReadingQuerySet,
    wanted: Callable[[Batch], bool],
    after: str = "",
) -> Batches:
    """Batches of `rows` in the order of their numberings, those `wanted`, one page of them.

    Only numberings of which `narrowed` holds something are looked through. Hidden components are
    not in `rows`: they neither lengthen a run nor join two.
    """
    column = COLUMNS[kind]
    grouped = rows.filter(**{f"{column}__in": narrowed.values(column), f"{column}__gt": after})
    counted = grouped.order_by(column).values_list(column).annotate(Count("pk"))
    found = list(counted.filter(pk__count__gt=1)[: KEYS + 1])
    keys, more = within_reach(found)
    parameters = current_parameters()
    members = rows.filter(**{f"{column}__in": keys}).order_by(column, "serial_number", "id")
    gathered = defaultdict(list)
    for reading in members[:READ]:
        gathered[getattr(reading, column)].append(reading)
    batches = [batch for key in keys for batch in split(gathered[key], kind, parameters)]
    return Batches([batch for batch in batches if wanted(batch)], keys[-1] if more else "")


def within_reach(found: list[tuple[str, int]]) -> tuple[list[str], bool]:
    """As many numberings as one page may read, and whether there are more."""
    keys: list[str] = []
    total = 0
    for key, count in found[:KEYS]:
        if keys and total + count > READ:
            return keys, True
        keys.append(key)
        total += count
    return keys, len(found) > KEYS


def split(readings: list[Reading], kind: str, parameters: Parameters) -> list[Batch]:
    """The batches among readings of one numbering or of one lot."""
    if kind == LOT:
        return [batch_of(readings, kind, parameters)] if len(readings) > 1 else []
    numbered = [(one.serial_number or 0, one) for one in readings]
    runs = runs_of(numbered, parameters.batch_scale)
    return [batch_of([one for _number, one in run], kind, parameters) for run in runs]


def batch_of(readings: list[Reading], kind: str, parameters: Parameters) -> Batch:
    """The batch that these readings are, each at its place on the line.

    Members of one lot stand on a line only where all of them bear numbers of one numbering.
    """
    bounds = parameters.earliest_year, parameters.latest_year
    places = []
    for reading in readings:
        mark = facts_in(reading).marks.get("date-code", "")
        places.append(Place(reading, read_date_code(mark, *bounds) if mark else ()))
    if len({reading.counter for reading in readings}) == 1 and readings[0].counter:
        numbers = [reading.serial_number or 0 for reading in readings]
        for place, at, gap in zip(places, places_on_line(numbers), gaps_of(numbers), strict=True):
            place.at, place.gap = at, gap
    lanes: dict[Any, int] = {}
    for place in places:
        place.lane = lanes.setdefault(place.incident.pk, len(lanes))
    return Batch(kind, places, is_cut=len(readings) >= READ)


def batches_with(component: Component, rows: ReadingQuerySet) -> list[Batch]:
    """The run of serials and the lot that this component belongs to, as far as `rows` show them."""
    reading = rows.filter(component=component).first()
    if reading is None:
        return []
    found, parameters = [], current_parameters()
    if reading.counter:
        runs = split(neighbours(reading, rows), RUN, parameters)
        found += [run for run in runs if holds(run, reading)]
    if reading.lot:
        in_lot = rows.filter(lot=reading.lot).order_by("counter", "serial_number", "id")
        found += split(list(in_lot[:READ]), LOT, parameters)
    return found


def neighbours(reading: Reading, rows: ReadingQuerySet) -> list[Reading]:
    """Readings of its numbering, as many as REACH to either side."""
    numbered = rows.filter(counter=reading.counter)
    below = numbered.filter(serial_number__lt=reading.serial_number).order_by("-serial_number")
    rest = numbered.filter(serial_number__gte=reading.serial_number).order_by("serial_number")
    return [*reversed(below[:REACH]), *rest[: REACH + 1]]


def holds(batch: Batch, reading: Reading) -> bool:
    """Whether this reading is one of the batch."""
    return any(place.reading == reading for place in batch.places)
