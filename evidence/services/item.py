"""Amending what is said of exhibits, and what must hold for each of them."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import ComponentCategory
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Item
from evidence.models.vocabulary import Acquisition
from evidence.services.caveat import caveats_of, require_still_bound
from evidence.services.completing import require_still_complete
from investigations.models import Duty, Incident, Site
from investigations.services.label import take_on
from ledger.services import record


class ItemFacts(TypedDict, total=False):
    """What may be said of an exhibit, custody apart."""

    kind: ComponentCategory
    description: str
    incident: Incident
    site: Site | None
    parent: Item | None
    recovered_at: datetime | None
    recovered_precision: str
    recovered_as_stated: str
    recovered_by: str
    acquisition: str
    condition: str
    packaging: str
    hazards: list[str]
    quantity: int
    unit: str
    mass_g: Decimal | None
    length_mm: Decimal | None
    width_mm: Decimal | None
    height_mm: Decimal | None
    diameter_mm: Decimal | None
    completeness_pct: int | None
    grid_ref: str
    bearing_deg: Decimal | None
    distance_m: Decimal | None
    burial_depth_cm: Decimal | None
    documentation_site: Site | None
    no_in_situ_reason: str


@transaction.atomic
def amend_item(item: Item, *, by: User, version: int, **facts: Unpack[ItemFacts]) -> Item:
    """Change what is said of an exhibit; custody changes only by handing over, storing, sealing."""
    item = Item.objects.locked_for(by, item)
    item.require(by, Duty.LOG_EVIDENCE)
    require_fresh(item, version)
    possessed, over = item.was_possessed, caveats_of(item) if "parent" in facts else []
    changes = apply_changes(item, facts)
    require_one_case(item)
    require_still_bound(item, over)
    if item.was_possessed != possessed:
        raise Refused(
            _("An exhibit that was held cannot become documented only, nor the other way round.")
        )
    if "recovered_at" in changes:
        require_recovered_by_now(item)
    if changes:
        item.full_clean(exclude=["exhibit_no"])
        require_still_complete(item)
        item.save()
        for above in item.handlings_above():
            take_on(item, above)
        record(by, "evidence.item_amended", item, changes=changes)
    return item


def require_recovered_by_now(item: Item) -> None:
    """Nothing was recovered in the future."""
    if item.recovered_at and item.recovered_at > timezone.now():
        told = _("This time is in the future. Write when it happened.")
        raise ValidationError({"recovered_at": told})


def require_one_case(item: Item) -> None:
    """Incident, site and parent must lie in the exhibit's own case, and the tree have no loop."""
    for other in (item.incident, item.site, item.documentation_site, item.parent):
        if other is not None and other.case_id != item.case_id:
            raise Refused(_("Incident, site and parent must belong to the same case."))
    for site in (item.site, item.documentation_site):
        if site and site.incident_id != item.incident_id:
            raise Refused(_("The site belongs to another incident."))
    if item.documentation_site and item.was_possessed:
        raise Refused(_("Only what was never held is documented at a site."))
    if is_part_of_itself(item):
        raise Refused(_("An exhibit cannot be part of itself."))
    if item.parent and item.parent.acquisition == Acquisition.DOCUMENTED_ONLY != item.acquisition:
        raise Refused(_("A part that is held cannot belong to a thing that never was."))


def is_part_of_itself(item: Item) -> bool:
    """True when going up from part to whole comes back to it."""
    above = item.parent
    with system_scope("the tree has no loop, whoever may see the exhibits above"):
        while above is not None and above.pk != item.pk:
            above = above.parent
    return above is not None
