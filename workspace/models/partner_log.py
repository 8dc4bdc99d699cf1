"""What each partner agency of a case saw and did: the lines of the ledger that tell of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import Agency, User
from core.scope import system_scope
from evidence.models import Caveat, Deliverable, Deployment
from investigations.models import (
    AssistanceOffer,
    Case,
    ContributionRequest,
    Membership,
    Request,
    RequestKind,
    Role,
)
from investigations.services.label import LABELLED
from investigations.services.partner_reading import READ
from investigations.services.partner_sending import PACKED_FOR_AGENCY, SENT, SENT_TO_AGENCY
from ledger.models import Entry, EntryQuerySet

FOR_AGENCY = (SENT_TO_AGENCY, PACKED_FOR_AGENCY)
"""Acts by which something goes to an agency, or is packed for it; their lines name it."""


@dataclass(frozen=True)
class Partner:
    """One of an agency's people on a case: their place, what they opened or were sent, and when."""

    place: Membership
    opened: int
    sent: int
    lines: int
    last: datetime | None


def partners_of(case: Case, reader: User) -> QuerySet[Agency]:
    """The agencies with contributors on the case, and those asked or offering, as the reader sees.

    Who had a place once stays among them: what was seen was seen.
    """
    named: list[Any] = [
        case.memberships.filter(roles__contains=[Role.PARTNER]).values("user__agency"),
        ContributionRequest.objects.visible_to(reader).filter(case=case).values("agency"),
        AssistanceOffer.objects.visible_to(reader).filter(case=case).values("agency"),
    ]
    asked = Q()
    for rows in named:
        asked |= Q(pk__in=rows)
    return Agency.objects.filter(asked).order_by("name")


def people_of(case: Case, agency: Agency) -> list[Partner]:
    """Its people on the case, those whose place has ended too, and what each of them opened."""
    places = case.memberships.filter(user__agency=agency, roles__contains=[Role.PARTNER])
    found = list(places.select_related("user").order_by("user__display_name", "created_at"))
    told = seen_by({place.user_id for place in found}, case)
    nothing: dict[str, Any] = {"opened": 0, "sent": 0, "lines": 0, "last": None}
    return [Partner(place, **told.get(place.user_id, nothing)) for place in found]


def seen_by(people: set[UUID], case: Case) -> dict[UUID, dict[str, Any]]:
    """For each of these people how many lines tell of them, and how many of reading and sending."""
    rows = Entry.objects.of_log(case.pk).filter(actor__in=people).values("actor").order_by()
    counted = rows.annotate(
        opened=Count("pk", filter=Q(act=READ)),
        sent=Count("pk", filter=Q(act=SENT)),
        lines=Count("pk"),
        last=Max("at"),
    )
    keys = ("opened", "sent", "lines", "last")
    return {row["actor"]: {key: row[key] for key in keys} for row in counted.values("actor", *keys)}


def lines_of(case: Case, agency: Agency) -> EntryQuerySet:
    """What its people did or opened here, and what was asked of it, offered, shared and decided."""
    told = Q(actor__agency=agency) | Q(subject_id__in=things_of(case, agency))
    told |= Q(act__in=[*LABELLED, *FOR_AGENCY], body__contains=str(agency.pk))
    return Entry.objects.of_log(case.pk).filter(told)


def things_of(case: Case, agency: Agency) -> list[UUID]:
    """The records that are between the case and an agency; a line tells no more than they may."""
    with system_scope("which lines tell of an agency; what they say is told by what is seen"):
        theirs: list[Any] = [
            ContributionRequest.objects.filter(case=case, agency=agency),
            AssistanceOffer.objects.filter(case=case, agency=agency),
            Deployment.objects.filter(case=case, offer__agency=agency),
            Deliverable.objects.filter(case=case, offer__agency=agency),
            Caveat.objects.filter(case=case, agency=agency),
            Request.objects.filter(case=case, kind=RequestKind.DISCLOSURE, asked_by__agency=agency),
        ]
        return [key for rows in theirs for key in rows.order_by().values_list("pk", flat=True)]
