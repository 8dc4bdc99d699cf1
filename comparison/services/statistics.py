"""Count how rare each value of a component is among independent recoveries."""

from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from comparison.methods.parameters import Parameters
from comparison.methods.rarity import Census
from comparison.models import Reading, ReferenceCount

ALL = "all"


def census_of(reading: Reading, parameters: Parameters) -> Census:
    """Counts over every recovery but the component's own: ours, and the reference sets' in use."""
    ours = own_counts(reading)
    theirs = reference_counts(reading)
    return Census(
        category=reading.category,
        recoveries=ours.pop(ALL) + theirs.pop(ReferenceCount.TOTAL, 0),
        holders={feature: f + theirs.get(feature, 0) for feature, f in ours.items()},
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


def reference_counts(reading: Reading) -> dict[str, int]:
    """The same from the reference sets, by feature; the empty feature counts all recoveries."""
    wanted = Q(feature=ReferenceCount.TOTAL)
    for held in reading.values:
        feature, _, value = held.partition("=")
        wanted |= Q(feature=feature, value=value)
    rows = (
        ReferenceCount.objects.filter(wanted, category=reading.category)
        .filter(reference_set__is_in_use=True)
        .values_list("feature")
        .annotate(Sum("recoveries"))
        .order_by("feature")
    )
    return dict(rows)


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
    ours = known["highest"] - known["lowest"] + 1 if enough else 0
    return max(ours, told) or None
