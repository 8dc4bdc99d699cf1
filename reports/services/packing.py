"""Fills a bag with what leaves: files streamed from the store, certificates, ledger, recipe."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from core.markings import Handling
from core.scope import asking_as, system_scope
from evidence import vault as originals
from evidence.models import CustodyEvent, Item
from investigations.models import CaseRecord
from investigations.services.partner_sending import Named, named
from ledger.models import Entry
from reports import vault
from reports.bagging.bag import Bag
from reports.content.anchors import (
    Anchor,
    anchor_files,
    anchors_up_to,
    inclusion,
    public_keys,
    tree_of,
)
from reports.content.certificate import Certificate, Sealed, as_content, as_data
from reports.content.custody import custody_of_all
from reports.content.document import told
from reports.content.leaving import Leaving, Sent, components_of, facts_of_item, leaving
from reports.content.lines import Lines
from reports.content.naming import exhibit_folder
from reports.content.reading import Reading
from reports.content.scenes import incidents_of, keys_of_item
from reports.models import Bundle
from reports.typesetting.printing import typeset

FORMAT = "vestige-evidence-bundle/1"
FONTS = Path(settings.BASE_DIR, "static", "vendor", "fonts", "pdf")
VERIFIER = Path(settings.BASE_DIR, "verify", "vestige_verify.py")
RECIPE = Path(__file__).parent.parent / "bagging" / "VERIFY.md"
Say = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Packed:
    """A finished archive, and what is in it."""

    kept: vault.Kept
    files: int
    lines: int
    withheld: int
    handlings: set[Handling]
    named: set[Named] = field(default_factory=set)


@dataclass
class Packing:
    """One bundle while it is packed."""

    bundle: Bundle
    anchor: Anchor | None
    bag: Bag
    folder: Path
    say: Say
    at: datetime
    found: Leaving
    digests: dict[str, str] = field(default_factory=dict)
    custody_files: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many lines the proofs are made against."""
        return self.anchor.checkpoint.size if self.anchor else 0


def pack(bundle: Bundle, anchor: Anchor | None, say: Say) -> Packed:
    """Read as whoever asked, write to the disk, put the archive in the store."""
    with (
        tempfile.TemporaryDirectory(prefix="vestige-bundle-") as name,
        asking_as(bundle.requested_by),
        translation.override(bundle.language),
    ):
        folder, at = Path(name), timezone.now()
        place = folder / "bundle.zip"
        with place.open("xb") as out:
            found = leaving(bundle, anchor.checkpoint.size if anchor else 0)
            packing = Packing(bundle, anchor, Bag(out), folder, say, at, found)
            lines = fill(packing)
        say(Bundle.Step.STORING, 1, 1)
        kept = vault.keep(place, ".zip")
    handlings = found.handlings | lines.handlings
    sent = sum(1 for _sent in found.sent)
    return Packed(kept, sent, lines.count, len(found.withheld), handlings, named_in(found))


def named_in(found: Leaving) -> set[Named]:
    """The exhibits and files in a bundle, and the attacks that they come from, by kind and key."""
    rows: list[CaseRecord] = [*found.items, *(one.file for one in found.sent)]
    rows += [item.incident for item in found.items]
    return named(rows)


def fill(packing: Packing) -> Lines:
    """Everything in its order: what is certified has been read before."""
    put_files(packing)
    put_exhibits(packing)
    if packing.bundle.for_agency_id:
        told = incidents_of(packing.bundle, packing.found)
        packing.bag.add_json("data/incidents.json", told)
    lines = put_ledger(packing)
    put_words(packing, lines)
    until = embargo_told(packing.bundle)
    embargo = f", under embargo until {until}" if until else ""
    about = {
        "Source-Organization": "Vestige",
        "External-Identifier": str(packing.bundle.pk),
        "Internal-Sender-Identifier": packing.bundle.case.ref,
        "Bagging-Date": f"{packing.at:%Y-%m-%d}",
        "External-Description": f"Evidence bundle, {handling_of(packing, lines)}{embargo}",
    }
    packing.bag.close(about)
    return lines


def handling_of(packing: Packing, lines: Lines) -> Handling:
    """How the whole bundle is to be handled."""
    whole = packing.bundle.case.handling
    for part in packing.found.handlings | lines.handlings:
        whole = whole.joined(part)
    return whole


def put_files(packing: Packing) -> None:
    """The files as they were received, straight from the store, hashed once more on their way."""
    sent = list(packing.found.sent)
    for done, one in enumerate(sent):
        packing.say(Bundle.Step.PACKING, done, len(sent))
        try:
            with originals.open_original(one.file.sha256) as held:
                packing.digests[one.path] = packing.bag.add(one.path, held.chunks())
        except FileNotFoundError:
            packing.found.hold_back(one.path, "the store no longer holds it", one.file.sha256)


def put_exhibits(packing: Packing) -> None:
    """For each exhibit its facts, its custody and the certificate to be signed."""
    reading, items = Reading(packing.bundle), packing.found.items
    custody = custody_of_all(reading, items)
    sealed = sealed_by(packing.anchor)
    for done, item in enumerate(items):
        packing.say(Bundle.Step.CERTIFYING, done, len(items))
        folder = exhibit_folder(item.exhibit_no)
        lines = [line for line in custody.get(item.pk, []) if line.position <= packing.size]
        files = packing.found.files.get(item.pk, [])
        facts = facts_of_item(item, reading.neutral)
        facts["components"] = components_of(packing.bundle, item)
        facts |= keys_of_item(item) if packing.bundle.for_agency_id else {}
        certificate = Certificate(reading, item, files, packing.digests, lines, sealed, packing.at)
        packing.bag.add_json(f"{folder}/facts.json", facts)
        put_custody(packing, item, lines)
        packing.bag.add_json(f"{folder}/certificate.json", as_data(certificate, facts))
        pdf = packing.folder / "certificate.pdf"
        typeset(as_content(certificate), packing.folder, [FONTS], pdf)
        packing.bag.add(f"{folder}/certificate.pdf", [pdf.read_bytes()])


def sealed_by(anchor: Anchor | None) -> Sealed:
    """What a certificate says of the seal."""
    if anchor is None:
        return Sealed()
    point = anchor.checkpoint
    origin = point.note.partition("\n")[0]
    return Sealed(point.size, point.root, origin, anchor.stamped_at)


def put_custody(packing: Packing, item: Item, events: list[CustodyEvent]) -> None:
    """The custody table, in the words of the ledger: the verifier holds each line against it.

    The ledger knows people by their keys; bundle.json says whose they are.
    """
    for event in events:
        for person in (event.entered_by, event.from_person, event.to_person):
            if person:
                packing.people[str(person.pk)] = str(person)
    positions = [event.position for event in events]
    name = f"{exhibit_folder(item.exhibit_no)}/custody.json"
    lines = Entry.objects.of_log(packing.bundle.case_id).filter(position__in=positions)
    told = []
    for body in lines.order_by("position").values_list("body", flat=True):
        line = json.loads(body)
        told.append({part: line[part] for part in ("position", "at", "act", "actor", "facts")})
    packing.bag.add_json(name, told)
    packing.custody_files.append(name)


def put_ledger(packing: Packing) -> Lines:
    """The lines, the proof of each, and all that the proofs rest on."""
    packing.say(Bundle.Step.PROVING, 0, 1)
    bundle, size = packing.bundle, packing.size
    tree, lines = tree_of(bundle.case_id), Lines(bundle, size)
    proofs = packing.folder / "proofs.jsonl"
    with proofs.open("w", encoding="ascii") as out:

        def with_proofs() -> Iterator[bytes]:
            for position, body in lines:
                path = inclusion(tree, position - 1, size)
                proof = {"position": position, "path": path}
                out.write(json.dumps(proof, separators=(",", ":")) + "\n")
                yield f"{body}\n".encode()

        packing.bag.add("data/ledger/events.jsonl", with_proofs())
    with proofs.open("rb") as held:
        packing.bag.add("data/ledger/proofs.jsonl", iter(lambda: held.read(1 << 20), b""))
    if packing.anchor:
        anchors = anchors_up_to(packing.anchor, sizes_handed_out(bundle))
        for name, data in anchor_files(anchors, tree):
            packing.bag.add(name, [data])
    return lines


def sizes_handed_out(bundle: Bundle) -> list[int]:
    """How many lines the earlier bundles of the case were proven against."""
    with system_scope("how long a log was is told to whoever holds a later bundle of it"):
        earlier = Bundle.objects.filter(case=bundle.case_id, state=Bundle.State.READY)
        return list(earlier.values_list("ledger_position", flat=True))


def put_words(packing: Packing, lines: Lines) -> None:
    """What the bundle says of itself, the recipe, and the verifier."""
    bundle, found = packing.bundle, packing.found
    about: dict[str, Any] = {
        "format": FORMAT,
        "case": bundle.case.ref,
        "title": Reading(bundle).neutral(bundle.case.public_title),
        "bundle": str(bundle.pk),
        "log": str(bundle.case_id),
        "made_at": packing.at.isoformat(),
        "asked_for_by": str(bundle.requested_by),
        "handling": told(handling_of(packing, lines)),
        "size": packing.size,
        "whole": packing.size > 0 and lines.count == packing.size,
        "exhibits": [item.exhibit_no for item in found.items],
        "files": [file_told(sent) for sent in found.sent],
        "custody": packing.custody_files,
        "people": packing.people,
        "embargo_until": embargo_told(bundle),
        "withheld": withheld_told(bundle, found),
        "gone": lines.gone,
    }
    packing.bag.add_json("data/bundle.json", about)
    packing.bag.add_text("VERIFY.md", recipe(packing, about))
    packing.bag.add("vestige_verify.py", [VERIFIER.read_bytes()])


def embargo_told(bundle: Bundle) -> str:
    """Until when nothing of this may be made public; empty where the case is free."""
    until = bundle.case.embargoed_until
    return until.isoformat() if until else ""


def withheld_told(bundle: Bundle, found: Leaving) -> list[dict[str, str]]:
    """What stays and why; another agency learns of what it may not see no more than that."""
    if bundle.for_agency_id is None:
        return found.withheld
    return [{"what": "an exhibit or a file", "why": one["why"]} for one in found.withheld]


def file_told(sent: Sent) -> dict[str, Any]:
    """One file of evidence, as the verifier looks for it."""
    return {"path": sent.path, "sha256": sent.file.sha256, "position": sent.position}


def recipe(packing: Packing, about: dict[str, Any]) -> str:
    """VERIFY.md with the facts of this bundle in it."""
    stamped = packing.anchor.stamped_at if packing.anchor else None
    words = {
        "ref": about["case"],
        "bundle": about["bundle"],
        "made_at": f"{packing.at:%Y-%m-%d %H:%M:%S} UTC",
        "marking": about["handling"]["tlp"].upper(),
        "key": next(reversed(public_keys()), "none yet"),
        "window": f"here that is everything after {stamped:%Y-%m-%d %H:%M:%S} UTC."
        if stamped
        else "this bundle is not anchored yet, so that is all of it.",
        "left_out": f"{len(about['withheld'])} exhibits or files were withheld; `withheld` in "
        "`data/bundle.json` lists them with the reason. Entries about other things are not shown.",
    }
    text = RECIPE.read_text(encoding="utf-8")
    for name, said in words.items():
        text = text.replace("{" + name + "}", said)
    return text
