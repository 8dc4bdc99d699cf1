"""What was judged: confirmed comparisons, and findings that were released beyond the team."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from attribution.models import Citation, Dissent, Finding, Release
from attribution.models.vocabulary import TWO_PERSON_LEVEL, Audience, Level
from comparison.models import Agreement, Link
from core.markings import TLP_ORDER, Handling, joined
from exchange.content.gathering import Gathering, Leaf, may_leave
from exchange.content.scene import at
from exchange.formats.stix import objects
from exchange.formats.stix.words import Stix, said

OUTSIDE = (Audience.PARTNERS, Audience.PUBLIC)
"""Who reads what programs fetch; what is for the team or a court alone goes other ways."""

RELATIONS = {Level.DESIGN: "designed-by", Level.MANUFACTURE: "made-by", Level.SUPPLY: "supplied-by"}
"""What a finding says of its subject on the lower rungs, where it says nothing of any attack."""

LEVEL_WORDS = {
    Level.UNKNOWN: "not known",
    Level.WEAPON_TYPE: "weapon type",
    Level.DESIGN: "country or maker of the design",
    Level.MANUFACTURE: "country or maker of this unit",
    Level.SUPPLY: "supply chain or last legal holder",
    Level.OPERATOR: "operating unit or group",
    Level.DIRECTION: "directing organisation or state organ",
    Level.INDIVIDUALS: "named individuals",
}
"""In English, whoever exports: the same finding is the same object."""

GROUPS = ("armed-group", "network", "cell")
ORGANISATIONS = ("state", "state-organ", "company", "media-channel", "broker-procurement")


def released_beyond(gathering: Gathering) -> list[Release]:
    """The releases, to people outside of the team, of findings that still stand and may leave."""
    return [each for each in releases(gathering) if each.finding.is_released]


def releases(gathering: Gathering) -> list[Release]:
    """Every release to people outside of the team that may leave, oldest first."""
    rows = Release.objects.visible_to(gathering.reader).filter(
        case=gathering.case,
        audience__in=OUTSIDE,
        finding__status__in=[Finding.Status.RELEASED, Finding.Status.SUPERSEDED],
    )
    rows = rows.select_related("finding__subject__country", "submission").order_by("id")
    return [each for each in rows if lets_go(gathering, each)]


def lets_go(gathering: Gathering, release: Release) -> bool:
    """Whether a finding leaves under the marking it was released with."""
    subject = release.finding.subject
    parts = [release.own_handling, release.finding.own_handling, Handling(tlp=release.tlp)]
    return may_leave(
        joined([*parts, *([subject.own_handling] if subject else [])]), gathering.up_to
    )


def gather_comparisons(gathering: Gathering) -> Iterator[Leaf]:
    """The comparisons that a finding may rest on, both ends of which lie in this case and leave."""
    case = gathering.case
    rows = Link.objects.visible_to(gathering.reader).told_to(gathering.reader)
    rows = (
        rows.filter(case=case, other_case=case)
        .established()
        .select_related("case", "left", "right")
    )
    for row in gathering.free(rows, exhibits_of):
        ends = gathering.refs("x-weapon-component", [row.left_id, row.right_id])
        if len(ends) == len(row.ends):
            about = gathering.about(row)
            thing = objects.new_object("x-comparison", about, likeness(row, ends))
            yield from gathering.leaf(thing, row, exhibits_of(row))


def exhibits_of(link: Link) -> list[UUID]:
    """The exhibits at both ends."""
    return [end.item_id for end in link.ends]


def likeness(row: Link, ends: list[str]) -> dict[str, object]:
    """How alike they are; the figure to six digits."""
    agreeing = {str(told["feature"]) for told in row.rows if told["agreement"] == Agreement.AGREE}
    return {
        "component_refs": ends,
        "outcome": row.outcome,
        "strength": row.band,
        "likelihood_ratio": float(f"{row.ratio:.6g}") if row.ratio is not None else None,
        "log10_likelihood_ratio": rounded(row.log10_ratio),
        "agreeing_features": sorted(agreeing - {"category"}),
        "examiners": row.examiners,
        "parameters": row.parameters_version,
    }


def rounded(value: float | None) -> float | None:
    """To four decimals."""
    return None if value is None else round(value, 4)


def gather_findings(gathering: Gathering) -> Iterator[Leaf]:
    """Those whom findings are about, the findings, and what each says of its subject."""
    standing = released_beyond(gathering)
    yield from subjects(gathering, standing)
    for release in releases(gathering):
        thing, exhibits = conclusion(gathering, release)
        if not release.finding.is_released:
            thing = objects.taken_back(thing)
        yield from gathering.leaf(thing, release.finding, exhibits)
        if release in standing:
            yield from attribution(gathering, release, thing["id"])


def subjects(gathering: Gathering, standing: list[Release]) -> Iterator[Leaf]:
    """The actors that a finding names: as threat actors only where it says who used a weapon."""
    highest: dict[UUID, int] = defaultdict(int)
    actors = {}
    for release in standing:
        if subject := release.finding.subject:
            actors[subject.pk] = subject
            highest[subject.pk] = max(highest[subject.pk], release.finding.level)
    for key, actor in sorted(actors.items()):
        country = actor.country.code if actor.country else ""
        facts = {"actor_kind": actor.kind, "native_name": actor.native_name, "country": country}
        about = gathering.about(actor, tlp=strictest_of(standing, key))
        if highest[key] >= TWO_PERSON_LEVEL:
            thing = objects.threat_actor(about, name=actor.name, facts=facts)
        else:
            kind = class_of(actor.kind)
            thing = objects.identity(about, name=actor.name, identity_class=kind, facts=facts)
        yield from gathering.leaf(thing, actor)


def strictest_of(standing: list[Release], actor: UUID) -> str:
    """The marking of the strictest finding that names an actor."""
    told = [each.tlp for each in standing if each.finding.subject_id == actor]
    return max(told, key=TLP_ORDER.index)


def class_of(kind: str) -> str:
    """The word of STIX for a kind of actor."""
    if kind == "individual":
        return "individual"
    if kind in GROUPS:
        return "group"
    return "organization" if kind in ORGANISATIONS else "unknown"


def attribution(gathering: Gathering, release: Release, finding: str) -> Iterator[Leaf]:
    """What a standing finding says of its subject: who used the weapon only from L5 on."""
    key, level = release.finding.subject_id, release.finding.level
    who = gathering.ref("threat-actor", key) or gathering.ref("identity", key)
    if not who:
        return
    name = "attributed-to" if level >= TWO_PERSON_LEVEL else RELATIONS.get(Level(level), "concerns")
    about = gathering.about(release.finding, f"{name}/{release.finding_id}", tlp=release.tlp)
    relation = objects.relationship(about, name=name, source=finding, target=who)
    yield from gathering.leaf(relation, release.finding)


def conclusion(gathering: Gathering, release: Release) -> tuple[Stix, list[UUID]]:
    """A finding as it was released, with its dissent, and the exhibits that it rests on."""
    finding, neutral = release.finding, gathering.neutral
    cited = cited_by(gathering, release)
    facts = {
        "reference": finding.ref,
        "level": finding.level,
        "level_words": LEVEL_WORDS[Level(finding.level)],
        "likelihood": finding.likelihood,
        "likelihood_band": finding.likelihood_band,
        "analytic_confidence": finding.confidence,
        "state_link": finding.state_link,
        "subject_ref": subject_ref(gathering, release),
        "supporting_refs": evidence_refs(gathering, cited, Citation.Stance.SUPPORTS),
        "contrary_refs": evidence_refs(gathering, cited, Citation.Stance.CONTRARY),
        "evidence_left_out": left_out(gathering, cited),
        "dissents": dissents(gathering, finding),
        "released_at": at(release.decided_at),
        "released_to": release.audience,
        "conditions": neutral(release.conditions),
        "submission_sha256": release.submission.sha256,
        **{name: neutral(getattr(finding, name)) for name in PROSE},
    }
    about = gathering.about(finding, reference=finding.ref, tlp=release.tlp)
    thing = objects.new_object("x-attribution-finding", about, facts)
    told = [line.item_id for line in cited if line.item_id and ref_of(gathering, line)]
    return thing, told


PROSE = (
    *("statement", "confidence_basis", "key_assumptions", "alternatives_considered"),
    *("indicators_of_change", "limits", "no_contrary_reason"),
)


def subject_ref(gathering: Gathering, release: Release) -> str:
    """Whom it is about, as far as they leave."""
    key = release.finding.subject_id if release.finding.is_released else None
    return gathering.ref("threat-actor", key) or gathering.ref("identity", key)


def cited_by(gathering: Gathering, release: Release) -> list[Citation]:
    """What a finding cites."""
    rows = Citation.objects.visible_to(gathering.reader).filter(finding=release.finding)
    return list(rows.order_by("id"))


def ref_of(gathering: Gathering, line: Citation) -> str:
    """The object that stands for what is cited, if it leaves."""
    exhibit = gathering.ref("x-evidence-item", line.item_id)
    return exhibit or gathering.ref("x-comparison", line.link_id)


def evidence_refs(gathering: Gathering, cited: list[Citation], stance: str) -> list[str]:
    """What points one way, as far as it leaves."""
    found = (ref_of(gathering, line) for line in cited if line.stance == stance)
    return sorted(filter(None, found))


def left_out(gathering: Gathering, cited: list[Citation]) -> int:
    """How much of what is cited does not leave: sources, and what a label or caveat keeps."""
    return sum(1 for line in cited if not ref_of(gathering, line))


def dissents(gathering: Gathering, finding: Finding) -> list[Stix]:
    """Minority views, each with its own likelihood and confidence; who signed stands in reports."""
    rows = Dissent.objects.visible_to(gathering.reader).filter(finding=finding)
    return [
        said(
            {
                "view": gathering.neutral(view.text),
                "likelihood": view.likelihood,
                "analytic_confidence": view.confidence,
            }
        )
        for view in gathering.free(rows)
    ]
