"""Giving an actor further names, and striking those entered by mistake; none reaches the ledger."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from attribution.methods.scripts import script_of
from attribution.models import Actor, ActorName
from attribution.models.actor_name import Script
from investigations.models import Duty
from ledger.services import record


class NameFacts(TypedDict, total=False):
    """What may be said of a name."""

    text: str
    transliteration: str
    kind: str
    used_from: date | None
    used_to: date | None
    citation: str


@transaction.atomic
def name_actor(actor: Actor, *, by: User, **facts: Unpack[NameFacts]) -> ActorName:
    """Enter one more name under which an actor goes."""
    actor = Actor.objects.locked_for(by, actor)
    actor.case.require(by, Duty.ANALYSE)
    name = ActorName(case=actor.case, actor=actor, **facts)
    written = script_of(name.text)
    name.script = written if written in Script.values else Script.OTHER
    name.full_clean()
    name.save(force_insert=True)
    record(by, "attribution.actor_named", actor, kind=name.kind, script=name.script)
    return name


@transaction.atomic
def strike_name(name: ActorName, *, by: User) -> Actor:
    """Take away a name that was entered by mistake; one that fell out of use gets a last day."""
    actor = Actor.objects.locked_for(by, name.actor)
    actor.case.require(by, Duty.ANALYSE)
    record(by, "attribution.actor_name_struck", actor, kind=name.kind, script=name.script)
    name.delete()
    return actor
