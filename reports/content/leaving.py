"""What leaves a case in a bundle: which exhibits and files, and what is held back, as data."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from core.markings import TLP_ORDER, Handling
from evidence.models import Component, File, Item, Marking
from evidence.models.vocabulary import CopyType
from investigations.models import CaseRecord
from ledger.models import Entry
from reports.content.naming import exhibit_folder, file_name
from reports.models import Bundle

AT_ONCE = 1000


@dataclass(frozen=True)
class Sent:
    """One file that leaves: where it lies in the bundle, and the ledger line that received it."""

    file: File
    path: str
    position: int


@dataclass
class Leaving:
    """What a bundle holds; `handling` is the most restrictive of its parts."""

    items: list[Item] = field(default_factory=list)
    files: dict[UUID | None, list[Sent]] = field(default_factory=dict)
    withheld: list[dict[str, str]] = field(default_factory=list)
    handlings: set[Handling] = field(default_factory=set)

    @property
    def sent(self) -> Iterator[Sent]:
        """Every file that leaves."""
        for files in self.files.values():
            yield from files

    def hold_back(self, what: str, why: str, sha256: str = "") -> None:
        """List something that stays; its digest can be told without it."""
        told = {"what": what, "why": why, **({"sha256": sha256} if sha256 else {})}
        self.withheld.append(told)


def may_leave(handling: Handling, up_to: str) -> bool:
    """Nothing marked beyond what was chosen, and nothing that stands in a compartment."""
    within = TLP_ORDER.index(handling.tlp) <= TLP_ORDER.index(up_to)
    return within and not handling.compartments


def leaving(bundle: Bundle, size: int) -> Leaving:
    """What leaves, as whoever asked may read it, up to the first `size` lines of the ledger."""
    found, reader = Leaving(), bundle.requested_by
    items = Item.objects.visible_to(reader).filter(case=bundle.case)
    if bundle.exhibits:
        items = items.filter(pk__in=bundle.exhibits)
    names = ("kind", "holder", "incident", "site", "parent")
    for item in items.select_related(*names).order_by("exhibit_no"):
        if lets_go(found, bundle, item, f"exhibit {item.exhibit_no}"):
            found.items.append(item)
    choose_files(found, bundle, size)
    return found


def lets_go(found: Leaving, bundle: Bundle, row: CaseRecord, name: str, sha256: str = "") -> bool:
    """Whether a record may leave; if not it is listed, if so its handling counts."""
    handling = row.own_handling
    if may_leave(handling, bundle.up_to):
        found.handlings.add(handling)
        return True
    found.hold_back(name, "its marking does not let it leave", sha256)
    return False


def choose_files(found: Leaving, bundle: Bundle, size: int) -> None:
    """The files of these exhibits, and of none where the whole case leaves."""
    items = {item.pk: item for item in found.items}
    rows = File.objects.visible_to(bundle.requested_by).filter(case=bundle.case)
    whole = not bundle.exhibits
    chosen = [file for file in rows.order_by("id") if file.item_id in items or whole]
    redacted = replaced_by(chosen, bundle)
    received = lines_that_received(bundle, chosen, size)
    for file in chosen:
        item = items.get(file.item_id) if file.item_id else None
        if file.item_id and item is None:
            continue
        name = f"a file of {item.exhibit_no if item else 'no exhibit'}"
        if file.pk in redacted:
            found.hold_back(name, "a redacted copy stands in its place", file.sha256)
        elif file.pk not in received:
            found.hold_back(name, "it came after the seal of this bundle", file.sha256)
        elif lets_go(found, bundle, file, name, file.sha256):
            folder = exhibit_folder(item.exhibit_no if item else "")
            path = f"{folder}/files/{file_name(file)}"
            sent = Sent(file, path, received[file.pk])
            found.files.setdefault(file.item_id, []).append(sent)


def replaced_by(files: Iterable[File], bundle: Bundle) -> set[UUID]:
    """The files in whose place a redacted copy leaves."""
    return {
        source
        for file in files
        if file.copy_type == CopyType.REDACTED and may_leave(file.own_handling, bundle.up_to)
        if (source := getattr(file, "source_id", None))
    }


def lines_that_received(bundle: Bundle, files: list[File], size: int) -> dict[UUID, int]:
    """For each file the first line about it that records its digest."""
    digests = {file.pk: file.sha256 for file in files}
    found: dict[UUID, int] = {}
    keys = list(digests)
    about = Entry.objects.of_log(bundle.case_id).filter(
        subject_kind=File._meta.label_lower, position__lte=size
    )
    for start in range(0, len(keys), AT_ONCE):
        lines = about.filter(subject_id__in=keys[start : start + AT_ONCE]).order_by("position")
        for key, position, body in lines.values_list("subject_id", "position", "body"):
            if digests[key] in body:
                found.setdefault(key, position)
    return found


def facts_of_item(item: Item, neutral: Callable[[str], str]) -> dict[str, Any]:
    """What is recorded of an exhibit, for programs; the record says it, the ledger does not."""
    told: dict[str, Any] = {
        "exhibit": item.exhibit_no,
        "id": str(item.pk),
        "part_of": item.parent.exhibit_no if item.parent else "",
        "kind": str(item.kind),
        "description": neutral(item.description),
        "incident": item.incident.ref,
        "site": neutral(item.site.name) if item.site else "",
        "recovered_at": item.recovered_at.isoformat() if item.recovered_at else "",
        "recovered_precision": item.recovered_precision,
        "recovered_as_stated": neutral(item.recovered_as_stated),
        "recovered_by": neutral(item.recovered_by),
        "acquisition": item.acquisition,
        "status": item.status,
        "condition": item.condition,
        "packaging": item.packaging,
        "hazards": list(item.hazards),
        "quantity": item.quantity,
        "unit": item.unit,
        "seal": item.seal_no,
        "holder": str(item.holder or ""),
        "kept_at": neutral(item.kept_at),
    }
    for measure in ("mass_g", "length_mm", "width_mm", "height_mm"):
        value = getattr(item, measure)
        told[measure] = "" if value is None else f"{value:f}"
    return told


def components_of(bundle: Bundle, item: Item) -> list[dict[str, Any]]:
    """Its components with their markings as somebody read them, as far as they may leave."""
    markings = Marking.objects.visible_to(bundle.requested_by).order_by("id")
    rows = Component.objects.visible_to(bundle.requested_by).filter(item=item).order_by("id")
    return [
        {
            "component": str(component),
            "markings": [
                str(marking)
                for marking in component.markings.all()
                if may_leave(marking.own_handling, bundle.up_to)
            ],
        }
        for component in rows.prefetch_related(Prefetch("markings", markings))
        if may_leave(component.own_handling, bundle.up_to)
    ]
