"""Splitting exhibits and finding that some belong together; each deed can be told from the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import require_fresh
from core.errors import Refused
from evidence.models import Item, Regrouping
from evidence.models.custody_event import CustodyKind
from evidence.models.regrouping import RegroupingKind
from evidence.services.custody import require_open_in_hand
from evidence.services.custody_event import enter as enter_custody
from evidence.services.item import is_part_of_itself
from evidence.services.item_logging import log_item
from investigations.models import Duty
from investigations.services.label import take_on
from ledger.services import record


@dataclass(frozen=True)
class Part:
    """One part to be taken off: what it is, and how much of the whole's quantity (0: none)."""

    description: str
    quantity: int = 0
    mass_g: Decimal | None = None


@transaction.atomic
def split_item(
    item: Item, parts: Iterable[Part], *, by: User, version: int, reason: str
) -> Regrouping:
    """Take parts off an exhibit: each becomes an exhibit under it, the rest stays what it was.

    Of a counted exhibit the parts take their quantity with them, and something must remain; of a
    single thing they take none.
    """
    item, parts = Item.objects.locked_for(by, item), list(parts)
    item.require(by, Duty.LOG_EVIDENCE)
    require_fresh(item, version)
    require_splittable(item, parts, by=by, reason=reason)
    before, item.quantity = item.quantity, item.quantity - sum(part.quantity for part in parts)
    item.version += 1
    item.save(update_fields=["quantity", "version", "updated_at"])
    made = [take_off(item, part, by) for part in parts]
    if item.was_possessed:
        enter_custody(item, CustodyKind.SUB_SAMPLED, by=by, purpose=reason.strip())
    deed = enter_regrouping(
        RegroupingKind.SPLIT, item, made, {}, by=by, reason=reason, before=before
    )
    record(by, "evidence.item_split", item, **told(deed, made))
    return deed


def require_splittable(item: Item, parts: list[Part], *, by: User, reason: str) -> None:
    """A reason, some parts, something that remains, and a thing that is in one's own hands."""
    if not reason.strip():
        raise Refused(_("Say why."))
    if not parts:
        raise Refused(_("Describe at least one part."))
    if sum(part.quantity for part in parts) >= item.quantity and any(p.quantity for p in parts):
        raise Refused(
            _("Of %(count)d pieces some must remain. Log what is left over under its own number.")
            % {"count": item.quantity}
        )
    if item.was_possessed:
        require_open_in_hand(item, by)


def take_off(item: Item, part: Part, by: User) -> Item:
    """One part as an exhibit of its own, found when, where and how the whole was."""
    return log_item(
        item.case,
        by=by,
        out_of=item,
        incident=item.incident,
        site=item.site,
        parent=item,
        kind=item.kind,
        description=part.description,
        quantity=part.quantity or 1,
        unit=item.unit if part.quantity else "",
        mass_g=part.mass_g,
        recovered_at=item.recovered_at,
        recovered_precision=item.recovered_precision,
        recovered_as_stated=item.recovered_as_stated,
        recovered_by=item.recovered_by,
        acquisition=item.acquisition,
        condition=item.condition,
        hazards=list(item.hazards),
        no_in_situ_reason=_("Taken off %(exhibit)s.") % {"exhibit": item.exhibit_no},
    )


@transaction.atomic
def join_items(item: Item, parts: Iterable[Item], *, by: User, reason: str) -> Regrouping:
    """Say that exhibits belong together: they become parts of one, and keep their numbers."""
    item = Item.objects.locked_for(by, item)
    parts = [Item.objects.locked_for(by, part) for part in parts]
    for each in (item, *parts):
        each.require(by, Duty.LOG_EVIDENCE)
    if not reason.strip():
        raise Refused(_("Say why."))
    if not parts:
        raise Refused(_("Name the exhibits that belong to it."))
    before = {str(part.pk): str(part.parent_id or "") for part in parts}
    for part in parts:
        put_under(part, item)
    deed = enter_regrouping(
        RegroupingKind.JOIN, item, parts, before, by=by, reason=reason, before=item.quantity
    )
    record(by, "evidence.items_joined", item, beside=parts, **told(deed, parts))
    return deed


def put_under(part: Item, whole: Item) -> None:
    """Make one exhibit a part of another of its case, unless that would close a loop."""
    if part.case_id != whole.case_id:
        raise Refused(_("Both exhibits must belong to the same case."))
    if part.parent_id == whole.pk:
        raise Refused(
            _("%(part)s is part of %(whole)s already.")
            % {"part": part.exhibit_no, "whole": whole.exhibit_no}
        )
    if part.was_possessed and not whole.was_possessed:
        raise Refused(_("A part that is held cannot belong to a thing that never was."))
    part.parent = whole
    if part.pk == whole.pk or is_part_of_itself(part):
        raise Refused(_("An exhibit cannot be part of itself."))
    part.version += 1
    part.save(update_fields=["parent", "version", "updated_at"])
    for above in part.handlings_above():
        take_on(part, above)


@transaction.atomic
def correct_join(regrouping: Regrouping, *, by: User, reason: str) -> Regrouping:
    """Say that the exhibits do not belong together after all; each goes back to what it was of."""
    regrouping = Regrouping.objects.locked_for(by, regrouping)
    regrouping.case.require(by, Duty.LOG_EVIDENCE)
    if not regrouping.can_be_corrected:
        raise Refused(_("Only a finding that they belong together is corrected, and once."))
    if not reason.strip():
        raise Refused(_("Say why."))
    item = Item.objects.locked_for(by, regrouping.item)
    parts = [Item.objects.locked_for(by, Item(pk=key)) for key in regrouping.parts]
    for part in parts:
        put_back(part, item, regrouping.parts_before[str(part.pk)])
    deed = enter_regrouping(
        *(RegroupingKind.UNJOIN, item, parts, {str(part.pk): str(item.pk) for part in parts}),
        by=by,
        reason=reason,
        before=item.quantity,
        corrects=regrouping,
    )
    record(by, "evidence.join_corrected", item, beside=parts, **told(deed, parts))
    return deed


def put_back(part: Item, whole: Item, before: str) -> None:
    """Let a part belong again to what it was of, if nobody has put it elsewhere since."""
    if part.parent_id != whole.pk:
        raise Refused(
            _("%(part)s was put elsewhere since. Correct that first.") % {"part": part.exhibit_no}
        )
    part.parent_id = before or None
    if is_part_of_itself(part):
        raise Refused(_("An exhibit cannot be part of itself."))
    part.version += 1
    part.save(update_fields=["parent", "version", "updated_at"])


def enter_regrouping(
    kind: str,
    item: Item,
    parts: list[Item],
    parts_before: dict[str, str],
    *,
    by: User,
    reason: str,
    before: int,
    corrects: Regrouping | None = None,
) -> Regrouping:
    """Write the deed down as a row; the line in the ledger is its deed's own."""
    regrouping = Regrouping(
        case=item.case,
        kind=kind,
        item=item,
        parts=[part.pk for part in parts],
        parts_before=parts_before,
        quantity_before=before,
        quantity_after=item.quantity,
        reason=reason.strip(),
        made_by=by,
        corrects=corrects,
    )
    regrouping.save(force_insert=True)
    return regrouping


def told(deed: Regrouping, parts: list[Item]) -> dict[str, Any]:
    """The deed as the ledger keeps it."""
    return {
        "parts": [part.exhibit_no for part in parts],
        "quantity": [deed.quantity_before, deed.quantity_after],
        "reason": deed.reason,
        "corrects": str(deed.corrects_id or ""),
    }
