"""What no event of custody may say: each rule with the sentence that tells it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.clock import in_words
from core.errors import Refused
from core.scope import system_scope
from evidence.methods.custody import ABROAD, ENDED, LOANED, LOST, State
from evidence.models import CustodyEvent, Item
from evidence.models.custody_event import CustodyKind
from ledger.services import hold_chains

FINDINGS = frozenset(
    {
        *(CustodyKind.RECEIVED, CustodyKind.INVENTORY, CustodyKind.IMPORTED, CustodyKind.FOUND),
        CustodyKind.EXAMINED_START,
    }
)
"""Whoever writes these reads the seal anew, and may find another one than was left."""

REMARKS = frozenset({CustodyKind.CORRECTION, CustodyKind.PHOTOGRAPHED, CustodyKind.INVENTORY})
"""These move nothing, open nothing and change nobody's charge."""

ON_ITS_WAY = frozenset(
    {
        *(CustodyKind.RECEIVED, CustodyKind.REFUSED, CustodyKind.TAKEN_BACK, CustodyKind.LOST),
        *(CustodyKind.EXAMINED_START, CustodyKind.EXAMINED_END, CustodyKind.SUB_SAMPLED),
        *REMARKS,
    }
)
"""What may be entered between handing over and receiving; an examination then is a gap."""


def require_possible(event: CustodyEvent, state: State, events: list[CustodyEvent]) -> None:
    """Refuse what breaks a rule; `state` is where the exhibit stood at the time of the event."""
    require_in_hand(event, state)
    require_its_time(event, events)
    if event.kind == CustodyKind.CORRECTION:
        return
    require_reachable(event, state)
    require_two_people(event, state)
    require_seal_as_known(event, state)
    if event.seal_after and event.seal_after != event.seal_before:
        require_unused_seal(event)


def require_held(item: Item) -> None:
    """Refuse what never was in anybody's hands, or is gone."""
    if not item.was_possessed:
        raise Refused(_("This thing was only documented; nobody ever held it."))
    if item.status in ENDED | {LOST}:
        raise Refused(_("This exhibit is no longer with the team."))


def is_held(item: Item) -> bool:
    """True while an exhibit that was held is with the team."""
    return item.was_possessed and item.status not in ENDED | {LOST}


def require_in_hand(event: CustodyEvent, state: State) -> None:
    """Only what was held has a custody, and none after it is gone; what was lost may be found."""
    if not event.item.was_possessed:
        raise Refused(_("This thing was only documented; nobody ever held it."))
    if event.kind == CustodyKind.CORRECTION:
        return
    if event.kind == CustodyKind.FOUND and state.status != LOST:
        raise Refused(_("This exhibit was not reported as lost."))
    if state.status in ENDED or (state.status == LOST and event.kind != CustodyKind.FOUND):
        raise Refused(_("This exhibit is no longer with the team."))


def require_its_time(event: CustodyEvent, events: list[CustodyEvent]) -> None:
    """Nothing happens in the future, and nothing to an exhibit before it was collected."""
    if event.at > timezone.now():
        raise Refused(_("This time is in the future. Write when it happened."))
    began = collected_at(events)
    if began and event.kind != CustodyKind.COLLECTED and event.at < began.at:
        raise Refused(_("This was before the exhibit was collected. Check the time."))


def require_after_offer(item: Item, at: datetime | None) -> None:
    """Nothing answers a hand-over before it was made."""
    if at is not None and item.offered_at is not None and at < item.offered_at:
        raise Refused(
            _("It was handed over later than that: %(time)s. Check the time.")
            % {"time": in_words(item.offered_at, "second")}
        )


def collected_at(events: Iterable[CustodyEvent]) -> CustodyEvent | None:
    """The event that began the custody, as it stands."""
    struck = {event.corrects_id for event in events}
    begun = (event for event in events if event.kind == CustodyKind.COLLECTED)
    return next((event for event in begun if event.pk not in struck), None)


def require_reachable(event: CustodyEvent, state: State) -> None:
    """Nobody does anything to what lies in a sealed package, or is on its way to somebody."""
    if state.inside and event.within_id is None and event.kind not in REMARKS:
        raise Refused(
            _("It lies in the sealed package of the exhibit it is part of: open that one first.")
        )
    if state.offer is not None and event.kind not in ON_ITS_WAY:
        raise Refused(_("It is being handed over: it has to be received, or taken back, first."))
    if state.offer is None and event.kind in {CustodyKind.REFUSED, CustodyKind.TAKEN_BACK}:
        raise Refused(_("This exhibit is not being handed over."))


def require_two_people(event: CustodyEvent, state: State) -> None:
    """A transfer takes two: nobody hands over to themselves, or receives what they hold."""
    if event.kind not in {CustodyKind.HANDED_OUT, CustodyKind.RECEIVED}:
        return
    giver, taker = (
        str(event.from_person_id or event.from_name),
        str(event.to_person_id or event.to_name),
    )
    if not taker:
        raise Refused(_("Say to whom it goes."))
    comes_back = event.kind == CustodyKind.RECEIVED and state.status in {LOANED, ABROAD}
    if taker == giver or (taker == state.holder and not comes_back):
        raise Refused(_("Nobody hands an exhibit over to themselves."))


def require_seal_as_known(event: CustodyEvent, state: State) -> None:
    """The seal that is stated is the one on the package; who finds another says so in words."""
    if event.within_id or event.seal_before == state.seal or event.kind == CustodyKind.COLLECTED:
        return
    if event.kind not in FINDINGS:
        raise Refused(
            _("By the record another seal is on it: %(seal)s. Read the number again.")
            % {"seal": state.seal or "–"}
        )
    if not event.condition.strip():
        raise Refused(
            _(
                "By the record the seal is %(seal)s. Read it again; if the package differs, "
                "describe its condition."
            )
            % {"seal": state.seal or "–"}
        )


def require_unused_seal(event: CustodyEvent) -> None:
    """A numbered seal is used once: one that was ever on an exhibit of the case proves nothing.

    The case's chain is held, so that two people cannot use one number at the same moment.
    """
    hold_chains(event.case_id)
    with system_scope("a seal is used once among all exhibits of a case, seen or not"):
        used = CustodyEvent.objects.filter(case=event.case_id, seal_after=event.seal_after)
        was_used = used.filter(corrections__isnull=True).exists()
    if was_used:
        raise Refused(_("This seal was used in this case before. Check the number."))
