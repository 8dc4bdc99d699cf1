"""What the pages of storage show: the tree and how full it is, and one place with its exhibits."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from core.listing import Column, page_of
from evidence.forms import MovePlaceForm, RetireForm
from evidence.models import Item, Stocktake, StoragePlace
from evidence.models.stock import Fill, fills
from evidence.models.storage_place import is_keeper_of
from investigations.http import handling_of

PAGE = "evidence/place_detail.html"
COLUMNS = [
    Column(_("Exhibit"), "exhibit_no"),
    Column(_("What it is")),
    Column(_("Where")),
    Column(_("Status"), "status"),
    Column(_("Holder"), "holder__username"),
    Column(_("Seal")),
]


def looks_after(user: User, place: StoragePlace) -> bool:
    """True for those who may change a place."""
    return user.is_superuser or is_keeper_of(user, place)


def branches_of(places: list[StoragePlace], told: dict[UUID, Fill]) -> list[dict[str, Any]]:
    """Places as a tree, each with how full it is."""
    below: dict[UUID | None, list[StoragePlace]] = defaultdict(list)
    known = {place.pk for place in places}
    for place in places:
        below[place.parent_id if place.parent_id in known else None].append(place)

    def grown(above: UUID | None) -> list[dict[str, Any]]:
        return [
            {"place": place, "fill": told[place.pk], "parts": grown(place.pk)}
            for place in below[above]
        ]

    return grown(None)


def crumbs_of(place: StoragePlace | None, *more: str) -> list[dict[str, str]]:
    """The way down: all of storage, then each place to this one."""
    steps = [{"label": _now("Storage"), "url": reverse("evidence:place_list")}]
    for each in place.way if place else []:
        steps.append({"label": each.name, "url": reverse("evidence:place_detail", args=[each.pk])})
    return [*steps, *({"label": label, "url": ""} for label in more)]


def place_page(
    request: SignedInRequest, place: StoragePlace, **refused: BaseForm
) -> dict[str, Any]:
    """One place: what stands in it, the exhibits there that this person sees, and its deeds."""
    user = request.user
    trees = list(StoragePlace.objects.visible_to(user).filter(agency=place.agency_id))
    told = fills(trees, user)
    within = keys_within(place, trees)
    rows = Item.objects.visible_to(user).filter(storage__in=within)
    page = page_of(request, rows.with_lists().select_related("storage"), COLUMNS)
    keeps, may_check = looks_after(user, place), is_keeper_of(user, place)
    return {
        "place": place,
        "fill": told[place.pk],
        "branches": branches_of([each for each in trees if each.pk in within - {place.pk}], told),
        "page": page,
        "keeps": keeps,
        "offers": offers_of(place, user, refused) if keeps else [],
        "marking": handling_of(page.rows),
        "crumbs": crumbs_of(place),
        "checks": checks_of(place) if may_check else [],
        "may_check": may_check,
        "refused": refused.get("check"),
        "unlicensed": not place.takes_explosives,
    }


def checks_of(place: StoragePlace) -> list[Stocktake]:
    """The last times that the place was gone through, the one under way among them."""
    return list(place.stocktakes.select_related("started_by").order_by("-id")[:5])


def keys_within(place: StoragePlace, places: list[StoragePlace]) -> set[UUID]:
    """The place and all that stands in it, to any depth."""
    found, size = {place.pk}, 0
    while len(found) > size:
        size = len(found)
        found |= {each.pk for each in places if each.parent_id in found}
    return found


def offers_of(
    place: StoragePlace, user: User, refused: dict[str, BaseForm]
) -> list[dict[str, Any]]:
    """The deeds on a place, each with its form."""
    forms: dict[str, tuple[Any, BaseForm]] = {}
    if place.parent_id:
        forms["place_move"] = (_("Carry it elsewhere"), MovePlaceForm(reader=user))
    if place.retired_at is None:
        forms["place_retire"] = (_("Close this place"), RetireForm())
    return [
        {
            "name": name,
            "label": label,
            "form": refused.get(name, form),
            "action": reverse(f"evidence:{name}", args=[place.pk]),
            "form_id": f"{name}-form",
            "danger": name == "place_retire",
        }
        for name, (label, form) in forms.items()
    ]
