"""Stock-takes: begun at a place, exhibits seen one by one, finished with an event for each."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.scope import system_scope
from evidence.models import CustodyKind, Item, Sighting, Stocktake, StoragePlace
from evidence.models.stock import everything_within
from evidence.models.stocktake import Verdict
from evidence.models.storage_place import NOWHERE, is_keeper_of
from evidence.services.custody_event import enter
from evidence.services.custody_rule import is_held
from evidence.services.room import require_open
from evidence.services.storage_place import lock_place, require_keeper
from investigations.models import Duty
from ledger.services import record


@dataclass(frozen=True)
class Seen:
    """What one scan did: the exhibit, where this person sees it, and whether it was new."""

    item: Item | None
    is_new: bool


@transaction.atomic
def begin_stocktake(place: StoragePlace, *, by: User) -> Stocktake:
    """Begin to go through a place and all that stands in it; one is under way at a time."""
    place = lock_place(place, by)
    if not is_keeper_of(by, place):
        raise PermissionDenied(_("Only the custodians of the agency look after its storage."))
    require_open(place)
    if place.stocktakes.under_way().exists():
        raise Refused(_("It is being gone through already. Go on with that."))
    stocktake = Stocktake(place=place, started_by=by)
    stocktake.save(force_insert=True)
    record(by, "evidence.stocktake_begun", stocktake, place=str(place.pk))
    return stocktake


@transaction.atomic
def note_seen(stocktake: Stocktake, *, by: User, scanned: str) -> Seen:
    """One label was scanned. What is not this person's to see is counted without a name.

    The answer is the same whether there is no such exhibit, or one that they may not see.
    """
    stocktake = lock_stocktake(stocktake, by)
    scanned = scanned.strip()
    if not scanned:
        raise Refused(_("Scan a label, or type case and number."))
    item = Item.objects.visible_to(by).labelled(scanned).select_related("case").first()
    if item is not None:
        return Seen(item, is_new=note_item(stocktake, item, by))
    digest = hashlib.sha256(scanned.casefold().encode()).hexdigest()
    is_new = digest not in stocktake.unnamed
    if is_new:
        stocktake.unnamed.append(digest)
        stocktake.save(update_fields=["unnamed", "updated_at"])
        record(by, "evidence.stocktake_unnamed", stocktake, count=len(stocktake.unnamed))
    note_hidden(stocktake, scanned, by)
    return Seen(None, is_new=is_new)


def note_item(stocktake: Stocktake, item: Item, by: User) -> bool:
    """Write down that an exhibit was seen; true when it was not before."""
    known = Sighting.objects.visible_to(by).filter(stocktake=stocktake, item=item)
    if known.exists():
        return False
    Sighting(case=item.case, stocktake=stocktake, item=item, seen_by=by).save(force_insert=True)
    record(by, "evidence.item_sighted", item, stocktake=str(stocktake.pk))
    return True


def note_hidden(stocktake: Stocktake, scanned: str, by: User) -> None:
    """What the checker may not see and the record has in this very place was seen all the same.

    Nothing is written of exhibits kept elsewhere: their numbers could be guessed.
    """
    within = everything_within(stocktake.place)
    with system_scope("an exhibit that is seen in its place is seen, whoever may read of it"):
        item = Item.objects.filter(storage__in=within).labelled(scanned).first()
        known = Sighting.objects.filter(stocktake=stocktake, item=item)
        if item is not None and not known.exists():
            Sighting(case=item.case, stocktake=stocktake, item=item, seen_by=by).save()
            record(by, "evidence.item_sighted", item, stocktake=str(stocktake.pk))


@transaction.atomic
def tick_seen(stocktake: Stocktake, items: Iterable[Item], *, by: User) -> int:
    """Several exhibits were seen, ticked in the list of what is expected; how many were new."""
    stocktake = lock_stocktake(stocktake, by)
    return sum(note_item(stocktake, item, by) for item in items)


@transaction.atomic
def finish_stocktake(stocktake: Stocktake, *, by: User) -> Stocktake:
    """Compare what was seen with the record; each exhibit gets an event of custody, seen or not.

    Missing is not lost: that is for a person to say. The result is signed in the ledger: of all
    exhibits, seen or hidden, how many, and the digest of the list.
    """
    stocktake = lock_stocktake(stocktake, by)
    with system_scope("every exhibit of the place is accounted for, whoever may see it"):
        expected = expected_in(stocktake.place)
        sightings = {
            each.item_id: each for each in stocktake.sightings.select_related("item__case")
        }
        for item in expected:
            verdict = Verdict.PRESENT if item.pk in sightings else Verdict.MISSING
            judge(stocktake, sightings.get(item.pk), item, verdict, by)
        known = {item.pk for item in expected}
        for key, sighting in sightings.items():
            if key not in known:
                judge(stocktake, sighting, sighting.item, Verdict.UNEXPECTED, by)
        digest = sum_up(stocktake)
    record(
        by,
        "evidence.stocktake_finished",
        stocktake,
        place=str(stocktake.place_id),
        present=stocktake.present,
        missing=stocktake.missing,
        unexpected=stocktake.unexpected,
        unnamed=len(stocktake.unnamed),
        result_sha256=digest,
    )
    return stocktake


def expected_in(place: StoragePlace) -> list[Item]:
    """What the record has in a place and in all that stands in it."""
    rows = Item.objects.filter(storage__in=everything_within(place)).select_related("case")
    return list(rows.order_by("pk"))


def judge(
    stocktake: Stocktake, sighting: Sighting | None, item: Item, verdict: Verdict, by: User
) -> None:
    """Write the result of one exhibit, and its event of custody."""
    sighting = sighting or Sighting(case=item.case, stocktake=stocktake, item=item, seen_by=by)
    sighting.verdict = verdict
    sighting.save()
    if not is_held(item):
        return
    where = {Verdict.PRESENT: item.kept_at, Verdict.MISSING: ""}.get(verdict, stocktake.place.path)
    enter(
        item,
        CustodyKind.INVENTORY,
        by=by,
        from_place=item.kept_at,
        to_place=where,
        storage=item.storage if verdict == Verdict.PRESENT else None,
        purpose=str(verdict.value),
        **(NOWHERE if verdict == Verdict.MISSING else stocktake.place.point),
    )


def sum_up(stocktake: Stocktake) -> str:
    """Count, and return the SHA-256 of the whole result."""
    verdicts = list(stocktake.sightings.values_list("item", "verdict").order_by("item"))
    found = [verdict for _item, verdict in verdicts]
    stocktake.present = found.count(Verdict.PRESENT)
    stocktake.missing = found.count(Verdict.MISSING)
    stocktake.unexpected = found.count(Verdict.UNEXPECTED)
    stocktake.finished_at = timezone.now()
    stocktake.version += 1
    stocktake.save()
    told = "\n".join(f"{item} {verdict}" for item, verdict in verdicts)
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def declare_lost(item: Item, *, by: User, reason: str, at: datetime | None = None) -> Item:
    """A person says that an exhibit is lost; no count ever does."""
    item = Item.objects.locked_for(by, item)
    item.case.require(by, Duty.HOLD_EVIDENCE)
    if not reason.strip():
        raise Refused(_("Say why."))
    enter(item, CustodyKind.LOST, by=by, at=at, from_place=item.kept_at, purpose=reason.strip())
    return item


@transaction.atomic
def declare_found(
    item: Item,
    *,
    by: User,
    place: str,
    condition: str,
    seal: str = "",
    at: datetime | None = None,
) -> Item:
    """What was lost is there again, in a stated condition; whoever found it answers for it."""
    item = Item.objects.locked_for(by, item)
    item.case.require(by, Duty.HOLD_EVIDENCE)
    if not (place.strip() and condition.strip()):
        raise Refused(_("Say where it was found, and in what condition."))
    enter(
        item,
        CustodyKind.FOUND,
        by=by,
        at=at,
        to_person=by,
        to_place=place.strip(),
        condition=condition.strip(),
        seal_before=seal.strip(),
        seal_after=seal.strip(),
    )
    return item


def lock_stocktake(stocktake: Stocktake, by: User) -> Stocktake:
    """The row, locked, if `by` keeps the place and it is not finished."""
    rows = (
        Stocktake.objects.visible_to(by).select_for_update(of=("self",), no_key=True).with_lists()
    )
    found = rows.filter(pk=stocktake.pk).first()
    if found is None:
        raise PermissionDenied(_("This place is not yours to see."))
    require_keeper(found.place, by)
    if found.finished_at is not None:
        raise Refused(_("This check is finished. Begin another one."))
    return found
