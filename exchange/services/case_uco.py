"""Letting a case out as a graph of CASE/UCO, under the same gates as STIX."""

import tempfile
from collections.abc import Iterator
from typing import IO

from django.db import transaction

from accounts.models import User
from exchange.content.files import gather_files
from exchange.content.followed import gather_sanctions
from exchange.content.gathering import Gathering
from exchange.content.whole import case_alone, our_leaves
from exchange.formats.case_uco.graph import About, Account, pieces
from exchange.formats.case_uco.words import MEDIA_TYPE
from exchange.services.stix import IN_MEMORY, Exported, Shared, begin, in_line, poured
from investigations.models import Case
from ledger.services import record


@transaction.atomic
def export_graph(case: Case, *, by: User, up_to: str, leave_out: bool = False) -> Exported:
    """Write the case into a graph of CASE/UCO to take away; its digest stands in the ledger."""
    case, gathering = begin(case, by, up_to, leave_out=leave_out)
    held: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    account = Account()
    sha256, size = poured(pieces(nodes(gathering, account)), held)
    told = Shared(sha256, size, account.count, gathering.withheld)
    record(by, "exchange.case_uco_exported", case, format="case-uco", up_to=up_to, **in_line(told))
    held.seek(0)
    return Exported(held, f"{case.ref}-case-uco.jsonld", told, MEDIA_TYPE)


def nodes(gathering: Gathering, account: Account) -> Iterator[str]:
    """Every node as it is written; the investigation, which holds them all, at the end."""
    for leaf in our_leaves(gathering, gather_files, gather_sanctions):
        yield from account.take(leaf.thing)
    case = gathering.case
    yield account.close(case_alone(gathering), About(case.status, case.created_at))
