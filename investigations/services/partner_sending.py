"""What partners are sent: the records that their lists, feeds, exports and files were made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, User
from core.identity import first_uuid7_of
from core.scope import system_scope
from core.shown import Shown
from investigations.models import CaseRecord, Membership
from investigations.models.partner_door import PartnerDoor
from ledger.models import Entry
from ledger.services import record_many

SENT = "investigations.sent_to_partner"
SENT_TO_AGENCY = "investigations.sent_to_agency"
PACKED_FOR_AGENCY = "investigations.packed_for_agency"
GATHERED_FOR = timedelta(hours=1)
AT_MOST = 1000
"""So many records are named in one line; what is more stands in the next."""

Named = tuple[str, UUID]


@transaction.atomic
def note_sent_to_partner(
    rows: Iterable[Shown], *, by: User, places: Mapping[UUID, Membership], door: str, page: str
) -> None:
    """Write down which records an answer to one of a partner agency's people was made of.

    One line about their place in each case for each thousand records, written before the answer
    leaves: it says that they were sent, not that they were read. What a line of the last hour
    names, of the same person, door and page, is not named again; `count` tells how many there were
    all the same. A small picture of what any line of that hour names leaves none of its own.
    """
    sent: dict[UUID, set[Named]] = defaultdict(set)
    for row in rows:
        sent[row.case].update(row.records)
    told = told_lately(by, sent, door, page) if sent else {}
    for key in sorted(sent):
        fresh = sorted(sent[key] - told.get(key, set()), key=str)
        about = {"agency": str(by.agency_id or ""), "door": door, "page": page}
        deeds = lines_naming(places[key], fresh, about, count=len(sent[key]))
        if deeds:
            record_many(by, SENT, deeds, log=key)


@transaction.atomic
def note_sent_to_agency(
    subject: CaseRecord, agency: Agency, *, act: str, door: str, records: Collection[Named]
) -> None:
    """Write down what went to a partner agency, or was packed for it, and no person fetched."""
    about = {"agency": str(agency.pk), "door": door, "page": ""}
    deeds = lines_naming(subject, sorted(records, key=str), about, count=len(records))
    record_many(None, act, deeds, log=subject.ledger_log)


def named(rows: Iterable[CaseRecord]) -> set[Named]:
    """Records as lines name them: by kind and key."""
    return {(row._meta.label_lower, row.pk) for row in rows}


def lines_naming(
    subject: Membership | CaseRecord,
    records: Sequence[Named],
    about: Mapping[str, Any],
    *,
    count: int,
) -> list[tuple[Any, Mapping[str, Any]]]:
    """What the lines say: each names a thousand records at most, and how many there were in all."""
    parts = (records[start : start + AT_MOST] for start in range(0, len(records), AT_MOST))
    return [
        (subject, {**about, "count": count, "named": len(some), "records": by_kind(some)})
        for some in parts
    ]


def by_kind(records: Iterable[Named]) -> dict[str, list[str]]:
    """The keys of records, under the kind of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, key in records:
        found[kind].append(str(key))
    return dict(found)


def told_lately(by: User, cases: Collection[UUID], door: str, page: str) -> dict[UUID, set[Named]]:
    """What the lines of the last hour say this person was sent so; partners read no ledger."""
    lately, here = timezone.now() - GATHERED_FOR, (door, page)
    found: dict[UUID, set[Named]] = defaultdict(set)
    with system_scope("what a partner was sent is told once an hour"):
        # Keys of lines are drawn in the order of time, so that none before is looked at.
        lines = Entry.objects.filter(pk__gte=first_uuid7_of(lately), at__gt=lately)
        for line in lines.filter(log__in=cases, actor=by, act=SENT):
            if door == PartnerDoor.PICTURE or (line.facts["door"], line.facts["page"]) == here:
                found[line.log].update(named_in(line))
    return found


def named_in(line: Entry) -> Iterator[Named]:
    """The records that a line names."""
    for kind, keys in line.facts.get("records", {}).items():
        for key in keys:
            yield kind, UUID(key)
