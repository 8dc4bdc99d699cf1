"""Disposal: an exhibit goes for good, destroyed or back to its owner, on the word of two people."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import CustodyKind, Item
from evidence.models.vocabulary import ItemStatus
from evidence.services.custody import lock_for_custody, require_holder
from evidence.services.custody_event import enter
from evidence.services.custody_rule import is_held, require_held
from investigations.models import Duty, Request, RequestKind
from investigations.services import approve, ask, require_kind

WAYS = {
    ItemStatus.DESTROYED: CustodyKind.DESTROYED,
    ItemStatus.RETURNED: CustodyKind.RETURNED,
}
"""How an exhibit can go, each with the event that ends its custody."""


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
    if Duty.HOLD_EVIDENCE not in duties or not is_held(item):
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
    enter(
        item,
        WAYS[ItemStatus(request.asked["way"])],
        by=by,
        from_person=item.holder,
        to_name=request.asked["to"],
        from_place=item.kept_at,
        purpose=request.reason,
        seal_after="",
    )
    return item
