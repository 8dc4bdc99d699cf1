"""File a component under the keys by which its relatives are found."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from comparison.methods.facts import ComponentFacts
from comparison.methods.retrieval import RAREST_FIRST, retrieval_keys
from comparison.models import Reading
from comparison.services.facts import facts_of
from core import jobs
from core.models import Job
from evidence.models import Component, File, Marking
from investigations.services.label import take_on

CANDIDATES = 500
PROPOSE = "comparison.propose_links"
_WHOLE = ("category", "maker", "item", "item__incident")


def read_component(component: Component) -> Reading:
    """Make the component's reading anew; whoever amends it waits until this is done."""
    locked = Component.objects.select_for_update(of=("self",)).select_related(*_WHOLE)
    component = locked.get(pk=component.pk)
    facts = facts_of(component)
    reading, is_new = Reading.objects.update_or_create(
        component=component,
        defaults={
            "case_id": component.case_id,
            "incident_id": component.item.incident_id,
            "category": facts.category,
            "keys": list(retrieval_keys(facts)),
            "values": sorted(f"{feature}={value}" for feature, value in facts.values.items()),
            "facts": asdict(facts),
            "fingerprint": facts.fingerprint,
            **counter_of(facts),
            "lot": lot_of(facts),
        },
    )
    if not is_new:
        for above in reading.handlings_above():
            take_on(reading, above)
    return reading


def counter_of(facts: ComponentFacts) -> dict[str, Any]:
    """The numbering its serial belongs to, and the number: only within one part number."""
    part, serial = facts.marks.get("part"), facts.counter
    if not part or serial is None:
        return {"counter": "", "serial_number": None}
    numbering = f"{part}|{serial.prefix}|{serial.width}|{serial.suffix}"
    return {"counter": numbering[:260], "serial_number": serial.number}


def lot_of(facts: ComponentFacts) -> str:
    """The lot it was made in, within one part number: lots are numbered by makers."""
    part, lot = facts.marks.get("part"), facts.marks.get("lot")
    return f"{part}|{lot}"[:260] if part and lot else ""


def facts_in(reading: Reading) -> ComponentFacts:
    """The facts that a reading holds."""
    return ComponentFacts(**{**reading.facts, "photos": tuple(reading.facts["photos"])})


def candidates_for(reading: Reading, linked: Iterable[UUID]) -> list[Reading]:
    """Readings it is linked to, then those of other recoveries that share a key.

    By the most telling keys first, 500 at most.
    """
    whole = Reading.objects.elsewhere(reading).select_related("incident")
    found = {one.pk: one for one in whole.filter(component__in=list(linked))}
    for kind in RAREST_FIRST:
        keys = [key for key in reading.keys if key.startswith(f"{kind}:")]
        if keys and len(found) < CANDIDATES:
            newest = (
                whole.filed_under(keys)
                .exclude(pk__in=found)
                .order_by("-id")[: CANDIDATES - len(found)]
            )
            found.update((one.pk, one) for one in newest)
    return list(found.values())


def ask_for_missing_links() -> None:
    """Have compared what nobody asked for: what came before the method did, or beside a part."""
    asked = Job.objects.of(PROPOSE).unsettled()
    missing = awaiting_comparison().exclude(pk__in=asked.values("row"))
    for component_id in missing.values_list("pk", flat=True)[:1000]:
        jobs.ask(PROPOSE, component_id)


def awaiting_comparison() -> QuerySet[Component]:
    """Components that were never compared, or that got a marking, a photograph or an edit since."""
    remarked = Marking.objects.filter(
        component=OuterRef("pk"), updated_at__gt=OuterRef("reading__compared_at")
    )
    pictured = File.objects.filter(
        item=OuterRef("item"), created_at__gt=OuterRef("reading__compared_at")
    )
    return Component.objects.filter(
        Q(reading__isnull=True)
        | Q(reading__compared_at__isnull=True)
        | Q(reading__compared_at__lt=F("updated_at"))
        | Exists(remarked)
        | Exists(pictured)
    )
