"""What was judged, in the words of MISP: comparisons, findings, whom they name, and measures."""

from collections.abc import Iterator

from exchange.formats.misp.objects import Head, Known, Value, misp_object, remarks
from exchange.formats.misp.words import Misp, predicate
from exchange.formats.stix.extensions import AUTHOR, extension_id
from exchange.formats.stix.words import Stix

LIMITS = "It says nothing of who used either weapon."
PROSE = (
    *("confidence_basis", "key_assumptions", "alternatives_considered", "indicators_of_change"),
    *("limits", "no_contrary_reason", "conditions"),
)
FINDING_REMARKS = (
    *("reference", "level", "level_words", "likelihood", "likelihood_band"),
    *("analytic_confidence", "state_link", "evidence_left_out", "released_at", "released_to"),
    "submission_sha256",
)
COMPARISON_REMARKS = (
    *("outcome", "strength", "likelihood_ratio", "log10_likelihood_ratio"),
    *("agreeing_features", "examiners", "parameters"),
)
TRACE_REMARKS = (
    *("reference", "recipient_kind", "recipient", "channel", "trace_status", "sent_at", "due"),
    "closed_at",
)
DOTTED = {
    "state-prohibited": "state-prohibited.",
    "state-prohibited-but-inadequate": "state-prohibited-but-inadequate.",
}
"""Two words that the taxonomy of MISP writes with a full stop; a tag is known by its exact name."""

OUTCOMES = {"fulfilled": "successful", "declined": "cancelled", "expired": "cancelled"}


def comparison(thing: Stix, _known: Known) -> Iterator[Misp]:
    """How alike two parts are, as an annotation of both."""
    strength, outcome = thing.get("strength", ""), thing.get("outcome", "")
    said = f"Two components were compared: {outcome} ({strength}). {LIMITS}"
    yield misp_object(
        "annotation",
        Head.of(thing),
        [Value("text", said, comment="x-comparison"), Value("type", "Annotation")],
        comment=remarks(thing, COMPARISON_REMARKS),
    )


def finding(thing: Stix, _known: Known) -> Iterator[Misp]:
    """A released finding with its dissent; likelihood and confidence are two tags."""
    likelihood, confidence = thing.get("likelihood"), thing.get("analytic_confidence")
    tags: tuple[str, ...] = (
        predicate("estimative-language", "likelihood-probability", likelihood),
        predicate("estimative-language", "confidence-in-analytic-judgment", confidence),
    )
    if link := str(thing.get("state_link", "")):
        tags += (f"state-responsibility:{DOTTED.get(link, link)}",)
    yield misp_object(
        "annotation",
        Head.of(thing),
        [
            Value("text", "\n\n".join(paragraphs(thing)), comment="finding", tags=tags),
            Value("type", "Conclusion"),
        ],
        comment=remarks(thing, FINDING_REMARKS),
    )


def paragraphs(thing: Stix) -> Iterator[str]:
    """The statement, what it rests on, and whoever sees it otherwise."""
    yield str(thing.get("statement", ""))
    for name in PROSE:
        if thing.get(name):
            yield f"{name.replace('_', ' ').capitalize()}: {thing[name]}"
    for view in thing.get("dissents", []):
        grades = remarks(view, ("likelihood", "analytic_confidence"))
        yield f"Dissent ({grades}): {view.get('view', '')}"


def subject(thing: Stix, _known: Known) -> Iterator[Misp]:
    """Somebody whom a released finding is about; agencies and programs are no objects here."""
    facts = thing.get("extensions", {}).get(extension_id("vestige-actor"))
    if not facts or thing["id"] == AUTHOR:
        return
    comment = remarks(facts, ("actor_kind", "country"))
    native = Value("alias", facts.get("native_name"), comment="native_name")
    if facts.get("actor_kind") == "individual":
        values = [Value("full-name", thing.get("name")), native]
        yield misp_object("person", Head.of(thing), values, comment=comment)
    else:
        kind = Value("type-of-organization", facts.get("actor_kind"))
        values = [Value("name", thing.get("name")), native, kind]
        yield misp_object("organization", Head.of(thing), values, comment=comment)


def sanction(thing: Stix, _known: Known) -> Iterator[Misp]:
    """A designation that rests on a released finding, as its steps tell."""
    yield misp_object(
        "ftm-Sanction",
        Head.of(thing),
        [
            Value("authority", thing.get("authority")),
            Value("program", thing.get("programme")),
            Value("status", thing.get("status")),
            Value("startDate", thing.get("start_date")),
            Value("endDate", thing.get("end_date")),
            Value("reason", thing.get("reason")),
            *(Value("recordId", each) for each in thing.get("legal_refs", [])),
            *(Value("sourceUrl", each) for each in thing.get("urls", [])),
        ],
        comment=remarks(thing, ("reference",)),
    )


def trace(thing: Stix, _known: Known) -> Iterator[Misp]:
    """A question that was asked about components, as an annotation of them."""
    said = thing.get("question") or "Trace request"
    yield misp_object(
        "annotation",
        Head.of(thing),
        [Value("text", said, comment="x-trace-request"), Value("type", "Annotation")],
        comment=remarks(thing, TRACE_REMARKS),
    )


def need(thing: Stix, _known: Known) -> Iterator[Misp]:
    """Something that the investigation needs of others, as a task."""
    state = str(thing.get("need_status"))
    yield misp_object(
        "task",
        Head.of(thing),
        [
            Value("name", thing.get("capability")),
            Value("description", thing.get("need")),
            Value("outcome", OUTCOMES.get(state, "pending")),
            Value("task_type", "external-support"),
        ],
        comment=remarks(thing, ("reference", "need_status", "urgency", "needed_by")),
    )
