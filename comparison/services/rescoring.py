"""Score links anew whose evidence changed: a count moved, or the parameters did.

Only links that nobody has judged: a judgement stands on what was shown. A link is written again
where its words or the two digits of its figure become others, and left alone otherwise.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from comparison.methods.assessment import Assessment
from comparison.methods.facts import ComponentFacts
from comparison.methods.parameters import Parameters
from comparison.methods.proposals import worth_proposing
from comparison.methods.rarity import Census
from comparison.methods.reach import EVERY_ROW
from comparison.methods.scoring import assess
from comparison.methods.settling import (
    Span,
    holders_told_alike,
    ranges_told_alike,
    recoveries_told_alike,
)
from comparison.models import Key, Link, LinkState, Reading, RecoveryCount, Rescoring
from comparison.services.parameters import current_parameters
from comparison.services.reaching import IsOneOf, holding, reaches_on
from comparison.services.reading import facts_in
from comparison.services.statistics import Tally
from comparison.services.writing import (
    Told,
    lines_by_chain,
    rewrite_links,
    says_otherwise,
    step_all_back,
)
from core import jobs
from ledger.services import record_many

RESCORE = "comparison.rescore"
RESCORE_ALL = "comparison.rescore_all"
A_BATCH, A_STRETCH, MOST_ASKED = 2_000, 20_000, 200
_RANGE = f"{RecoveryCount.SERIAL_RANGE}="


def ask_for_rescoring() -> None:
    """Have links looked at whose counts moved, and all once new parameters are in force."""
    for count in RecoveryCount.objects.moved().order_by("id")[:MOST_ASKED]:
        jobs.ask(RESCORE, count.pk)
    parameters = current_parameters()
    if undecided().exclude(parameters_version=parameters.version).exists():
        begun = begin_rescoring(parameters)
        if begun.finished_at is None:
            jobs.ask(RESCORE_ALL, begun.pk)


def begin_rescoring(parameters: Parameters) -> Rescoring:
    """The round under these parameters, begun at the first link if there was none."""
    begun, _new = Rescoring.objects.get_or_create(
        parameters_version=parameters.version,
        defaults={"total": undecided().count()},
    )
    return begun


def undecided() -> QuerySet[Link]:
    """Links that no examiner has touched."""
    return Link.objects.filter(state=LinkState.PROPOSED, examiners=0, alert_cause="")


def rescore_moved(count: RecoveryCount, *, lease: jobs.Lease = jobs.BY_HAND) -> int:
    """Look at the links that rest on one count; how many changed."""
    least, most = told_alike(count)
    changed, last = 0, None
    while links := next_of(resting_on(count), last, A_BATCH):
        changed, last = changed + rescore_links(links)[1], links[-1]
    with transaction.atomic():
        count.alike_from, count.alike_to = least, most
        count.save(update_fields=["alike_from", "alike_to"])
        lease.complete()
    return changed


def rescore_all(begun: Rescoring, *, lease: jobs.Lease = jobs.BY_HAND) -> Rescoring:
    """Go on with a round, a stretch in a transaction, until no link is left.

    Its last link is kept in the stretch's own transaction: a worker that is killed loses one
    stretch, and one that was overtaken writes nothing more. Links that the change of parameters
    cannot reach count as seen and are not looked at.
    """
    reaches = reaches_on(undecided(), current_parameters())
    links_at_once = A_BATCH if reaches >= EVERY_ROW else A_STRETCH
    while stretch := next_of(undecided(), begun.last, links_at_once):
        with transaction.atomic():
            lease.renew()
            for links in batches(holding(stretch, reaches)):
                begun.changed += rescore_links(links)[1]
            begun.last, begun.seen = stretch[-1], begun.seen + len(stretch)
            begun.save()
    with transaction.atomic():
        begun.finished_at = timezone.now()
        begun.save()
        lease.complete()
    return begun


def told_alike(count: RecoveryCount) -> Span:
    """Within what bounds the count may move before its links say anything else."""
    if count.value.startswith(_RANGE) and not count.category:
        return ranges_told_alike(count.recoveries)
    return (holders_told_alike if count.value else recoveries_told_alike)(count.recoveries)


def resting_on(count: RecoveryCount) -> QuerySet[Link]:
    """Undecided links both of whose ends hold what was counted."""
    if count.value.startswith(_RANGE) and not count.category:
        ours = Q(counter=count.value.removeprefix(_RANGE))
    else:
        ours = Q(pk__in=Key.objects.filter(hash=count.key).values("reading"))
    held = Reading.objects.filter(ours).values("component")
    return undecided().filter(left__in=held, right__in=held)


def next_of(links: QuerySet[Link], last: UUID | None, most: int) -> list[UUID]:
    """The ids that follow the last one, in their order."""
    rest = links.filter(pk__gt=last) if last else links
    return list(rest.order_by("pk").values_list("pk", flat=True)[:most])


def batches(links: list[UUID]) -> Iterator[list[UUID]]:
    """As many at a time as are locked and written together."""
    return (links[at : at + A_BATCH] for at in range(0, len(links), A_BATCH))


@transaction.atomic
def rescore_links(ids: list[UUID]) -> tuple[int, int]:
    """Score these anew by the counts and parameters of now: how many, and how many changed.

    What says the same is read and not written; the rest is written in two statements.
    """
    these = undecided().filter(IsOneOf("pk", ids))
    locked = these.order_by("pk").select_for_update(no_key=True)
    links = [Told(*row) for row in locked.values_list(*Told._fields)]
    ends = {end for link in links for end in (link.left_id, link.right_id)}
    readings = Reading.objects.filter(IsOneOf("component", ends)).to_compare("counter", "values")
    scorer = Scorer({one.component_id: one for one in readings}, links, current_parameters())
    anew = [told for link in links if (told := scorer.look_at(link))]
    worth = {told[0].id for told in anew if worth_proposing(told[1], scorer.parameters)}
    deeds = rewrite_links(told for told in anew if told[0].id in worth)
    deeds += step_all_back(told[0] for told in anew if told[0].id not in worth)
    for (log, act), lines in lines_by_chain(deeds).items():
        record_many(None, act, lines, log=log)
    return len(links), len(deeds)


class Scorer:
    """Scores some pairs; each reading is taken apart once."""

    def __init__(
        self, readings: dict[UUID, Reading], links: Iterable[Told], parameters: Parameters
    ) -> None:
        self.readings, self.parameters = readings, parameters
        counted = {link.left_id for link in links} & readings.keys()
        self.tally = Tally([readings[component] for component in counted], parameters)
        self.facts = cache(self._facts)
        self.census = cache(self._census)

    def _facts(self, component: UUID) -> ComponentFacts:
        return facts_in(self.readings[component])

    def _census(self, component: UUID) -> Census:
        return self.tally.census(self.readings[component])

    def look_at(self, link: Told) -> tuple[Told, Assessment, Reading, Reading] | None:
        """A link that says something else now, with what it says and both readings."""
        if link.left_id not in self.readings or link.right_id not in self.readings:
            return None
        theirs = self.facts(link.right_id)
        statistics = self.census(link.left_id).without(theirs)
        shown = assess(self.facts(link.left_id), theirs, statistics, self.parameters)
        if not says_otherwise(link, shown):
            return None
        return link, shown, self.readings[link.left_id], self.readings[link.right_id]
