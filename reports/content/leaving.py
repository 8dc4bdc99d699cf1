"""What leaves a case in a bundle: which exhibits and files, and what is held back, as data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from core.markings import TLP_ORDER, Handling
from core.scope import system_scope
from evidence.models import Component, Door, File, Item, Marking, Redaction
from evidence.models.description import plain
from evidence.models.digital_words import RedactionState
from evidence.models.vocabulary import CopyType
from evidence.services.caveat import caveats_over
from investigations.models import CaseRecord
from ledger.models import Entry
from reports.content.naming import exhibit_folder, file_name
from reports.models import Bundle

AT_ONCE = 1000
TOO_LATE = "it came after the seal of this bundle"
REPLACED = "a redacted copy stands in its place"
CAVEAT = "a caveat of the agency that it came from does not let it leave"
UNREDACTED = "something in it is to be redacted, and no redacted copy is agreed on"


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


def may_leave(handling: Handling, bundle: Bundle) -> bool:
    """Nothing marked beyond what was chosen, and nothing that stands in a compartment.

    To an agency only what its people could read, and what no other agency keeps control of.
    """
    within = TLP_ORDER.index(handling.tlp) <= TLP_ORDER.index(bundle.up_to)
    if not within or handling.compartments or bundle.for_agency_id is None:
        return within and not handling.compartments
    agency = bundle.for_agency_id
    lets = handling.lets(clearance=bundle.clearance, compartments=(), agency=agency)
    return lets and handling.originators <= {agency}


def leaving(bundle: Bundle, size: int) -> Leaving:
    """What leaves, as whoever asked may read it, up to the first `size` lines of the ledger."""
    found, reader = Leaving(), bundle.requested_by
    items = Item.objects.visible_to(reader).filter(case=bundle.case)
    if bundle.exhibits:
        items = items.filter(pk__in=bundle.exhibits)
    names = ("kind", "holder", "incident", "site", "parent")
    bound = caveats_over([bundle.case_id], Door.BUNDLE)
    for item in items.select_related(*names).order_by("exhibit_no"):
        if item.pk in bound:
            found.hold_back(f"exhibit {item.exhibit_no}", CAVEAT)
        elif lets_go(found, bundle, item, f"exhibit {item.exhibit_no}"):
            found.items.append(item)
    choose_files(found, bundle, size)
    return found


def lets_go(found: Leaving, bundle: Bundle, row: CaseRecord, name: str, sha256: str = "") -> bool:
    """Whether a record may leave; if not it is listed, if so its handling counts."""
    handling = row.own_handling
    if may_leave(handling, bundle):
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
    kept_in = kept_in_by_redaction(bundle)
    received = lines_that_received(bundle, chosen, size)
    for file in chosen:
        item = items.get(file.item_id) if file.item_id else None
        if file.item_id and item is None:
            continue
        name = f"a file of {item.exhibit_no if item else 'no exhibit'}"
        if why := kept_in.get(file.pk, "" if file.pk in received else TOO_LATE):
            found.hold_back(name, why, file.sha256)
        elif lets_go(found, bundle, file, name, file.sha256):
            folder = exhibit_folder(item.exhibit_no if item else "")
            path = f"{folder}/files/{file_name(file)}"
            sent = Sent(file, path, received[file.pk])
            found.files.setdefault(file.item_id, []).append(sent)


def kept_in_by_redaction(bundle: Bundle) -> dict[UUID, str]:
    """Files that stay because something in them must not be seen, each with the reason.

    A picture that somebody wants redacted stays, and so does every copy of it but the redacted one
    that a second person has agreed to.
    """
    with system_scope("what is to be taken out of a picture stays in, whoever may see that"):
        files = File.objects.filter(case=bundle.case)
        copies = files.filter(derived_from__isnull=False).values_list("pk", "derived_from")
        above = {key: source for key, source in copies if source}
        asked = Redaction.objects.filter(case=bundle.case).exclude(state=RedactionState.FAILED)
        accepted = asked.filter(state=RedactionState.ACCEPTED, copy__isnull=False)
        agreed = {key for key in accepted.values_list("copy", flat=True) if key}
        masked = files.filter(copy_type=CopyType.REDACTED, made_by_redaction__isnull=True)
        pairs = masked.values_list("derived_from", "pk")
        replaced = {source: key for source, key in pairs if source}
        sources = {*asked.values_list("file", flat=True), *replaced}
        shown = {source for key, source in above.items() if key in agreed} | set(replaced)
    free = agreed | set(replaced.values())
    return {
        key: REPLACED if key in shown else UNREDACTED
        for key in {*above, *sources}
        if key not in free and reaches(key, above, sources)
    }


def reaches(key: UUID, above: dict[UUID, UUID], sources: set[Any]) -> bool:
    """Whether a file is, or was made of, one of these."""
    while key not in sources and key in above:
        key = above[key]
    return key in sources


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
        told[measure] = "" if value is None else plain(value)
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
                if may_leave(marking.own_handling, bundle)
            ],
        }
        for component in rows.prefetch_related(Prefetch("markings", markings))
        if may_leave(component.own_handling, bundle)
    ]
