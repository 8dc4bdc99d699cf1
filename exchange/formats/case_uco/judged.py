"""What was judged, asked and done in consequence, as nodes."""

from collections.abc import Iterator

from exchange.formats.case_uco.words import (
    Node,
    dated,
    head,
    named,
    node,
    node_id,
    own_words,
    part_id,
    pointed,
)
from exchange.formats.stix.words import Stix

LIMITS = "It says nothing of who used either weapon."
FINAL = "Final"
DONE, ONGOING, PENDING = "Complete/Finish", "Ongoing", "Pending"
CLOSED = ("fulfilled", "declined", "expired")


def comparison(thing: Stix) -> Iterator[Node]:
    """How alike two parts are: an analysis of both, and what it came to."""
    said = part_id("Assertion", thing["id"])
    outcome, strength = thing.get("outcome", ""), thing.get("strength", "")
    statement = f"Two components were compared: {outcome} ({strength}). {LIMITS}"
    yield {**head(thing), **node("uco-core:Assertion", said, uco_core__statement=statement)}
    yield {
        **head(thing),
        **node(
            "uco-analysis:Analysis",
            node_id(thing["id"]),
            uco_action__object=[pointed(each) for each in thing["component_refs"]],
            uco_action__result=[named(said)],
        ),
        **own_words("x-comparison", thing, without=("component_refs",)),
    }


def finding(thing: Stix) -> Iterator[Node]:
    """A released finding; one that was superseded is deprecated."""
    yield {
        "uco-core:objectStatus": FINAL,
        **head(thing),
        **node(
            "uco-core:Assertion",
            node_id(thing["id"]),
            uco_core__name=thing.get("reference"),
            uco_core__statement=thing.get("statement"),
        ),
        **own_words("x-attribution-finding", thing, without=("reference", "statement")),
    }


def trace(thing: Stix) -> Iterator[Node]:
    """A question that was asked about components."""
    yield {
        **head(thing),
        **node(
            "case-investigation:InvestigativeAction",
            node_id(thing["id"]),
            uco_core__name="trace request",
            uco_core__description=thing.get("question"),
            uco_action__actionStatus=DONE if thing.get("closed_at") else ONGOING,
            uco_action__startTime=dated(thing.get("sent_at")),
            uco_action__endTime=dated(thing.get("closed_at")),
            uco_action__performer=pointed(thing["created_by_ref"]),
            uco_action__object=[pointed(each) for each in thing["component_refs"]],
        ),
        **own_words("x-trace-request", thing, without=("question", "sent_at", "closed_at")),
    }


def need(thing: Stix) -> Iterator[Node]:
    """Something that the investigation needs of others: an action that is still to come."""
    yield {
        **head(thing),
        **node(
            "case-investigation:InvestigativeAction",
            node_id(thing["id"]),
            uco_core__name=thing.get("capability"),
            uco_core__description=thing.get("need"),
            uco_action__actionStatus=DONE if thing.get("need_status") in CLOSED else PENDING,
        ),
        **own_words("x-assistance", thing, without=("capability", "need")),
    }


def sanction(thing: Stix) -> Iterator[Node]:
    """A designation that rests on a released finding: an action of the authority named in it."""
    told = ("authority", "programme", "status", "start_date", "end_date", "legal_refs", "urls")
    ends = {"finding_ref": "relies_on", "target_ref": "target"}
    yield {
        **head(thing),
        **node(
            "uco-action:Action",
            node_id(thing["id"]),
            uco_core__name=thing.get("kind"),
            uco_core__description=thing.get("reason"),
        ),
        **{f"vestige:{name}": thing[name] for name in (*told, "reference") if thing.get(name)},
        **{f"vestige:{word}": pointed(thing[name]) for name, word in ends.items() if name in thing},
    }


def relationship(thing: Stix) -> Iterator[Node]:
    """That one node stands in a relation to another."""
    yield {
        **head(thing),
        **node(
            "uco-core:Relationship",
            node_id(thing["id"]),
            uco_core__source=pointed(thing["source_ref"]),
            uco_core__target=pointed(thing["target_ref"]),
            uco_core__kindOfRelationship=thing["relationship_type"],
        ),
        "uco-core:isDirectional": True,
    }
