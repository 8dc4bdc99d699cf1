"""Custody: from hand to hand, into storage, under seal and out of it; each deed leaves a line."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Item, StoragePlace
from evidence.models.vocabulary import ItemStatus
from evidence.services.room import require_fit
from investigations.models import Duty
from ledger.models import Entry
from ledger.services import lock_head, record

CUSTODY_FIELDS = ["holder", "kept_at", "storage", "seal_no", "status"]
GONE = {ItemStatus.RETURNED, ItemStatus.DESTROYED, ItemStatus.LOST}


@transaction.atomic
def hand_over(item: Item, *, to: User, by: User, purpose: str = "") -> Item:
    """Pass an exhibit to another member of the team who may hold evidence.

    When its holder has left the team, the lead passes it on in their stead.
    """
    item = lock_for_custody(item, by)
    if not may_hand_over(item, by):
        require_holder(item, by)
    if Duty.HOLD_EVIDENCE not in item.case.duties(to):
        raise Refused(_("%(person)s may not hold evidence in this case.") % {"person": to})
    if to.pk == item.holder_id:
        raise Refused(_("You hold this exhibit already."))
    giver, place = item.holder_id, item.kept_at
    item.holder, item.kept_at, item.storage = to, "", None
    if item.status == ItemStatus.STORED:
        item.status = ItemStatus.COLLECTED
    save_custody(item)
    record(
        by,
        "evidence.item_handed_over",
        item,
        giver=str(giver),
        from_place=place,
        to=str(to.pk),
        purpose=purpose,
        seal=item.seal_no,
    )
    return item


@transaction.atomic
def store_item(
    item: Item, *, by: User, place: str = "", storage: StoragePlace | None = None
) -> Item:
    """Put an exhibit in a place of storage, or in a named one; its holder still answers for it."""
    item = lock_for_custody(item, by)
    require_holder(item, by)
    if storage is not None:
        storage = require_place(storage, by)
        require_fit(item, storage)
    if storage is None and not place.strip():
        raise Refused(_("Name the place, down to the shelf or box."))
    before = item.kept_at
    item.storage, item.status = storage, ItemStatus.STORED
    item.kept_at = storage.path if storage else place.strip()
    save_custody(item)
    record(
        by,
        "evidence.item_stored",
        item,
        from_place=before,
        to_place=item.kept_at,
        seal=item.seal_no,
    )
    return item


@transaction.atomic
def carry_along(item: Item, *, by: User) -> Item:
    """The place in which an exhibit lies was carried elsewhere, and the exhibit with it."""
    with system_scope("whoever carries a box moves all that is in it, seen or not"):
        before, item.kept_at = item.kept_at, item.storage.path if item.storage else ""
        save_custody(item)
        record(
            by,
            "evidence.item_stored",
            item,
            from_place=before,
            to_place=item.kept_at,
            seal=item.seal_no,
        )
    return item


def require_place(storage: StoragePlace, by: User) -> StoragePlace:
    """The place as it is now, if it is one of those that `by` sees."""
    found = StoragePlace.objects.visible_to(by).with_path().filter(pk=storage.pk).first()
    if found is None:
        raise Refused(_("There is no such place of storage."))
    return found


@transaction.atomic
def seal_item(item: Item, *, seal_no: str, by: User) -> Item:
    """Close the package with a numbered seal."""
    item = lock_for_custody(item, by)
    require_holder(item, by)
    if item.is_sealed:
        raise Refused(
            _("Seal %(seal)s is on it already; break that one first.") % {"seal": item.seal_no}
        )
    if not seal_no.strip():
        raise Refused(_("Write the number of the seal."))
    item.seal_no = seal_no.strip()
    require_unused_seal(item)
    save_custody(item)
    record(by, "evidence.item_sealed", item, seal=item.seal_no)
    return item


@transaction.atomic
def break_seal(item: Item, *, reason: str, by: User) -> Item:
    """Open the package, for a stated reason."""
    item = lock_for_custody(item, by)
    require_holder(item, by)
    if not item.is_sealed:
        raise Refused(_("There is no seal on this exhibit."))
    if not reason.strip():
        raise Refused(_("Say why the seal is broken."))
    broken, item.seal_no = item.seal_no, ""
    save_custody(item)
    record(by, "evidence.seal_broken", item, seal=broken, reason=reason.strip())
    return item


def require_unused_seal(item: Item) -> None:
    """A numbered seal is used once: one that was ever on an exhibit of the case proves nothing.

    The ledger's head is held, so that two people cannot use one number at the same moment.
    """
    lock_head(item.ledger_log)
    told = json.dumps(item.seal_no, ensure_ascii=False)
    sealings = Entry.objects.of_log(item.ledger_log).filter(act="evidence.item_sealed")
    with system_scope("a seal is used once among all exhibits of a case, seen or not"):
        was_used = sealings.filter(body__contains=f'"seal":{told}').exists()
    if was_used:
        raise Refused(_("This seal was used in this case before. Check the number."))


def lock_for_custody(item: Item, by: User) -> Item:
    """The row, locked, if `by` may hold evidence and the thing can still be held."""
    item = Item.objects.locked_for(by, item)
    item.case.require(by, Duty.HOLD_EVIDENCE)
    require_held(item)
    return item


def require_held(item: Item) -> None:
    """Refuse what never was in anybody's hands, or is gone."""
    if not item.was_possessed:
        raise Refused(_("This thing was only documented; nobody ever held it."))
    if item.status in GONE:
        raise Refused(_("This exhibit is no longer with the team."))


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


def save_custody(item: Item) -> None:
    """Write what custody deeds may change, and nothing else."""
    item.version += 1
    item.save(update_fields=[*CUSTODY_FIELDS, "version", "updated_at"])
