"""Count how rare each value of a component is among independent recoveries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from comparison.methods.discretion import (
    published_holders,
    published_range,
    published_recoveries,
)
from comparison.methods.parameters import Parameters
from comparison.methods.rarity import Census
from comparison.models import Reading, ReferenceCount

ALL = "all"


def census_of(reading: Reading, parameters: Parameters) -> Census:
    """Counts over every recovery but the component's own: ours, and the reference sets' in use.

    A set that never counted a feature says nothing of it: there its recoveries do not count either.
    """
    ours = told(own_counts(reading))
    theirs = reference_counts(reading)
    in_all = ours.pop(ALL)
    return Census(
        category=reading.category,
        recoveries=in_all + theirs.recoveries,
        holders={feature: f + theirs.holders.get(feature, 0) for feature, f in ours.items()},
        known={feature: in_all + theirs.known.get(feature, 0) for feature in ours},
        serial_range=serial_range(reading, parameters),
        as_of=timezone.now().date(),
    )


def own_counts(reading: Reading) -> dict[str, int]:
    """Recoveries of the category in this database, in all and by each value held."""
    columns = dict(enumerate(reading.values))
    counted = (
        Reading.objects.elsewhere(reading)
        .filter(category=reading.category)
        .aggregate(
            **{ALL: Count("incident", distinct=True)},
            **{
                f"v{at}": Count("incident", distinct=True, filter=Q(values__contains=[value]))
                for at, value in columns.items()
            },
        )
    )
    found = {value.partition("=")[0]: counted[f"v{at}"] for at, value in columns.items()}
    return {ALL: counted[ALL], **found}


def told(counts: dict[str, int]) -> dict[str, int]:
    """Own counts as anybody may learn them, beside the one recovery that is compared with.

    They are over every case: exact, they would tell that a case of others holds a value.
    """
    n = max(0, counts[ALL] - 1)
    holders = {name: published_holders(max(0, f - 1), n) + 1 for name, f in counts.items()}
    return {**holders, ALL: published_recoveries(n) + 1}


@dataclass
class Counted:
    """What reference sets say of one category: recoveries in all, and by feature f and n."""

    recoveries: int
    holders: dict[str, int]
    known: dict[str, int]


def reference_counts(reading: Reading) -> Counted:
    """The counts of the reference sets in use."""
    in_use = ReferenceCount.objects.filter(category=reading.category, reference_set__is_in_use=True)
    total = in_use.filter(feature=ReferenceCount.TOTAL)
    totals = dict(total.values_list("reference_set", "recoveries"))
    known: dict[str, int] = defaultdict(int)
    for reference_set, feature in in_use.values_list("reference_set", "feature").distinct():
        known[feature] += totals.get(reference_set, 0)
    held = Q(pk__in=[])
    for one in reading.values:
        feature, _, value = one.partition("=")
        held |= Q(feature=feature, value=value)
    holders = in_use.filter(held).values_list("feature").annotate(Sum("recoveries"))
    return Counted(sum(totals.values()), dict(holders.order_by("feature")), dict(known))


def serial_range(reading: Reading, parameters: Parameters) -> int | None:
    """How many serials the known ones of this part and numbering span; None with too few of them.

    The component's own recovery counts here: its serial is one of the known ones.
    """
    if not reading.counter:
        return None
    known = Reading.objects.filter(counter=reading.counter).aggregate(
        lowest=Min("serial_number"),
        highest=Max("serial_number"),
        recoveries=Count("serial_number", distinct=True),
    )
    told = (
        ReferenceCount.objects.filter(
            reference_set__is_in_use=True,
            category=reading.category,
            feature=ReferenceCount.SERIAL_RANGE,
            value=reading.counter.partition("|")[0],
        ).aggregate(widest=Max("recoveries"))["widest"]
        or 0
    )
    enough = known["recoveries"] >= parameters.minimum_serials
    ours = published_range(known["highest"] - known["lowest"] + 1) if enough else 0
    return max(ours, told) or None
