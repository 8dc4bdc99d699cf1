"""Letting a case out as STIX: as a file by hand, or on offer for programs to fetch by TAXII."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import Door, Item
from evidence.services import require_free
from evidence.services.caveat import caveats_over
from exchange.content.gathering import Gathering, may_leave
from exchange.content.whole import gathering_of, leaves
from exchange.formats.stix.bundle import pieces
from exchange.formats.stix.words import MEDIA_TYPE
from exchange.services.stix_offer import put_on_offer, take_off_offer
from exchange.services.stix_version import Written, versions_of
from investigations.models import Case, Duty
from investigations.services import Outlet, require_no_embargo
from ledger.services import record

IN_MEMORY = 4 * 1024 * 1024  # bytes; a longer bundle is written to disk


@dataclass(frozen=True)
class Shared:
    """What left: how many objects, how many records stayed, and the digest of the bundle.

    `fresh` and `gone` count what was put on offer anew and what was taken off it.
    """

    sha256: str
    size: int
    objects: int
    withheld: int
    fresh: int = 0
    gone: int = 0


@dataclass(frozen=True)
class Exported:
    """A bundle to be sent: the file, open at its beginning, and what is in it."""

    held: IO[bytes]
    name: str
    told: Shared
    media_type: str = MEDIA_TYPE


@transaction.atomic
def export_case(case: Case, *, by: User, up_to: str, leave_out: bool = False) -> Exported:
    """Write the case into a bundle to take away; its digest stands in the ledger.

    What a caveat keeps here never leaves: with `leave_out` it is left out, without it everything
    is refused.
    """
    case, gathering = begin(case, by, up_to, leave_out=leave_out)
    held: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    told = write_bundle(gathering, held, [])
    record(by, "exchange.stix_exported", case, up_to=up_to, **in_line(told))
    held.seek(0)
    return Exported(held, f"{case.ref}-stix.json", told)


@transaction.atomic
def offer_case(case: Case, *, by: User, up_to: str, leave_out: bool = False) -> Shared:
    """Put the case on offer as it is now, in place of what was on offer before.

    Each sharing group is offered what its people may read: also what some agencies alone may have.
    """
    case, gathering = begin(case, by, up_to, leave_out=leave_out, for_groups=True)
    keys: list[UUID] = []
    told = write_bundle(gathering, None, keys)
    fresh, gone = put_on_offer(case, keys), take_off_offer(case, keys)
    told = Shared(told.sha256, told.size, told.objects, told.withheld, fresh, gone)
    record(
        by,
        "exchange.stix_offered",
        case,
        up_to=up_to,
        fresh=fresh,
        gone=gone,
        **in_line(told),
    )
    return told


@transaction.atomic
def withdraw_offer(case: Case, *, by: User) -> int:
    """Take everything off the offer: programs find an empty collection. How many objects went."""
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.CERTIFY)
    gone = take_off_offer(case, [])
    if not gone:
        raise Refused(_("Nothing of this case is on offer."))
    record(by, "exchange.stix_offer_withdrawn", case, gone=gone)
    return gone


def begin(
    case: Case, by: User, up_to: str, *, leave_out: bool, for_groups: bool = False
) -> tuple[Case, Gathering]:
    """The case, nobody else's until the deed is done, and a reading of it for this person."""
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.CERTIFY)
    require_open(case, up_to, to_groups=for_groups)
    if not leave_out:
        require_free(Door.PROGRAM, Item.objects.visible_to(by).filter(case=case))
    bound = set(caveats_over([case.pk], Door.PROGRAM))
    return case, gathering_of(case, by, up_to=up_to, bound=bound, for_groups=for_groups)


def require_open(case: Case, up_to: str, *, to_groups: bool = False) -> None:
    """Refuse while the case itself is marked so that STIX could not say it, or is embargoed."""
    if not may_leave(case.handling, up_to, to_groups=to_groups):
        raise Refused(
            _(
                "The case itself is marked %(marking)s, or stands under a clearance, a "
                "compartment or a list of agencies: nothing of it leaves so."
            )
            % {"marking": case.handling}
        )
    require_no_embargo(case, Outlet.PROGRAM)


def write_bundle(gathering: Gathering, held: IO[bytes] | None, keys: list[UUID]) -> Shared:
    """Write the bundle piece by piece, and note the keys of the versions that are in it.

    What is only put on offer is written nowhere, and has the same digest.
    """
    versions = versions_of(gathering.case, leaves(gathering))
    sha256, size = poured(pieces(noted(versions, keys)), held)
    return Shared(sha256, size, len(keys), gathering.withheld)


def poured(written: Iterable[bytes], held: IO[bytes] | None) -> tuple[str, int]:
    """The digest and the size of what is written, into a file where there is one."""
    digest, size = hashlib.sha256(), 0
    for piece in written:
        if held is not None:
            held.write(piece)
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def noted(versions: Iterator[Written], keys: list[UUID]) -> Iterator[str]:
    """The bodies, while their keys are noted."""
    for version in versions:
        keys.append(version.key)
        yield version.body


def in_line(told: Shared) -> dict[str, Any]:
    """What the line in the ledger says of a bundle."""
    return {
        "sha256": told.sha256,
        "size": told.size,
        "objects": told.objects,
        "withheld": told.withheld,
    }
