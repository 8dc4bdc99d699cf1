"""Disposal: an exhibit goes for good, destroyed or back to its owner, on the word of two people."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import Item
from evidence.models.vocabulary import ItemStatus
from evidence.services.custody import (
    GONE,
    lock_for_custody,
    require_held,
    require_holder,
    save_custody,
)
from investigations.models import Duty, Request, RequestKind
from investigations.services import approve, ask, require_kind
from ledger.services import record

WAYS = {
    ItemStatus.DESTROYED: "evidence.item_destroyed",
    ItemStatus.RETURNED: "evidence.item_returned",
}
"""How an exhibit can go, each with the line that ends its custody."""


@transaction.atomic
def ask_to_dispose(item: Item, *, way: str, by: User, reason: str, to: str = "") -> Request:
    """Ask for an exhibit to be destroyed, or returned `to` its owner: its holder, or the lead."""
    item = lock_for_custody(item, by)
    if Duty.MANAGE not in item.case.duties(by):
        require_holder(item, by)
    if way not in WAYS:
        raise Refused(_("Say whether it is destroyed or returned to its owner."))
    if way == ItemStatus.RETURNED and not to.strip():
        raise Refused(_("Say to whom it is returned."))
    words = {_("What is done"): str(ItemStatus(way).label), _("To whom"): to.strip()}
    return ask(
        RequestKind.DISPOSAL,
        item,
        by=by,
        reason=reason,
        ref=item.exhibit_no,
        asked={
            "way": way,
            "to": to.strip(),
            "words": {word: said for word, said in words.items() if said},
        },
    )


def may_ask_to_dispose(item: Item, by: User) -> bool:
    """Its holder may, and the lead, as long as it is in anybody's hands."""
    duties = item.case.duties(by)
    if Duty.HOLD_EVIDENCE not in duties or not item.was_possessed or item.status in GONE:
        return False
    return item.holder_id == by.pk or Duty.MANAGE in duties


@transaction.atomic
def dispose_item(request: Request, *, by: User) -> Item:
    """The second person agrees: the exhibit is gone, and a last line of its custody says so.

    What was written down of it, and every photograph, stays.
    """
    require_kind(request, RequestKind.DISPOSAL)
    request = approve(request, by=by)
    item = Item.objects.locked_for(by, Item(pk=request.subject_id))
    require_held(item)
    giver, place, seal = item.holder_id, item.kept_at, item.seal_no
    item.holder, item.kept_at, item.storage, item.seal_no = None, "", None, ""
    item.status = ItemStatus(request.asked["way"])
    save_custody(item)
    record(
        by,
        WAYS[item.status],
        item,
        giver=str(giver or ""),
        from_place=place,
        to_place=request.asked["to"],
        seal=seal,
        reason=request.reason,
        asked_by=str(request.asked_by_id),
        request=str(request.pk),
    )
    return item
