"""A whole case as objects of STIX, in one order: what is pointed at before what points at it.

Other formats are drawn from the very same objects, so that the same things stay.
"""

from collections.abc import Callable, Collection, Iterator
from uuid import UUID

from accounts.models import User
from core.markings import TLP_ORDER
from exchange.content.asked import gather_accepted, gather_case, gather_needs, gather_traces
from exchange.content.gathering import Gathering, Leaf
from exchange.content.judged import gather_comparisons, gather_findings, released_beyond
from exchange.content.scene import gather_scene
from exchange.content.things import gather_things
from exchange.formats.stix import objects
from exchange.formats.stix.extensions import EXTENSIONS, author
from exchange.formats.stix.markings import TLP_IDS, marking_definition
from exchange.formats.stix.words import Stix
from exchange.models import ArrivedObject
from investigations.models import Case

PARTS: list[Callable[[Gathering], Iterator[Leaf]]] = [
    gather_scene,
    gather_things,
    gather_comparisons,
    gather_findings,
    gather_traces,
    gather_needs,
    gather_accepted,
    gather_case,
]


def gathering_of(
    case: Case, reader: User, *, up_to: str, bound: Collection[UUID], for_groups: bool = False
) -> Gathering:
    """A reading of the case; whom its findings name is known before anything else is read."""
    gathering = Gathering(case, reader, up_to, bound, for_groups=for_groups)
    told = [release.finding for release in released_beyond(gathering)]
    gathering.concluded = {finding.subject_id for finding in told if finding.subject_id}
    gathering.told = [text for finding in told for text in finding.prose]
    return gathering


def leaves(gathering: Gathering) -> Iterator[Leaf]:
    """Everything that leaves: what the objects need to be understood, then the case."""
    yield from definitions(gathering)
    for part in PARTS:
        yield from part(gathering)


def our_leaves(
    gathering: Gathering, *more: Callable[[Gathering], Iterator[Leaf]]
) -> Iterator[Leaf]:
    """What is ours of everything that leaves, and what else a format has words for.

    Objects of others are theirs to say, in the format that they chose; the case itself holds what
    was told before it, which only the format knows.
    """
    for leaf in leaves(gathering):
        if not is_of_others(leaf) and leaf.thing["type"] != "grouping":
            yield leaf
    for part in more:
        yield from part(gathering)


def is_of_others(leaf: Leaf) -> bool:
    """True for an object that came from elsewhere and leaves as it came."""
    return isinstance(leaf.source, ArrivedObject) and leaf.thing["id"] == leaf.source.stix_id


def case_alone(gathering: Gathering) -> Stix:
    """The case without what it holds."""
    about = gathering.about(gathering.case, reference="")
    return objects.built(
        "grouping", about, {"name": gathering.neutral(gathering.case.public_title)}
    )


def definitions(gathering: Gathering) -> Iterator[Leaf]:
    """The program, its extensions, the markings that can occur, and the agency of the case."""
    yield from gathering.leaf(author())
    for extension in EXTENSIONS:
        yield from gathering.leaf(extension.definition())
    for tlp in list(TLP_IDS)[: TLP_ORDER.index(gathering.up_to) + 1]:
        yield from gathering.leaf(marking_definition(tlp))
    if agency := gathering.case.lead.agency:
        about = gathering.about(agency)
        thing = objects.identity(about, name=agency.name, identity_class="organization", facts={})
        yield from gathering.leaf(thing)
