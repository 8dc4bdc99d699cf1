"""One event of MISP on its way out: the objects of a case, their references, and its head."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from exchange.formats.misp import judged, scene, things
from exchange.formats.misp.objects import Known, reference
from exchange.formats.misp.references import between, pointing_at
from exchange.formats.misp.words import (
    DISTRIBUTION,
    PAP,
    TLP,
    Misp,
    colour_of,
    day_of,
    epoch,
    tag,
    uuid_of,
    written,
)
from exchange.formats.stix.extensions import extension_id
from exchange.formats.stix.markings import STRICTNESS
from exchange.formats.stix.words import Stix, read_moment

UNDEFINED = "4"
"""The threat level of an event on which nobody has set one: we grade sources, not threats."""

DERIVED = "derived-from"
INITIAL, ONGOING, COMPLETE = "0", "1", "2"
ANALYSIS = {"intake": INITIAL, "finding-released": COMPLETE, "closed": COMPLETE}
"""How far the analysis has come, by the status of the case; otherwise it is under way."""

MAPPED: Mapping[str, Callable[[Stix, Known], Iterator[Misp]]] = {
    "incident": scene.attack,
    "location": scene.place,
    "x-evidence-item": things.exhibit,
    "x-weapon-component": things.component,
    "x-weapon-system": things.weapon,
    "x-file": things.file,
    "x-comparison": judged.comparison,
    "x-attribution-finding": judged.finding,
    "identity": judged.subject,
    "threat-actor": judged.subject,
    "x-sanction": judged.sanction,
    "x-trace-request": judged.trace,
    "x-assistance": judged.need,
}
"""What becomes an object; custody, markings and definitions have no template."""


@dataclass(frozen=True)
class About:
    """What an event says of the case: `by_uuid` and `by_name` are the agency that says so."""

    uuid: str
    info: str
    status: str
    opened: datetime
    by_uuid: str
    by_name: str


@dataclass
class Story:
    """What has been told so far of a case: which objects, how marked, what points at what."""

    known: Known = field(default_factory=Known)
    told: set[str] = field(default_factory=set)
    references: dict[str, list[Misp]] = field(default_factory=lambda: defaultdict(list))
    tlp: str = STRICTNESS[0]
    latest: int = 0
    first: datetime | None = None

    def take(self, thing: Stix) -> Iterator[str]:
        """The objects that one of ours becomes, as they are written without their references."""
        if thing["type"] == "marking-definition":
            return
        if thing["type"] == "relationship":
            self.refer(thing, between(thing))
            return
        make = MAPPED.get(thing["type"])
        found: Iterable[Misp] = make(thing, self.known) if make else ()
        for made in found:
            self.told.add(made["uuid"])
            self.note(thing)
            yield written(made)
        if uuid_of(thing["id"]) in self.told:
            self.refer(thing, pointing_at(thing))

    def take_theirs(self, thing: Misp, own: str, tlp: str) -> Iterator[str]:
        """An object of others exactly as it came, unless it is in the event; ours is from theirs.

        The event bears its colour too, since its attributes may bear none of their own.
        """
        if thing["uuid"] not in self.told:
            self.told.add(thing["uuid"])
            self.tlp = max(self.tlp, tlp, key=STRICTNESS.index)
            yield written(thing)
            stamp, theirs = str(self.latest), thing["uuid"]
            made = reference(own, theirs, DERIVED, comment=DERIVED, timestamp=stamp)
            self.references[own].append(made)

    def note(self, thing: Stix) -> None:
        """The colour, the newest change and the earliest attack, which the event bears."""
        self.tlp = max(self.tlp, colour_of(thing), key=STRICTNESS.index)
        self.latest = max(self.latest, int(epoch(thing.get("modified"))))
        facts = thing.get("extensions", {}).get(extension_id("vestige-incident"), {})
        if begun := read_moment(facts.get("occurred_from")):
            self.first = min(self.first or begun, begun)

    def refer(self, thing: Stix, found: Iterable[tuple[str, str, str, str]]) -> None:
        """Note what points at what; whether both ends leave shows at the end."""
        stamp = epoch(thing.get("modified"))
        for source, target, verb, comment in found:
            told = reference(source, target, verb, comment=comment, timestamp=stamp)
            if told not in self.references[source]:
                self.references[source].append(told)

    def complete(self, line: str) -> str:
        """An object with its references to those that are in the event."""
        thing = json.loads(line)
        mine = self.references.get(thing["uuid"], [])
        mine = [each for each in mine if each["referenced_uuid"] in self.told]
        if not mine:
            return line
        return written({**thing, "ObjectReference": [*thing["ObjectReference"], *mine]})

    def head(self, about: About, *, tlp: str, pap: str) -> Misp:
        """The event without its objects; the case's own colour counts for it as well."""
        colour = max(self.tlp, tlp, key=STRICTNESS.index)
        return {
            "uuid": about.uuid,
            "info": about.info,
            "date": day_of(self.first or about.opened),
            "timestamp": str(max(self.latest, int(about.opened.timestamp()))),
            "threat_level_id": UNDEFINED,
            "analysis": ANALYSIS.get(about.status, ONGOING),
            "published": False,
            "publish_timestamp": "0",
            "distribution": DISTRIBUTION[colour],
            "Orgc": {"uuid": about.by_uuid, "name": about.by_name},
            "Tag": [tag(TLP + colour), tag(PAP + pap.upper())],
            "Attribute": [],
        }


def pieces(head: Misp, lines: Iterable[str]) -> Iterator[bytes]:
    """The bytes of an event; its objects are written down already."""
    parted = b""
    yield f'{{"Event":{written(head)[:-1]},"Object":[\n'.encode()
    for line in lines:
        yield parted + line.encode()
        parted = b",\n"
    yield b"\n]}}\n"
