"""Counting the harm of attacks, and correcting what was counted."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from investigations.models import CasualtyCount, Duty, Incident
from ledger.services import record


class CountFacts(TypedDict, total=False):
    """What is counted of one group, in persons; both numbers empty means unknown."""

    at_least: int | None
    at_most: int | None
    as_of: datetime | None


@transaction.atomic
def count_casualties(
    incident: Incident,
    *,
    by: User,
    harm: str,
    group: str,
    at_least: int | None,
    at_most: int | None,
    as_of: datetime | None = None,
) -> CasualtyCount:
    """State how many of `group` came to `harm`; what was counted before is corrected."""
    incident = Incident.objects.locked_for(by, incident)
    incident.case.require(by, Duty.LOG_EVIDENCE)
    count = counted(incident, by, harm, group)
    if count is None:
        count = CasualtyCount(case=incident.case, incident=incident, harm=harm, group=group)
    return state_count(count, by, {"at_least": at_least, "at_most": at_most, "as_of": as_of})


@transaction.atomic
def enter_count(
    incident: Incident,
    *,
    by: User,
    harm: str,
    group: str = CasualtyCount.Group.UNKNOWN,
    **facts: Unpack[CountFacts],
) -> CasualtyCount:
    """Count a group for the first time."""
    incident = Incident.objects.locked_for(by, incident)
    incident.case.require(by, Duty.LOG_EVIDENCE)
    if counted(incident, by, harm, group):
        raise Refused(_("This group is counted already: correct that count."))
    count = CasualtyCount(case=incident.case, incident=incident, harm=harm, group=group)
    return state_count(count, by, facts)


@transaction.atomic
def correct_count(
    count: CasualtyCount, *, by: User, version: int, **facts: Unpack[CountFacts]
) -> CasualtyCount:
    """Count otherwise what was counted before."""
    incident = Incident.objects.locked_for(by, Incident(pk=count.incident_id))
    incident.case.require(by, Duty.LOG_EVIDENCE)
    count = CasualtyCount.objects.locked_for(by, count)
    count.incident = incident
    require_fresh(count, version)
    return state_count(count, by, facts)


def counted(incident: Incident, by: User, harm: str, group: str) -> CasualtyCount | None:
    """What was counted of this group before, if this person may see it."""
    counts = CasualtyCount.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    return counts.filter(incident=incident, harm=harm, group=group).first()


def state_count(count: CasualtyCount, by: User, facts: CountFacts) -> CasualtyCount:
    """Write the numbers down, and tell the ledger what they were and are."""
    is_new, before = count._state.adding, range_of(count)
    changes = apply_changes(count, facts)
    if not (changes or is_new):
        return count
    count.version = 1 if is_new else count.version
    count.full_clean()
    count.save()
    record(
        by,
        "investigations.casualties_counted",
        count.incident,
        beside=[count],
        harm=count.harm,
        group=count.group,
        before=before,
        after=range_of(count),
    )
    return count


def range_of(count: CasualtyCount) -> str:
    """A least and a most, as the ledger writes them."""
    return f"{count.at_least}–{count.at_most}"
