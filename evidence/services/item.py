"""Logging exhibits and amending what is said of them."""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import ComponentCategory
from core.changes import apply_changes, require_fresh, require_sound
from core.errors import Refused
from core.precision import DatePrecision
from core.scope import system_scope
from evidence.models import CustodyKind, Item
from evidence.models.vocabulary import Acquisition, ItemStatus
from evidence.services.caveat import caveats_of, require_still_bound
from evidence.services.completing import require_still_complete
from evidence.services.custody_event import CustodyFacts, enter
from investigations.models import Case, Duty, Incident, Site
from investigations.services import next_numbers
from investigations.services.contribution import label_of_contribution
from investigations.services.label import take_on
from ledger.services import record

LOGGED = "evidence.item_logged"


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
def log_item(case: Case, *, by: User, exhibit_no: str = "", **facts: Unpack[ItemFacts]) -> Item:
    """Enter an exhibit into the case, in the hands of whoever logs it.

    Without an `exhibit_no` it gets the next of the series EV-0001. Things that were only
    documented have no holder and no custody.
    """
    case.require(by, Duty.LOG_EVIDENCE, Duty.CONTRIBUTE)
    item = Item(
        case=case,
        exhibit_no=exhibit_no.strip(),
        label=label_of_contribution(case, by),
        **facts,
    )
    make_ready(item, by)
    number_exhibit(item)
    item.save(force_insert=True)
    record(by, LOGGED, item, **told_when_logged(item))
    if item.was_possessed:
        at, facts_of_event = collection_of(item, by)
        enter(item, CustodyKind.COLLECTED, by=by, at=at, **facts_of_event)
    return item


def make_ready(item: Item, by: User) -> None:
    """Check what is said of a new exhibit, and put it in the hands of whoever logs it."""
    if item.parent:
        item.parent.require(by, Duty.LOG_EVIDENCE)
    require_one_case(item)
    take_into_custody(item, by)
    require_sound(item)


def told_when_logged(item: Item) -> dict[str, Any]:
    """What the line in the ledger says of a new exhibit."""
    return {
        "exhibit_no": item.exhibit_no,
        "description": item.description,
        "holder": str(item.holder_id or ""),
    }


def take_into_custody(item: Item, by: User) -> None:
    """Whoever logs an exhibit answers for it until it is handed over."""
    if item.was_possessed:
        item.holder = by
    else:
        item.status = ItemStatus.DOCUMENTED_ONLY


def collection_of(item: Item, by: User) -> tuple[datetime | None, CustodyFacts]:
    """The first event of its custody: when it was recovered, if that is known, else now."""
    spot = item.site if item.site and item.site.has_point else item.incident
    known = item.recovered_at if item.recovered_at and item.recovered_at <= timezone.now() else None
    return known, {
        "precision": item.recovered_precision if known else DatePrecision.SECOND,
        "as_stated": item.recovered_as_stated,
        "from_name": item.recovered_by,
        "to_person": by,
        "from_place": str(item.site or "")[:200],
        "latitude": spot.latitude if known else None,
        "longitude": spot.longitude if known else None,
    }


def number_exhibit(item: Item) -> None:
    """Give the next free number of the series, or refuse a chosen one that is taken."""
    if item.exhibit_no:
        next_numbers(item.case, "exhibit", count=0)  # draws none, and keeps others waiting
        if is_taken(item.exhibit_no, item.case):
            raise taken(item.exhibit_no)
        return
    while not item.exhibit_no:
        drawn = f"EV-{next_numbers(item.case, 'exhibit')[0]:04d}"
        if not is_taken(drawn, item.case):
            item.exhibit_no = drawn


def taken(exhibit_no: str) -> Refused:
    """The refusal of a number that another exhibit bears."""
    return Refused(
        _("Exhibit %(number)s is in this case already. Choose another number.")
        % {"number": exhibit_no}
    )


def is_taken(exhibit_no: str, case: Case) -> bool:
    """True when an exhibit of the case bears this number."""
    with system_scope("a number is given once among all exhibits of a case, seen or not"):
        return Item.objects.filter(case=case, exhibit_no=exhibit_no).exists()


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
    if changes:
        item.full_clean(exclude=["exhibit_no"])
        require_still_complete(item)
        item.save()
        for above in item.handlings_above():
            take_on(item, above)
        record(by, "evidence.item_amended", item, changes=changes)
    return item


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
