"""Places on a case that end on their day: people are told, and the end is written down."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.markings import Handling
from core.scope import system_scope
from investigations.models import Duty, Label, Membership, Notice, Role
from investigations.services.notice import tell_once
from ledger.services import record


def watch_places() -> int:
    """Tell whose place ends soon, and write down whose place has ended; how many of both."""
    with system_scope("a place ends by itself, whoever looks"):
        soon = list(Membership.objects.ending_soon().values_list("pk", flat=True))
        over = list(Membership.objects.run_out().values_list("pk", flat=True))
        return sum(map(tell_of_end, soon)) + sum(map(write_end_down, over))


@transaction.atomic
def tell_of_end(key: UUID) -> int:
    """Leave a notice with the person whose place ends: once for each day that was set."""
    place = locked(key)
    if place is None or place.end_told_at is not None or place.ended_at is not None:
        return 0
    tell_of_limit(place)
    return 1


def tell_of_limit(place: Membership) -> None:
    """A notice to the person whose place ends on a day; the line is that of the deed that set it.

    Partners are shown only what names their agency, so theirs bears a label that does.
    """
    place.end_told_at = timezone.now()
    place.save(update_fields=["end_told_at"])
    tell_once([place.user_id], Notice.Kind.PLACE_ENDS, case=place.case_id, label=label_for(place))


def label_for(place: Membership) -> UUID | None:
    """The key of the label under which this person is shown a notice."""
    agency = place.user.agency_id
    if Role.PARTNER not in place.roles or agency is None:
        return None
    return Label.for_handling(Handling(shared_with=frozenset({agency}))).pk


@transaction.atomic
def write_end_down(key: UUID) -> int:
    """The access ended by itself on its day; the ledger says so, and the lead is told."""
    place = locked(key)
    if place is None or place.ended_at is not None or place.until is None:
        return 0
    place.ended_at = place.until
    place.save(update_fields=["ended_at"])
    record(
        None,
        "investigations.membership_ran_out",
        place,
        user=str(place.user_id),
        until=place.until.isoformat(),
    )
    leads = {person.pk for person in place.case.people_with(Duty.MANAGE)}
    tell_once(leads, Notice.Kind.PLACE_ENDED, case=place.case_id, label=None)
    return 1


def locked(key: UUID) -> Membership | None:
    """The place as it is now, nobody else's until the deed is done."""
    rows = Membership.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("case", "user").filter(pk=key).first()
