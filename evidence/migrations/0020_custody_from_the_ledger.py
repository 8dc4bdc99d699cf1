"""Exhibits logged before custody had events get them from the lines that the ledger has of them."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import migrations

from core.scope import system_scope

ACTS = {
    "evidence.item_logged": ["collected"],
    "evidence.item_handed_over": ["transferred-out", "received"],
    "evidence.item_stored": ["stored"],
    "evidence.item_sealed": ["sealed"],
    "evidence.seal_broken": ["unsealed"],
    "evidence.item_destroyed": ["destroyed"],
    "evidence.item_returned": ["returned"],
}
"""What each line meant; a hand-over was one deed of one person then."""

DOCUMENTED_ONLY = "documented-only"


def enter_events(apps: Any, _editor: Any) -> None:
    """Write the events of every exhibit that was held and has none yet."""
    items = apps.get_model("evidence", "Item").objects.all()
    with system_scope("custody is carried over for every exhibit"):
        bare = items.filter(custody_events__isnull=True).exclude(acquisition=DOCUMENTED_ONLY)
        for key in list(bare.values_list("pk", flat=True)):
            item = items.get(pk=key)
            apps.get_model("evidence", "CustodyEvent").objects.bulk_create(events_of(apps, item))


def events_of(apps: Any, item: Any) -> list[Any]:
    """The events of one exhibit, in the order of its lines."""
    Entry, Event = apps.get_model("ledger", "Entry"), apps.get_model("evidence", "CustodyEvent")
    lines = Entry.objects.filter(
        subject_kind="evidence.item", subject_id=item.pk, act__in=list(ACTS)
    )
    events: list[Any] = []
    for line in lines.order_by("position"):
        told = json.loads(line.body)["facts"]
        if "event" in told:  # it was an event from the beginning
            return []
        for kind in ACTS[line.act]:
            facts = dict(facts_of(kind, told, item, line))
            events.append(
                Event(
                    case_id=item.case_id,
                    item=item,
                    label_id=item.label_id,
                    seq=len(events) + 1,
                    kind=kind,
                    entered_by_id=line.actor_id,
                    position=line.position,
                    digest=hashlib.sha256(b"\x00" + line.body.encode()).hexdigest(),
                    **{"at": line.at, **facts},
                )
            )
    return events


def facts_of(kind: str, told: dict[str, Any], item: Any, line: Any) -> Iterator[tuple[str, Any]]:
    """What a line says, in the columns of an event."""
    seal = told.get("seal", "")
    yield "seal_before", "" if kind == "sealed" else seal
    yield "seal_after", "" if kind == "unsealed" else seal
    yield "purpose", told.get("purpose") or told.get("reason", "")
    yield "from_place", told.get("from_place", "")
    yield "to_place", "" if kind == "returned" else told.get("to_place", "")
    if kind == "collected":
        yield "to_person_id", told.get("holder") or line.actor_id
        yield "from_name", item.recovered_by
        yield "as_stated", item.recovered_as_stated
        if item.recovered_at and item.recovered_at <= line.at:
            yield "at", item.recovered_at
            yield "precision", item.recovered_precision
    if kind in ("transferred-out", "received"):
        yield "from_person_id", told["giver"]
        yield "to_person_id", told["to"]
    if kind == "returned":
        yield "to_name", told.get("to_place", "")


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0019_file_fixity"),
        ("ledger", "0001_initial"),
    ]
    operations = [migrations.RunPython(enter_events, migrations.RunPython.noop)]
