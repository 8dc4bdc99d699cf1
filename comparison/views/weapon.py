"""Weapons held against each other and against the catalogue, in the browser."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison.http import key_asked
from comparison.services.similar_model import rank_for
from comparison.services.weapon_set import against, relatives
from evidence.models import Component, WeaponInstance
from evidence.models.weapon_instance import components_of
from investigations.http import crumbs_to, marking_of

DETAIL, AGAINST = "comparison/weapon_detail.html", "comparison/weapon_against.html"
MODELS = "comparison/weapon_models.html"


@open_to(SIGNED_IN)
@require_GET
def weapon_detail(request: SignedInRequest, weapon_id: UUID) -> HttpResponse:
    weapon = visible_weapon(request, weapon_id)
    found = relatives(weapon, request.user)
    context = {
        "subject": weapon,
        "found": found,
        "tabs": tabs_of(weapon, "comparison:weapon_detail"),
        "crumbs": crumbs_of(weapon, _now("Compare")),
        "marking": marking_of([weapon], found.shown),
    }
    return render(request, DETAIL, context)


@open_to(SIGNED_IN)
@require_GET
def weapon_models(request: SignedInRequest, weapon_id: UUID) -> HttpResponse:
    weapon = visible_weapon(request, weapon_id)
    components = components_of(weapon, Component.objects.visible_to(request.user))
    context = {
        "subject": weapon,
        "ranking": rank_for(weapon, components),
        "tabs": tabs_of(weapon, "comparison:weapon_models"),
        "crumbs": crumbs_of(weapon, _now("Models that fit")),
        "marking": marking_of([weapon], components),
    }
    return render(request, MODELS, context)


@open_to(SIGNED_IN)
@require_GET
def weapon_against(request: SignedInRequest, weapon_id: UUID) -> HttpResponse:
    weapon = visible_weapon(request, weapon_id)
    other = visible_weapon(request, key_asked(request))
    pair = against(weapon, other, request.user)
    context = {
        "pair": pair,
        "title": f"{weapon.ref} · {other.ref}",
        "crumbs": crumbs_of(weapon, other.ref),
        "marking": marking_of([weapon, other], pair.shown),
    }
    return render(request, AGAINST, context)


def visible_weapon(request: SignedInRequest, weapon_id: UUID) -> WeaponInstance:
    """The weapon, if this person may see it."""
    rows = WeaponInstance.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=weapon_id)


def tabs_of(weapon: WeaponInstance, current: str) -> list[dict[str, Any]]:
    """The weapon itself, its relatives, and the models that fit it."""
    routes = {
        "evidence:weaponinstance_detail": _("Weapon found"),
        "comparison:weapon_detail": _("Weapons linked to it"),
        "comparison:weapon_models": _("Models that fit"),
    }
    return [
        {"label": label, "url": reverse(route, args=[weapon.pk]), "current": route == current}
        for route, label in routes.items()
    ]


def crumbs_of(weapon: WeaponInstance, here: str) -> list[dict[str, str]]:
    """The case, the weapon, and this page."""
    there = reverse("evidence:weaponinstance_detail", args=[weapon.pk])
    return crumbs_to(weapon.case, (weapon.ref, there), (here, ""))
