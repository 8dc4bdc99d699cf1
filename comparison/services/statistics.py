"""Say how rare each value of a component is among independent recoveries, from kept counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Max, Sum
from django.utils import timezone

from comparison.methods.discretion import (
    published_holders,
    published_range,
    published_recoveries,
)
from comparison.methods.parameters import PARAMETERS, Parameters
from comparison.methods.rarity import Census
from comparison.methods.retrieval import held_keys
from comparison.models import Reading, ReferenceCount, ReferenceSet
from comparison.services.counting import counts_of, spans_of

ALL = "all"


def census_of(reading: Reading, parameters: Parameters) -> Census:
    """Counts over every recovery but the component's own: ours, and the reference sets' in use.

    A set that never counted a feature says nothing of it: there its recoveries do not count either.
    """
    return Tally([reading], parameters).census(reading)


def own_counts(reading: Reading) -> dict[str, int]:
    """Other recoveries of the category in this database, in all and by each value held."""
    return Tally([reading], PARAMETERS).own(reading)


class Tally:
    """The counts that some readings need, asked for once for all of them."""

    def __init__(self, readings: Iterable[Reading], parameters: Parameters) -> None:
        self.parameters = parameters
        self.as_of = timezone.now().date()
        self._readings = list(readings)
        keys = {key for one in self._readings for key in held_keys(one.category, one.values)}
        self._ours = counts_of(keys)
        self._refers = ReferenceSet.objects.filter(is_in_use=True).exists()
        self._theirs = reference_counts(self._readings) if self._refers else {}

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        return spans_of({one.counter for one in self._readings}, self.parameters.minimum_serials)

    @cached_property
    def _ranges_told(self) -> dict[tuple[str, str], int]:
        return reference_ranges(self._readings) if self._refers else {}

    def census(self, reading: Reading) -> Census:
        """What may be told of one of them."""
        ours = told(self.own(reading))
        theirs = self._theirs.get(reading.category, NOTHING)
        in_all = ours.pop(ALL)
        values = {value.partition("=")[0]: value for value in reading.values}
        return Census(
            category=reading.category,
            recoveries=in_all + theirs.recoveries,
            holders={name: f + theirs.holders.get(values[name], 0) for name, f in ours.items()},
            known={name: in_all + theirs.known.get(name, 0) for name in ours},
            serial_range=self.serial_range(reading),
            as_of=self.as_of,
        )

    def own(self, reading: Reading) -> dict[str, int]:
        """Recoveries of the category but its own, in all and by each feature's value."""
        own = 0 if reading._state.adding else 1
        held = held_keys(reading.category, reading.values)
        return {
            value.partition("=")[0] if value else ALL: max(0, self._ours.get(key, 0) - own)
            for key, value in held.items()
        }

    def serial_range(self, reading: Reading) -> int | None:
        """How many serials the known ones of its part and numbering span; None where few are known.

        The component's own recovery counts here: its serial is one of the known ones.
        """
        if not reading.counter:
            return None
        span, several = self._spans[reading.counter]
        known = published_range(span) if several >= self.parameters.minimum_serials else 0
        return max(known, self._ranges_told.get(numbered(reading), 0)) or None


def told(counts: dict[str, int]) -> dict[str, int]:
    """Own counts as anybody may learn them, beside the one recovery that is compared with.

    They are over every case: exact, they would tell that a case of others holds a value.
    """
    n = max(0, counts[ALL] - 1)
    holders = {name: published_holders(max(0, f - 1), n) + 1 for name, f in counts.items()}
    return {**holders, ALL: published_recoveries(n) + 1}


@dataclass
class Counted:
    """What reference sets say of one category: recoveries in all, f by value, n by feature."""

    recoveries: int = 0
    holders: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)


NOTHING = Counted()


def reference_counts(readings: Iterable[Reading]) -> dict[str, Counted]:
    """The counts of the reference sets in use, by category, for the values that are held."""
    held: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        held[reading.category].update(reading.values)
    in_use = ReferenceCount.objects.filter(category__in=held, reference_set__is_in_use=True)
    found: dict[str, Counted] = defaultdict(Counted)
    totals: dict[tuple[str, UUID], int] = {}
    total = in_use.filter(feature=ReferenceCount.TOTAL)
    for category, chosen, n in total.values_list("category", "reference_set", "recoveries"):
        totals[category, chosen] = n
        found[category].recoveries += n
    features = in_use.values_list("category", "reference_set", "feature").distinct()
    for category, chosen, feature in features:
        known = found[category].known
        known[feature] = known.get(feature, 0) + totals.get((category, chosen), 0)
    written = {value.partition("=")[2] for values in held.values() for value in values}
    rows = in_use.filter(value__in=written).values_list("category", "feature", "value")
    for category, feature, value, n in rows.annotate(f=Sum("recoveries")).order_by():
        found[category].holders[f"{feature}={value}"] = n
    return found


def numbered(reading: Reading) -> tuple[str, str]:
    """Its category and part, of which a reference set may tell the range of serials."""
    return reading.category, reading.counter.partition("|")[0]


def reference_ranges(readings: Iterable[Reading]) -> dict[tuple[str, str], int]:
    """The widest range that a reference set in use tells of each part, by category and part."""
    wanted = {numbered(one) for one in readings if one.counter}
    told = ReferenceCount.objects.filter(
        reference_set__is_in_use=True,
        feature=ReferenceCount.SERIAL_RANGE,
        category__in={category for category, _part in wanted},
        value__in={part for _category, part in wanted},
    )
    rows = told.values_list("category", "value").annotate(widest=Max("recoveries")).order_by()
    return {(category, part): widest for category, part, widest in rows}
