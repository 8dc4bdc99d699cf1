"""What followed released findings: sanction designations, as their steps tell."""

from collections.abc import Iterator

from django.db.models import Prefetch

from attribution.models import Measure, MeasureStep
from attribution.models.measure_words import DONE, MeasureKind, StepKind
from exchange.content.gathering import Gathering, Leaf
from exchange.content.judged import released_beyond
from exchange.formats.stix import objects

ENDS = (StepKind.LIFTED, StepKind.EXPIRED)


def gather_sanctions(gathering: Gathering) -> Iterator[Leaf]:
    """The designations that rest on findings which leave, under the marking of their release.

    One against an actor whom no finding that leaves is about stays, and is counted.
    """
    releases = {release.pk: release for release in released_beyond(gathering)}
    steps = MeasureStep.objects.visible_to(gathering.reader)
    rows = Measure.objects.visible_to(gathering.reader).standing()
    rows = rows.filter(
        case=gathering.case, release__in=list(releases), kind=MeasureKind.DESIGNATION
    )
    rows = rows.select_related("case", "release__finding")
    for row in gathering.free(rows.prefetch_related(Prefetch("steps", queryset=steps))):
        target = gathering.ref("threat-actor", row.target_id)
        target = target or gathering.ref("identity", row.target_id)
        if row.target_id and not target:
            gathering.withheld += 1
            continue
        about = gathering.about(row, tlp=releases[row.release_id].tlp)
        facts = {**designation(gathering, row), "target_ref": target}
        yield Leaf(objects.built("x-sanction", about, facts), row)


def designation(gathering: Gathering, row: Measure) -> dict[str, object]:
    """What is told of a designation; addresses that spell a name which is held back are not."""
    neutral, finding = gathering.neutral, row.release.finding
    steps = [step for step in row.standing_steps if gathering.lets_go(step)]
    begun = [str(step.day) for step in steps if step.kind in DONE]
    ended = [str(step.day) for step in steps if step.kind in ENDS]
    return {
        "reference": row.ref,
        "kind": row.kind,
        "authority": neutral(row.authority),
        "programme": neutral(row.programme),
        "status": steps[-1].kind if steps else "",
        "start_date": begun[0] if begun else "",
        "end_date": ended[-1] if ended else "",
        "legal_refs": list(dict.fromkeys(neutral(one.legal_ref) for one in steps if one.legal_ref)),
        "urls": list(
            dict.fromkeys(one.url for one in steps if one.url and gathering.names_nobody(one.url))
        ),
        "reason": f"Released finding {finding.ref}",
        "finding_ref": gathering.ref("x-attribution-finding", finding.pk),
    }
