"""File a component under the keys by which its relatives are found."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from comparison.methods.facts import ComponentFacts
from comparison.methods.retrieval import hashed, retrieval_keys, values_of
from comparison.models import Reading
from comparison.services.counting import Filed, refile, take_turns
from comparison.services.facts import facts_of
from core import jobs
from core.models import Job
from evidence.models import Component, File, Marking
from investigations.services.label import take_on

PROPOSE = "comparison.propose_links"
_WHOLE = ("category", "maker", "item__incident")


@transaction.atomic
def read_component(component: Component) -> Reading:
    """Make the component's reading anew, and count and file it as it is now.

    Whoever amends the component waits until this is done; so do readings of the same recovery.
    """
    locked = Component.objects.select_for_update(of=("self",), no_key=True).select_related(*_WHOLE)
    component = locked.get(pk=component.pk)
    known = Reading.objects.filter(component=component).first()
    before = Filed.of(known) if known else None
    columns = columns_of(component, facts_of(component))
    if known and all(getattr(known, name) == told for name, told in columns.items()):
        reading = known
    else:
        take_turns({component.item.incident_id} | ({before.incident} if before else set()))
        reading, _new = Reading.objects.update_or_create(component=component, defaults=columns)
        refile(before, Filed.of(reading))
    if before:
        for above in reading.handlings_above():
            take_on(reading, above)
    return reading


def columns_of(component: Component, facts: ComponentFacts) -> dict[str, Any]:
    """What a reading holds of a component that is recorded so."""
    incident = component.item.incident
    return {
        "case_id": component.case_id,
        "incident_id": incident.pk,
        **columns_of_facts(facts, str(incident.theatre_id or "")),
    }


def columns_of_facts(facts: ComponentFacts, theatre: str = "") -> dict[str, Any]:
    """The same of facts alone, found in a theatre."""
    return {
        "category": facts.category,
        "keys": sorted({hashed(key) for key in retrieval_keys(facts, theatre)}),
        "values": values_of(facts),
        "facts": facts.to_json(),
        "fingerprint": facts.fingerprint,
        **counter_of(facts),
        "lot": lot_of(facts),
    }


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
    return ComponentFacts.from_json(reading.facts)


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
