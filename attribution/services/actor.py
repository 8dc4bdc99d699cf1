"""Entering actors and amending what is said of them; their names never reach the ledger."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Actor, Finding
from catalogue.models import Country
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Duty
from ledger.services import record


class ActorFacts(TypedDict, total=False):
    """What may be said of an actor; none of it is a finding."""

    name: str
    native_name: str
    kind: str
    country: Country | None
    sensitivity: str
    active_from: date | None
    active_to: date | None
    remarks: str


IDENTITY = {"name", "native_name", "kind"}
"""What says who an actor is; the rest may be completed at any time."""


@transaction.atomic
def enter_actor(case: Case, *, by: User, **facts: Unpack[ActorFacts]) -> Actor:
    """Enter somebody whom a hypothesis of this case may be about."""
    case.require(by, Duty.ANALYSE)
    actor = Actor(case=case, **facts)
    actor.full_clean()
    actor.save(force_insert=True)
    record(by, "attribution.actor_entered", actor, kind=actor.kind)
    return actor


@transaction.atomic
def amend_actor(actor: Actor, *, by: User, version: int, **facts: Unpack[ActorFacts]) -> Actor:
    """Change what is said of an actor; the ledger says which fields, never the names."""
    actor = Actor.objects.locked_for(by, actor)
    actor.case.require(by, Duty.ANALYSE)
    require_fresh(actor, version)
    changes = apply_changes(actor, facts)
    if IDENTITY & set(changes):
        require_unjudged(actor)
    if changes:
        actor.full_clean()
        actor.save()
        record(by, "attribution.actor_amended", actor, fields=sorted(changes))
    return actor


def require_unjudged(actor: Actor) -> None:
    """Whom a finding is about stands still once others judge it: else it would blame another."""
    with system_scope("a finding about an actor binds whoever may read it or not"):
        is_judged = Finding.objects.filter(subject=actor).handed_in().exists()
    if is_judged:
        raise Refused(
            _("A finding about this actor was handed in: enter another actor, and supersede it.")
        )
