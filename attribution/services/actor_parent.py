"""Placing an actor under another for a time; nobody is part of themselves on any one day."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.methods.lineage import Tie, closes_a_circle, overlaps
from attribution.models import Actor, ActorParent
from attribution.services.finding import lock_case
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def place_under(
    actor: Actor,
    parent: Actor,
    *,
    by: User,
    since: date | None = None,
    until: date | None = None,
    citation: str = "",
) -> ActorParent:
    """Say that an actor was part of another from one day until another; it may be of several."""
    case = lock_case(actor.case, by)
    case.require(by, Duty.ANALYSE)
    if parent.case_id != case.pk:
        raise Refused(_("The parent belongs to another case."))
    tie = ActorParent(
        case=case, actor=actor, parent=parent, since=since, until=until, citation=citation
    )
    tie.full_clean()
    require_sound(tie)
    tie.save(force_insert=True)
    record(by, "attribution.actor_placed", actor, parent=str(parent.pk))
    return tie


@transaction.atomic
def end_parent(tie: ActorParent, *, by: User, until: date) -> ActorParent:
    """Say until when it was so; the time before stays on record."""
    lock_case(tie.case, by).require(by, Duty.ANALYSE)
    tie = ActorParent.objects.locked_for(by, tie)
    tie.until = until
    tie.full_clean()
    require_sound(tie)
    tie.save()
    parent = str(tie.parent_id)
    record(by, "attribution.actor_parent_ended", tie.actor, beside=[tie], parent=parent)
    return tie


@transaction.atomic
def strike_parent(tie: ActorParent, *, by: User) -> Actor:
    """Take away what was never so: one that came to an end gets a last day instead."""
    lock_case(tie.case, by).require(by, Duty.ANALYSE)
    tie = ActorParent.objects.locked_for(by, tie)
    record(by, "attribution.actor_parent_struck", tie.actor, parent=str(tie.parent_id))
    tie.delete()
    return tie.actor


def require_sound(tie: ActorParent) -> None:
    """It says nothing twice of one day, and on no day is anybody part of themselves."""
    with system_scope("nobody is above themselves, whoever may see the actors between"):
        rows = ActorParent.objects.filter(case=tie.case_id).exclude(pk=tie.pk)
        ties = [tie_of(row) for row in rows]
    if any(overlaps(tie_of(tie), other) for other in ties):
        raise Refused(_("It is part of the same actor at that time already."))
    if closes_a_circle(tie_of(tie), ties):
        raise Refused(_("An actor cannot be part of itself, at any one time."))


def tie_of(row: ActorParent) -> Tie:
    """The same as the method of lineage takes it; an open end is open for good."""
    return Tie(row.actor_id, row.parent_id, row.since or date.min, row.until or date.max)
