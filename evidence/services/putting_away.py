"""Putting several exhibits into one place of storage at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import Item, StoragePlace
from evidence.services.custody import store_item

MOST_AT_ONCE = 500
"""So many exhibits are put into one place in one step."""


@transaction.atomic
def put_away(
    items: Sequence[Item], *, storage: StoragePlace, by: User, at: datetime | None = None
) -> list[Item]:
    """Put several exhibits into one place: all of them, or none if one may not lie there."""
    if not items:
        raise Refused(_("Choose at least one exhibit."))
    stored = []
    for item in sorted(items, key=lambda each: each.pk):
        try:
            stored.append(store_item(item, storage=storage, by=by, at=at))
        except Refused as refusal:
            told = {"exhibit": item.exhibit_no, "why": refusal}
            raise Refused(_("%(exhibit)s: %(why)s") % told) from None
    return stored
