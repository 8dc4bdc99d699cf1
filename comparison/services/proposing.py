"""Propose links: hold a component against its relatives in other recoveries."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from comparison.methods.assessment import Assessment
from comparison.methods.parameters import Parameters
from comparison.methods.proposals import worth_proposing
from comparison.methods.scoring import assess
from comparison.models import Link, LinkState, Reading
from comparison.services.finding import candidates_for
from comparison.services.parameters import current_parameters
from comparison.services.reading import facts_in, read_component
from comparison.services.statistics import census_of
from comparison.services.telling import tell_hits
from comparison.services.waiting import tell_examiners
from comparison.services.writing import (
    PROPOSED,
    REASSESSED,
    Deed,
    lines_by_chain,
    pair_fingerprint,
    says_otherwise,
    step_back,
    write_link,
)
from core import jobs
from evidence.models import Component
from ledger.services import record_many

KEPT, FROM_ONE_RECOVERY = 20, 5


def propose_links(component: Component, *, lease: jobs.Lease = jobs.BY_HAND) -> list[Link]:
    """Keep the best links of `component` to other recoveries; safe to run again at any time.

    A judged link stays as it was judged until the facts of either end change; then it goes back
    to the queue. A proposed link whose facts no longer deserve a look is superseded. The reading
    is stored by itself before, so that others of its recovery wait no longer than for that.
    """
    reading = read_component(component)
    return keep_links(component, reading, lease)


@transaction.atomic
def keep_links(component: Component, reading: Reading, lease: jobs.Lease) -> list[Link]:
    """Hold a reading against its relatives and keep what deserves a look."""
    Component.objects.select_for_update(of=("self",), no_key=True).get(pk=component.pk)
    mine = (
        Link.objects.of(component)
        .current()
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    linked = {link.other_end(component): link for link in mine}
    parameters = current_parameters()
    pairs = assess_pairs(reading, linked, parameters)
    worth = spread([pair for pair in pairs if worth_proposing(pair[1], parameters)])[:KEPT]
    crowded = links_beside(reading, worth, linked)
    worth = [pair for pair in worth if has_room(pair, crowded)]
    deeds = [deed for pair in worth if (deed := keep_link(reading, *pair))]
    deeds += make_room(crowded, worth)
    kept = {other.component_id for other, _ in worth}
    for other, assessment in pairs:
        if other.component_id in linked and other.component_id not in kept:
            deeds += look_again(linked[other.component_id], reading, other, assessment)
    Reading.objects.filter(pk=reading.pk).update(compared_at=timezone.now())
    for (log, act), lines in lines_by_chain(deeds).items():
        record_many(None, act, lines, log=log)
    tell_examiners(link for link, act in deeds if act == PROPOSED)
    tell_hits(reading)
    lease.complete()
    return [link for link, _act in deeds]


def assess_pairs(
    reading: Reading, linked: Iterable[UUID], parameters: Parameters
) -> list[tuple[Reading, Assessment]]:
    """Its relatives, and all it is linked to already, assessed and the strongest first.

    Of two alike, one from another theatre comes first.
    """
    census = census_of(reading, parameters)
    facts = facts_in(reading)
    assessed = []
    for other in candidates_for(reading, census, linked, parameters):
        theirs = facts_in(other)
        assessed.append((other, assess(facts, theirs, census.without(theirs), parameters)))
    return sorted(
        assessed,
        key=lambda pair: (-pair[1].rank, pair[0].theatre_id == reading.theatre_id, pair[0].pk),
    )


def spread(pairs: list[tuple[Reading, Assessment]]) -> list[tuple[Reading, Assessment]]:
    """The strongest pairs, few of any one recovery: hundreds of one seizure are one event."""
    taken: Counter[UUID] = Counter()
    chosen = []
    for other, assessment in pairs:
        taken[other.incident_id] += 1
        if taken[other.incident_id] <= FROM_ONE_RECOVERY:
            chosen.append((other, assessment))
    return chosen


def links_beside(
    reading: Reading, pairs: list[tuple[Reading, Assessment]], linked: Collection[UUID]
) -> dict[UUID, list[Link]]:
    """Links between each of these not linked yet and other parts of the reading's own recovery."""
    new = {other.component_id for other, _ in pairs} - set(linked)
    ours = Reading.objects.filter(incident=reading.incident_id).values("component")
    between = Q(left__in=new, right__in=ours) | Q(right__in=new, left__in=ours)
    found: dict[UUID, list[Link]] = {component: [] for component in new}
    rows = Link.objects.current().filter(between).defer("explanation").order_by("-rank", "pk")
    for link in rows if new else ():
        found[link.left_id if link.left_id in new else link.right_id].append(link)
    return found


def has_room(pair: tuple[Reading, Assessment], crowded: Mapping[UUID, list[Link]]) -> bool:
    """Whether fewer than five parts of one recovery are held against the other end as strongly."""
    other, assessment = pair
    beside = crowded.get(other.component_id, ())
    return sum(link.rank >= assessment.rank for link in beside) < FROM_ONE_RECOVERY


def make_room(
    crowded: Mapping[UUID, list[Link]], kept: list[tuple[Reading, Assessment]]
) -> list[Deed]:
    """Let the weakest beside the new ones step back, unless somebody is at work on them."""
    beyond = [
        link.pk
        for other, _ in kept
        for link in crowded.get(other.component_id, ())[FROM_ONE_RECOVERY - 1 :]
    ]
    if not beyond:
        return []
    free = Link.objects.filter(pk__in=beyond).select_for_update(
        of=("self",), skip_locked=True, no_key=True
    )
    return [step_back(link) for link in free.order_by("pk") if link.is_untouched]


def keep_link(reading: Reading, other: Reading, assessment: Assessment) -> Deed | None:
    """Store what was found about a pair, unless it was judged on these very facts."""
    first, second = sorted((reading, other), key=lambda one: one.component_id)
    shown = assessment if first is reading else assessment.mirrored()
    ends = {"left_id": first.component_id, "right_id": second.component_id}
    link = Link.objects.select_for_update(no_key=True).filter(**ends).first()
    act = PROPOSED
    if link is None:
        link = Link(**ends, case_id=first.case_id, other_case_id=second.case_id)
    elif link.fingerprint != pair_fingerprint(first, second, shown) or raises_alarm(link, shown):
        forget_alarm(link)
    elif link.state == LinkState.SUPERSEDED:
        pass
    elif link.is_untouched and says_otherwise(link, shown):
        act = REASSESSED
    else:
        return None
    write_link(link, shown, first, second)
    return link, act


def raises_alarm(link: Link, shown: Assessment) -> bool:
    """Whether there is an alarm now that nobody has looked into."""
    return shown.alert is not None and link.alert != shown.alert.value


def look_again(link: Link, reading: Reading, other: Reading, assessment: Assessment) -> list[Deed]:
    """What becomes of a link that is no longer worth proposing, once its facts have changed."""
    first, second = sorted((reading, other), key=lambda one: one.component_id)
    fingerprint = pair_fingerprint(first, second, assessment)
    if link.fingerprint == fingerprint or link.state == LinkState.REJECTED:
        return []
    if link.state != LinkState.PROPOSED:
        deed = keep_link(reading, other, assessment)
        return [deed] if deed else []
    return [step_back(link)]


def forget_alarm(link: Link) -> None:
    """An alarm about facts that have changed must be looked at again."""
    link.alert_cause, link.alert_reason, link.alert_resolved_by = "", "", None
