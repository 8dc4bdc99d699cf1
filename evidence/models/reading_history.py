"""How a marking was read, time after time: what the ledger says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.scope import system_scope
from evidence.models.marking import Marking
from ledger.models import Entry

TITLES: dict[str, str | Promise] = {
    "evidence.marking_recorded": _("Read"),
    "evidence.proposal_accepted": _("Accepted from the machine"),
    "evidence.marking_amended": _("Read again"),
    "evidence.marking_confirmed": _("Confirmed by a second reader"),
}


@dataclass(frozen=True)
class Reading:
    """One line of a marking's history: when, what was done, by whom, and what was read."""

    at: datetime
    title: str | Promise
    actor: User | None
    before: str
    text: str
    position: int


def readings_of(marking: Marking) -> Iterator[Reading]:
    """Every reading of a marking, newest first; whoever sees it is told."""
    with system_scope("how a marking was read is told to whoever sees it"):
        entries = list(
            Entry.objects.about(marking)
            .filter(act__in=list(TITLES))
            .select_related("actor")
            .order_by("-position")
        )
    for entry in entries:
        actor, (before, text) = entry.actor, texts_of(entry.facts)
        yield Reading(
            at=entry.at,
            title=TITLES[entry.act],
            actor=actor if isinstance(actor, User) else None,
            before=before,
            text=text,
            position=entry.position,
        )


def texts_of(told: dict[str, Any]) -> tuple[str, str]:
    """What was read before and after; nothing where the letters stayed as they were."""
    changed = told.get("changes", {}).get("as_seen")
    return (changed[0], changed[1]) if changed else ("", told.get("as_seen", ""))
