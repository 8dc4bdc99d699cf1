"""Letting a case out as an event of MISP, under the same gates as STIX."""

import tempfile
from collections.abc import Iterator
from typing import IO

from django.db import transaction

from accounts.models import User
from core.markings import PAP_ORDER
from exchange.content.asked import accepted_parts
from exchange.content.files import gather_files
from exchange.content.followed import gather_sanctions
from exchange.content.gathering import Gathering
from exchange.content.whole import case_alone, our_leaves
from exchange.formats.misp.event import About, Story, pieces
from exchange.formats.misp.words import MEDIA_TYPE, Misp, uuid_of
from exchange.formats.stix.extensions import author
from exchange.services.stix import IN_MEMORY, Exported, Shared, begin, in_line, poured
from investigations.models import Case
from ledger.services import record


@transaction.atomic
def export_event(case: Case, *, by: User, up_to: str, leave_out: bool = False) -> Exported:
    """Write the case into an event of MISP to take away; its digest stands in the ledger.

    The event is not published: whoever loads it decides how far it goes from there.
    """
    case, gathering = begin(case, by, up_to, leave_out=leave_out)
    held: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    told = write_event(gathering, held)
    record(by, "exchange.misp_exported", case, format="misp", up_to=up_to, **in_line(told))
    held.seek(0)
    return Exported(held, f"{case.ref}-misp.json", told, MEDIA_TYPE)


def write_event(gathering: Gathering, held: IO[bytes]) -> Shared:
    """Write the objects aside, then the event with its colour and their references."""
    story = Story()
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as aside:
        pap = tell(gathering, story, aside)
        aside.seek(0)
        head = head_of(gathering, story, pap)
        lines = (story.complete(line.decode().rstrip("\n")) for line in aside)
        sha256, size = poured(pieces(head, lines), held)
    return Shared(sha256, size, len(story.told), gathering.withheld)


def tell(gathering: Gathering, story: Story, aside: IO[bytes]) -> str:
    """Write every object on a line of its own; the strictest PAP of what they are drawn from."""
    pap = gathering.case.handling.pap
    for leaf in our_leaves(gathering, gather_files, gather_sanctions):
        for line in story.take(leaf.thing):
            aside.write(f"{line}\n".encode())
            if leaf.source is not None:
                pap = max(pap, leaf.source.own_handling.pap, key=PAP_ORDER.index)
    for line in theirs(gathering, story):
        aside.write(f"{line}\n".encode())
    return pap


def theirs(gathering: Gathering, story: Story) -> Iterator[str]:
    """The objects of others that became incidents, which ours are derived from."""
    for thing, own, tlp in accepted_parts(gathering):
        yield from story.take_theirs(thing, uuid_of(own), tlp)


def head_of(gathering: Gathering, story: Story, pap: str) -> Misp:
    """The event itself, under the public title of the case."""
    case, whole, agency = gathering.case, case_alone(gathering), gathering.case.lead.agency
    about = About(
        uuid=uuid_of(whole["id"]),
        info=whole.get("name") or case.ref,
        status=case.status,
        opened=case.created_at,
        by_uuid=uuid_of(gathering.author),
        by_name=agency.name if agency else author()["name"],
    )
    return story.head(about, tlp=case.handling.tlp, pap=pap)
