"""Saying that an exhibit may be touched: whoever cleared it, when, and by which procedure."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import Item
from evidence.models.safety import CLEARED, RenderSafe
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def assess_safety(
    item: Item, *, by: User, render_safe: str, cleared_by: str = "", cleared_at: datetime | None
) -> Item:
    """Write down what the ordnance specialist found; `cleared_by` is that person, named."""
    item = Item.objects.locked_for(by, item)
    item.require(by, Duty.LOG_EVIDENCE)
    require_specialist(render_safe, cleared_by.strip(), cleared_at)
    before = item.render_safe
    item.render_safe = render_safe
    item.cleared_by, item.cleared_at = cleared_by.strip(), cleared_at
    item.version += 1
    item.save(update_fields=["render_safe", "cleared_by", "cleared_at", "version", "updated_at"])
    record(
        by,
        "evidence.safety_assessed",
        item,
        before=before,
        after=render_safe,
        cleared_by=item.cleared_by,
        cleared_at=cleared_at.isoformat() if cleared_at else "",
        procedure=render_safe == RenderSafe.RENDERED_SAFE,
    )
    return item


def require_specialist(render_safe: str, cleared_by: str, cleared_at: datetime | None) -> None:
    """An exhibit is cleared by somebody, at some time that has passed."""
    if render_safe in CLEARED and not (cleared_by and cleared_at):
        raise Refused(_("Say who cleared it, and when."))
    if cleared_at and cleared_at > timezone.now():
        raise Refused(_("It cannot have been cleared in the future."))
