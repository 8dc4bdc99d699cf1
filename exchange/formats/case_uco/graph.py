"""A graph on its way out: the objects of a case as nodes, and the investigation of them all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from exchange.formats.case_uco import judged, scene, things
from exchange.formats.case_uco.things import Known
from exchange.formats.case_uco.words import (
    CONTEXT,
    Node,
    dated,
    head,
    named,
    node,
    node_id,
    written,
)
from exchange.formats.stix.words import Stix, kind_of, moment

PLAIN: Mapping[str, Callable[[Stix], Iterator[Node]]] = {
    "marking-definition": scene.marking,
    "identity": scene.identity,
    "threat-actor": scene.identity,
    "incident": scene.attack,
    "location": scene.place,
    "x-comparison": judged.comparison,
    "x-attribution-finding": judged.finding,
    "x-trace-request": judged.trace,
    "x-assistance": judged.need,
    "x-sanction": judged.sanction,
}
LINKED: Mapping[str, Callable[[Stix, Known], Iterator[Node]]] = {
    "x-evidence-item": things.exhibit,
    "x-weapon-component": things.component,
    "x-weapon-system": things.weapon,
    "x-custody-event": things.custody,
    "x-file": things.file,
}
"""What becomes nodes; the second kind needs what was told before."""

OUTSIDE = ("marking-definition", "identity", "relationship")
"""What the investigation does not list: it is not about them."""

FORM = "case"


@dataclass(frozen=True)
class About:
    """What a graph says of the case apart from what it holds."""

    status: str
    opened: datetime


@dataclass
class Account:
    """What has been told so far: the objects that became nodes, and what later ones need."""

    known: Known = field(default_factory=Known)
    told: set[str] = field(default_factory=set)
    members: list[str] = field(default_factory=list)
    count: int = 0

    def take(self, thing: Stix) -> Iterator[str]:
        """The nodes that one of our objects becomes, as they are written."""
        for made in self.nodes_of(thing):
            self.told.add(thing["id"])
            self.count += 1
            yield written(made)
        if thing["id"] in self.told and thing["type"] not in OUTSIDE:
            self.members.append(node_id(thing["id"]))
            if thing["type"] == "x-evidence-item":
                self.members.append(things.record_id(thing["id"]))

    def nodes_of(self, thing: Stix) -> Iterator[Node]:
        """The nodes, by the type of the object."""
        kind = thing["type"]
        if kind in PLAIN:
            yield from PLAIN[kind](thing)
        elif kind in LINKED:
            yield from LINKED[kind](thing, self.known)
        elif kind == "relationship" and {thing["source_ref"], thing["target_ref"]} <= self.told:
            self.note_place(thing)
            yield from judged.relationship(thing)

    def note_place(self, relation: Stix) -> None:
        """Where an exhibit was found is where it was collected."""
        if relation["relationship_type"] == "located-at":
            source, target = relation["source_ref"], relation["target_ref"]
            if kind_of(source) == "x-evidence-item":
                self.known.places[source] = target

    def close(self, case: Stix, about: About) -> str:
        """The case as an investigation, which holds everything that was told before it."""
        self.count += 1
        return written(
            {
                **head(case),
                **node(
                    "case-investigation:Investigation",
                    node_id(case["id"]),
                    uco_core__name=case.get("name"),
                    uco_core__object=[named(member) for member in sorted(self.members)],
                    uco_core__startTime=dated(moment(about.opened)),
                    case_investigation__investigationForm=FORM,
                    case_investigation__investigationStatus=about.status,
                ),
            }
        )


def pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a graph; its nodes are written down already."""
    parted = b""
    yield f'{{"@context":{written(CONTEXT)},"@graph":[\n'.encode()
    for line in lines:
        yield parted + line.encode()
        parted = b",\n"
    yield b"\n]}\n"
