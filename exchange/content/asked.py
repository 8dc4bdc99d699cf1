"""What the case asks of others, what it took over from them, and what holds all of it together."""

from collections.abc import Iterator
from typing import Any

from evidence.models import TraceRequest
from evidence.models.trace_words import TraceState
from exchange.content.gathering import Gathering, Leaf
from exchange.content.scene import at
from exchange.formats.stix import objects
from exchange.formats.stix.words import Stix, kind_of
from exchange.models import Arrival, ArrivedObject
from exchange.models.arrival import MISP_EVENT, ArrivedObjectQuerySet
from investigations.models import AssistanceNeed

MEMBERS = ("incident", "x-attribution-finding")
"""What a case groups; all else hangs on these by references and relationships."""


def gather_traces(gathering: Gathering) -> Iterator[Leaf]:
    """The trace requests that were sent; what was answered is not ours to pass on."""
    rows = TraceRequest.objects.visible_to(gathering.reader).filter(case=gathering.case)
    rows = rows.exclude(state=TraceState.DRAFT)
    through = TraceRequest.components.through.objects.filter(tracerequest__in=rows)
    asked: dict[Any, list[tuple[Any, Any]]] = {}
    for trace, component, item in through.values_list(
        "tracerequest", "component", "component__item"
    ):
        asked.setdefault(trace, []).append((component, item))
    for row in gathering.free(
        rows.select_related("case"), lambda row: [item for _key, item in asked.get(row.pk, [])]
    ):
        about = [component for component, _item in asked.get(row.pk, [])]
        refs = gathering.refs("x-weapon-component", about)
        if refs:
            facts = {"component_refs": refs, **question(gathering, row)}
            head = gathering.about(row, reference=row.ref)
            thing = objects.new_object("x-trace-request", head, facts)
            yield from gathering.leaf(thing, row, [item for _key, item in asked[row.pk]])


def question(gathering: Gathering, row: TraceRequest) -> dict[str, object]:
    """What was asked, of whom, and how far it has come."""
    return {
        "reference": row.ref,
        "recipient_kind": row.recipient_kind,
        "recipient": gathering.neutral(row.recipient),
        "channel": row.channel,
        "question": gathering.neutral(row.question),
        "trace_status": row.state,
        "sent_at": at(row.sent_at),
        "due": str(row.due or ""),
        "closed_at": at(row.closed_at),
    }


def gather_needs(gathering: Gathering) -> Iterator[Leaf]:
    """What the investigation needs of others."""
    rows = AssistanceNeed.objects.visible_to(gathering.reader).filter(case=gathering.case)
    for row in gathering.free(rows.select_related("case")):
        facts = {
            "reference": row.ref,
            "capability": row.capability,
            "need": gathering.neutral(row.description),
            "urgency": row.urgency,
            "needed_by": str(row.needed_by or ""),
            "need_status": row.status,
        }
        head = gathering.about(row, reference=row.ref)
        yield from gathering.leaf(objects.new_object("x-assistance", head, facts), row)


def gather_accepted(gathering: Gathering) -> Iterator[Leaf]:
    """Objects of others that became incidents here: exactly as they came, and that ours is drawn
    from theirs. One that names somebody whose name is held back stays.
    """
    rows = accepted(gathering, Arrival.Format.STIX)
    seen: set[tuple[str, object]] = set()
    for row in gathering.free(rows):
        own = gathering.ref("incident", row.incident_id)
        if not own or not names_nobody(gathering, row):
            gathering.withheld += 1
            continue
        thing = row.as_read
        version = (row.stix_id, thing.get("modified"))
        if version not in seen:
            seen.add(version)
            gathering.left.add(row.stix_id)
            yield Leaf(thing, row)
        about = gathering.about(row)
        relation = objects.relationship(about, name="derived-from", source=own, target=row.stix_id)
        yield from gathering.leaf(relation, row)


def accepted(gathering: Gathering, told_in: str) -> ArrivedObjectQuerySet:
    """What was accepted of what came in this format."""
    rows = ArrivedObject.objects.visible_to(gathering.reader).filter(case=gathering.case)
    return rows.filter(arrival__format=told_in).accepted().select_related("case")


def names_nobody(gathering: Gathering, row: ArrivedObject) -> bool:
    """True for an object of others that names nobody whose name is held back."""
    return all(map(gathering.names_nobody, texts_in(row.as_read)))


def accepted_parts(gathering: Gathering) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Objects of MISP that became incidents here, exactly as they came: each with our incident and
    the colour that it is handled by. An event accepted as a whole is no part of another and stays.
    """
    rows = accepted(gathering, Arrival.Format.MISP).exclude(kind=MISP_EVENT)
    for row in gathering.free(rows):
        own = gathering.ref("incident", row.incident_id)
        if own and names_nobody(gathering, row):
            yield row.as_read, own, gathering.about(row).tlp
        else:
            gathering.withheld += 1


def texts_in(value: object) -> Iterator[str]:
    """Every text in an object, however deep, the names of its properties too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def gather_case(gathering: Gathering) -> Iterator[Leaf]:
    """The case itself, under its public title."""
    case = gathering.case
    members = [each for each in gathering.left if kind_of(each) in MEMBERS]
    name = gathering.neutral(case.public_title)
    thing: Stix | None = objects.grouping(
        gathering.about(case, reference=""), name=name, members=members
    )
    yield from gathering.leaf(thing)
