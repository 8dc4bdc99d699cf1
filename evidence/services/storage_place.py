"""Places of storage: opened, amended, moved with all that is in them, and closed."""

from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.kept import remember, said_by
from core.scope import system_scope
from evidence.models import Item, StoragePlace
from evidence.models.stock import everything_within, occupancy
from evidence.models.storage_place import is_keeper_of
from evidence.services.custody import carry_along
from evidence.services.room import require_open, require_room, require_what_lies_there
from ledger.services import hold_chains, record


class PlaceFacts(TypedDict, total=False):
    """What may be said of a place."""

    name: str
    kind: str
    capacity: int | None
    licensed_for_explosives: bool
    temperature_min_c: Decimal | None
    temperature_max_c: Decimal | None
    humidity_min_pct: int | None
    humidity_max_pct: int | None
    latitude: Decimal | None
    longitude: Decimal | None
    remarks: str


@transaction.atomic
def open_place(
    agency: Agency | None,
    *,
    by: User,
    parent: StoragePlace | None = None,
    **facts: Unpack[PlaceFacts],
) -> StoragePlace:
    """Enter a site of an agency, or a place within one that it has."""
    place = StoragePlace(agency=parent.agency if parent else agency, parent=parent, **facts)
    require_keeper(place, by)
    place.full_clean()
    place.save(force_insert=True)
    record(by, "evidence.place_opened", place, path=place.path, place_kind=place.kind)
    return place


@transaction.atomic
def amend_place(
    place: StoragePlace, *, by: User, version: int, **facts: Unpack[PlaceFacts]
) -> StoragePlace:
    """Change what is said of a place; where it stands changes by moving it."""
    place = lock_place(place, by)
    require_fresh(place, version)
    changes = apply_changes(place, facts)
    if changes:
        place.full_clean()
        place.save()
        require_what_lies_there(place)
        record(by, "evidence.place_amended", place, changes=changes)
    return place


@transaction.atomic
def keep_place(place: StoragePlace, *, by: User, fields: list[str]) -> StoragePlace:
    """Save what was edited in the administration, naming the fields that changed."""
    require_keeper(place, by)
    stored = StoragePlace.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    for before in stored.filter(pk=place.pk):
        place.said_before = said_by(before)
    place.version += not place._state.adding
    place.full_clean()
    place.save()
    record(by, "evidence.place_kept", place, path=place.path, fields=sorted(fields))
    return place


@transaction.atomic
def move_place(place: StoragePlace, *, to: StoragePlace, by: User) -> StoragePlace:
    """Carry a place elsewhere with all that is in it: each exhibit gets its line, seen or not."""
    place, to = lock_place(place, by), lock_place(to, by)
    if to.agency_id != place.agency_id:
        raise Refused(_("It stands with another agency: hand the exhibits over instead."))
    if place in to.way:
        raise Refused(_("A place cannot stand in itself."))
    require_open(to)
    before, inside = place.path, lying_in(place)
    hold_chains(place.ledger_log, *(item.case_id for item in inside))
    require_room(to, inside)
    place.parent, place.version = to, place.version + 1
    place.full_clean()
    place.save()
    require_what_lies_there(place)
    for item in inside:
        carry_along(item, by=by)
    record(by, "evidence.place_moved", place, before=before, after=place.path, exhibits=len(inside))
    return place


def lying_in(place: StoragePlace) -> list[Item]:
    """Every exhibit in a place or deeper in it, locked, seen or not."""
    with system_scope("whoever carries a box moves all that is in it, seen or not"):
        inside = Item.objects.filter(storage__in=everything_within(place))
        return list(
            inside.select_for_update(of=("self",), no_key=True)
            .select_related("case")
            .order_by("pk")
        )


@transaction.atomic
def retire_place(place: StoragePlace, *, by: User, reason: str) -> StoragePlace:
    """Close a place for good, once nothing is in it."""
    place = lock_place(place, by)
    if place.retired_at:
        raise Refused(_("This place is closed already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    if occupancy(everything_within(place)):
        raise Refused(_("Something is still kept there. Move it first."))
    place.retired_at, place.version = timezone.now(), place.version + 1
    place.save()
    record(by, "evidence.place_closed", place, path=place.path, reason=reason.strip())
    return place


@transaction.atomic
def reopen_place(place: StoragePlace, *, by: User) -> StoragePlace:
    """Use a closed place again."""
    place = lock_place(place, by)
    if not place.retired_at:
        raise Refused(_("This place is in use."))
    place.retired_at, place.version = None, place.version + 1
    place.save()
    record(by, "evidence.place_reopened", place, path=place.path)
    return place


def require_keeper(place: StoragePlace, by: User) -> None:
    """Raise PermissionDenied unless `by` looks after this agency's storage."""
    keeps = is_keeper_of(by, place) or (by.is_active and by.is_superuser)
    if place.agency_id is None or not keeps:
        raise PermissionDenied(_("Only the custodians of the agency look after its storage."))


def lock_place(place: StoragePlace, by: User) -> StoragePlace:
    """The row, locked, if `by` looks after it."""
    rows = StoragePlace.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    found = rows.select_related("agency", "parent").filter(pk=place.pk).first()
    if found is None:
        raise PermissionDenied(_("This place is not yours to see."))
    require_keeper(found, by)
    remember([found])
    return found
