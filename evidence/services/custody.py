"""Custody: from hand to hand, into storage, under seal and out of it; each deed leaves a line.

A hand-over takes two: its giver hands out, and answers for the exhibit until the other receives.
"""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.methods.custody import State
from evidence.models import CustodyEvent, CustodyKind, Item, StoragePlace
from evidence.models.vocabulary import ItemStatus
from evidence.services.custody_event import (
    CustodyFacts,
    enter,
    known_events,
    lies_inside,
    state_at,
)
from evidence.services.custody_rule import require_after_offer, require_held
from evidence.services.room import require_fit
from investigations.models import Duty


@transaction.atomic
def hand_over(
    item: Item, *, to: User, by: User, purpose: str = "", at: datetime | None = None
) -> Item:
    """Hand an exhibit out to another member of the team, who has yet to receive it.

    Its giver answers for it until then. When its holder has left the team, the lead passes it on
    in their stead.
    """
    item = lock_for_custody(item, by)
    if not may_hand_over(item, by):
        require_holder(item, by)
    if Duty.HOLD_EVIDENCE not in item.case.duties(to):
        raise Refused(_("%(person)s may not hold evidence in this case.") % {"person": to})
    enter(
        item,
        CustodyKind.HANDED_OUT,
        by=by,
        at=at,
        from_person=item.holder,
        to_person=to,
        from_place=item.kept_at,
        purpose=purpose.strip(),
    )
    return item


@transaction.atomic
def receive_item(
    item: Item,
    *,
    by: User,
    seal: str = "",
    place: str = "",
    at: datetime | None = None,
    **found: Unpack[CustodyFacts],
) -> Item:
    """Take over an exhibit that was handed out to oneself, with the `seal` read off its package.

    A seal that differs from the record is a gap; then the condition has to be described.
    """
    item = lock_offered(item, by)
    require_after_offer(item, at)
    told: CustodyFacts = {
        **found,
        "from_person": item.holder,
        "to_person": by,
        "to_place": place.strip(),
        "seal_before": seal.strip(),
    }
    enter(item, CustodyKind.RECEIVED, by=by, at=at, **told)
    return item


@transaction.atomic
def refuse_item(item: Item, *, reason: str, by: User, at: datetime | None = None) -> Item:
    """Not take over what was handed out to oneself; its giver goes on answering for it."""
    item = lock_offered(item, by)
    require_after_offer(item, at)
    if not reason.strip():
        raise Refused(_("Say why."))
    enter(
        item,
        CustodyKind.REFUSED,
        by=by,
        at=at,
        from_person=by,
        to_person=item.holder,
        purpose=reason.strip(),
    )
    return item


@transaction.atomic
def take_back(item: Item, *, by: User, reason: str = "", at: datetime | None = None) -> Item:
    """Keep what one has handed out, as long as nobody has received it."""
    item = lock_for_custody(item, by)
    require_after_offer(item, at)
    if not may_hand_over(item, by):
        require_holder(item, by)
    enter(
        item,
        CustodyKind.TAKEN_BACK,
        by=by,
        at=at,
        from_person=item.offered_to,
        to_person=item.holder,
        purpose=reason.strip(),
    )
    return item


@transaction.atomic
def store_item(
    item: Item,
    *,
    by: User,
    place: str = "",
    storage: StoragePlace | None = None,
    at: datetime | None = None,
) -> Item:
    """Put an exhibit in a place of storage, or in a named one; its holder still answers for it."""
    item = lock_for_custody(item, by)
    stood = require_in_charge(item, by, at)
    if storage is not None:
        storage = require_place(storage, by)
        require_fit(item, storage)
    if storage is None and not place.strip():
        raise Refused(_("Name the place, down to the shelf or box."))
    enter(
        item,
        CustodyKind.STORED,
        by=by,
        at=at,
        from_person=by,
        from_place=stood.place,
        to_place=storage.path if storage else place.strip(),
        storage=storage,
    )
    return item


@transaction.atomic
def carry_along(item: Item, *, by: User) -> Item:
    """The place in which an exhibit lies was carried elsewhere, and the exhibit with it.

    What lies in the sealed package of another goes with that one.
    """
    with system_scope("whoever carries a box moves all that is in it, seen or not"):
        if item.storage and not lies_inside(item):
            enter(
                item,
                CustodyKind.MOVED,
                by=by,
                from_place=item.kept_at,
                to_place=item.storage.path,
                storage=item.storage,
            )
    return item


def require_place(storage: StoragePlace, by: User) -> StoragePlace:
    """The place as it is now, if it is one of those that `by` sees."""
    found = StoragePlace.objects.visible_to(by).with_path().filter(pk=storage.pk).first()
    if found is None:
        raise Refused(_("There is no such place of storage."))
    return found


@transaction.atomic
def seal_item(item: Item, *, seal_no: str, by: User, at: datetime | None = None) -> Item:
    """Close the package with a numbered seal; parts that its holder has lie within it."""
    item = lock_for_custody(item, by)
    stood = require_in_charge(item, by, at)
    if stood.seal:
        raise Refused(
            _("Seal %(seal)s is on it already; break that one first.") % {"seal": stood.seal}
        )
    if not seal_no.strip():
        raise Refused(_("Write the number of the seal."))
    enter(item, CustodyKind.SEALED, by=by, at=at, from_person=by, seal_after=seal_no.strip())
    return item


@transaction.atomic
def break_seal(item: Item, *, reason: str, by: User, at: datetime | None = None) -> Item:
    """Open the package, for a stated reason."""
    item = lock_for_custody(item, by)
    stood = require_in_charge(item, by, at)
    if not stood.seal:
        raise Refused(_("There is no seal on this exhibit."))
    if not reason.strip():
        raise Refused(_("Say why the seal is broken."))
    enter(item, CustodyKind.UNSEALED, by=by, at=at, from_person=by, purpose=reason.strip())
    return item


@transaction.atomic
def correct_custody(event: CustodyEvent, *, by: User, reason: str) -> CustodyEvent:
    """Say that an event was entered wrongly, and why; how it was in truth is entered anew.

    The wrong one stays to be read. What parts did along with it is corrected as well.
    """
    item = Item.objects.locked_for(by, event.item)
    item.case.require(by, Duty.HOLD_EVIDENCE)
    if not reason.strip():
        raise Refused(_("Say why."))
    if event.kind == CustodyKind.COLLECTED:
        raise Refused(_("How it was collected is corrected on the exhibit itself."))
    if CustodyEvent.objects.visible_to(by).filter(corrects=event).exists():
        raise Refused(_("This was corrected already. Correct the correction."))
    return strike(event, by=by, reason=reason.strip())


def strike(event: CustodyEvent, *, by: User, reason: str) -> CustodyEvent:
    """The correction itself, of an event and of those that followed it."""
    struck = enter(event.item, CustodyKind.CORRECTION, by=by, purpose=reason, corrects=event)
    with system_scope("what lies in a package was wrong with it, whoever may see it"):
        along = list(CustodyEvent.objects.filter(within=event).select_related("item__case"))
    for other in along:
        strike(other, by=by, reason=reason)
    return struck


def lock_for_custody(item: Item, by: User) -> Item:
    """The row, locked, if `by` may hold evidence and the thing can still be held."""
    item = Item.objects.locked_for(by, item)
    item.case.require(by, Duty.HOLD_EVIDENCE)
    require_held(item)
    if item.status in {ItemStatus.LOANED, ItemStatus.ABROAD}:
        raise Refused(_("It is with others. Take it back first."))
    return item


def lock_offered(item: Item, by: User) -> Item:
    """The row, locked, if it is on its way to `by`."""
    item = lock_for_custody(item, by)
    if item.offered_to_id is None:
        raise Refused(_("This exhibit is not being handed over."))
    if item.offered_to_id != by.pk:
        raise Refused(
            _("It is handed over to %(person)s, who alone can receive it.")
            % {"person": item.offered_to}
        )
    return item


def may_hand_over(item: Item, by: User) -> bool:
    """Its holder may; once they may hold nothing here any more, the lead, lest it be lost."""
    if item.holder is None or item.holder_id == by.pk:
        return item.holder_id == by.pk and Duty.HOLD_EVIDENCE in item.case.duties(by)
    holder_left = Duty.HOLD_EVIDENCE not in item.case.duties(item.holder)
    return holder_left and Duty.MANAGE in item.case.duties(by)


def require_holder(item: Item, by: User) -> None:
    """Only whoever answers for an exhibit may pass it on, store it, seal it or open it."""
    if item.holder_id != by.pk:
        raise Refused(
            _("Only its holder, %(person)s, can do this. Ask for a hand-over first.")
            % {"person": item.holder}
        )


def require_in_charge(item: Item, by: User, at: datetime | None) -> State:
    """Where it stood at that time, or stands now, if `by` was its holder then."""
    if at is None:
        require_holder(item, by)
        return State(place=item.kept_at, seal=item.seal_no)
    stood = state_at(known_events(item), at)
    if stood.holder not in {"", str(by.pk)}:  # before it was collected another rule says so
        raise Refused(_("By the record you did not hold it at that time. Check the time."))
    return stood


def require_open_in_hand(item: Item, by: User) -> None:
    """Refuse what is not in one's own hands, or lies in a package that is still sealed."""
    require_held(item)
    require_holder(item, by)
    if item.is_sealed or lies_inside(item):
        raise Refused(_("Break the seal first: nothing is taken out of a sealed package."))
