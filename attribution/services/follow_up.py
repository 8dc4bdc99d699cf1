"""Setting what is to be looked at again after a measure, and closing it with what came of it."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import FollowUp, Measure
from attribution.services.finding import lock_case
from attribution.services.measure import RECORDERS, lock_measure
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from investigations.services import next_numbers
from ledger.services import record


class FollowUpFacts(TypedDict, total=False):
    """What is said of a follow-up."""

    trigger: str
    task: str
    owner: User
    due: date


@transaction.atomic
def set_follow_up(measure: Measure, *, by: User, **facts: Unpack[FollowUpFacts]) -> FollowUp:
    """Say what is to be looked at again, by whom and by when."""
    measure = lock_measure(measure, by)
    follow_up = FollowUp(case=measure.case, measure=measure, set_by=by, **facts)
    require_reader_of(follow_up)
    follow_up.ref = f"FU-{next_numbers(measure.case, 'follow-up')[0]:04d}"
    follow_up.full_clean(exclude=["ref"])
    follow_up.save(force_insert=True)
    record(
        by,
        "attribution.follow_up_set",
        follow_up,
        ref=follow_up.ref,
        measure=measure.ref,
        trigger=follow_up.trigger,
        owner=str(follow_up.owner_id),
        due=follow_up.due.isoformat(),
    )
    return follow_up


@transaction.atomic
def amend_follow_up(
    follow_up: FollowUp, *, by: User, version: int, **facts: Unpack[FollowUpFacts]
) -> FollowUp:
    """Say it otherwise, give it to somebody else or put it off; of a new day each is reminded."""
    follow_up = lock_follow_up(follow_up, by)
    follow_up.case.require(by, *RECORDERS)
    require_fresh(follow_up, version)
    before = follow_up.due
    changes = apply_changes(follow_up, facts)
    if changes:
        require_reader_of(follow_up)
        follow_up.full_clean(exclude=["ref"])
        follow_up.save()
        record(
            by,
            "attribution.follow_up_amended",
            follow_up,
            ref=follow_up.ref,
            fields=sorted(changes),
            owner=str(follow_up.owner_id),
            due=[before.isoformat(), follow_up.due.isoformat()],
        )
    return follow_up


@transaction.atomic
def close_follow_up(follow_up: FollowUp, *, by: User, outcome: str) -> FollowUp:
    """Write down what came of it; its owner may, and whoever enters measures."""
    follow_up = lock_follow_up(follow_up, by)
    if follow_up.owner_id != by.pk:
        follow_up.case.require(by, *RECORDERS)
    if not outcome.strip():
        raise Refused(_("Say what came of it."))
    follow_up.outcome = outcome.strip()
    follow_up.closed_at, follow_up.closed_by = timezone.now(), by
    follow_up.version += 1
    follow_up.save()
    record(by, "attribution.follow_up_closed", follow_up, ref=follow_up.ref)
    return follow_up


def lock_follow_up(follow_up: FollowUp, by: User) -> FollowUp:
    """The follow-up, nobody else's until the deed is done, if it is not closed."""
    lock_case(follow_up.case, by)
    follow_up = FollowUp.objects.locked_for(by, follow_up)
    if follow_up.is_closed:
        raise Refused(_("This follow-up is closed: set another one."))
    return follow_up


def require_reader_of(follow_up: FollowUp) -> None:
    """Whoever is to look at it again reads the case as a whole."""
    if not follow_up.case.is_read_whole_by(follow_up.owner):
        raise Refused(_("Choose somebody who works on this case."))
