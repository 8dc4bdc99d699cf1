"""Weapons that were found, in the browser: the list, a page each, entering and amending."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.listing import Column, page_of
from evidence import services
from evidence.forms import WeaponInstanceFilterForm, WeaponInstanceForm
from evidence.http import step_to_incident
from evidence.models import Component, Item, WeaponInstance
from evidence.models.weapon_instance import components_of
from investigations.http import crumbs_to, fill_in, handling_of, marking_of
from investigations.models import Duty, Incident

LIST, PAGE = "evidence/weaponinstance_list.html", "evidence/weaponinstance_detail.html"
FORM = "evidence/record_form.html"
COLUMNS = [
    Column(_("Weapon"), "ref"),
    Column(_("Weapon model")),
    Column(_("Incident")),
    Column(_("Marked")),
    Column(_("Case"), "case__ref"),
]


@open_to(SIGNED_IN)
@require_GET
def weaponinstance_list(request: SignedInRequest) -> HttpResponse:
    form = WeaponInstanceFilterForm(request.GET, user=request.user)
    rows = form.narrow(WeaponInstance.objects.visible_to(request.user)).with_lists()
    page = page_of(request, rows, COLUMNS)
    incident = form.cleaned_data.get("incident")
    context = {
        "page": page,
        "incident": incident,
        "may_log": incident is not None and incident.may(request.user, Duty.LOG_EVIDENCE),
        "marking": handling_of(page.rows),
    }
    return render(request, LIST, context)


@open_to(SIGNED_IN)
@require_GET
def weaponinstance_detail(request: SignedInRequest, weapon_id: UUID) -> HttpResponse:
    weapon, user = visible_weapon(request, weapon_id), request.user
    exhibits = list(Item.objects.visible_to(user).filter(weapons=weapon).with_lists())
    components = components_of(weapon, Component.objects.visible_to(user))
    context = {
        "weapon": weapon,
        "exhibits": exhibits,
        "components": components,
        "may_log": weapon.may(user, Duty.LOG_EVIDENCE),
        "crumbs": crumbs_to(weapon.case, step_to_incident(weapon.incident), (weapon.ref, "")),
        "marking": marking_of([weapon], exhibits, components),
    }
    return render(request, PAGE, context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def weaponinstance_create(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    rows = Incident.objects.visible_to(request.user).with_lists()
    incident = get_object_or_404(rows, pk=incident_id)
    incident.case.require(request.user, Duty.LOG_EVIDENCE)
    blank = WeaponInstance(case=incident.case, incident=incident)
    form = WeaponInstanceForm(typed(request), instance=blank, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.enter_weapon(incident, by=request.user, **form.facts()),
        page=FORM,
        title=_now("Describe a weapon of %(incident)s") % {"incident": incident.ref},
        crumbs=crumbs_to(incident.case, step_to_incident(incident), (_now("New weapon"), "")),
        cancel_url=reverse("investigations:incident_detail", args=[incident.pk]),
        marking=incident.handling,
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def weaponinstance_edit(request: SignedInRequest, weapon_id: UUID) -> HttpResponse:
    weapon = visible_weapon(request, weapon_id)
    weapon.case.require(request.user, Duty.LOG_EVIDENCE)
    form = WeaponInstanceForm(typed(request), instance=weapon, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_weapon(
            weapon, by=request.user, version=form.version_read, **form.facts()
        ),
        page=FORM,
        title=_now("Edit %(ref)s") % {"ref": weapon.ref},
        **way_to(weapon, _now("Edit")),
        marking=weapon.handling,
    )


def way_to(weapon: WeaponInstance, here: str) -> dict[str, Any]:
    """The way down to a page of the weapon, and back to it."""
    there = reverse("evidence:weaponinstance_detail", args=[weapon.pk])
    return {"crumbs": crumbs_to(weapon.case, (weapon.ref, there), (here, "")), "cancel_url": there}


def visible_weapon(request: SignedInRequest, weapon_id: UUID) -> WeaponInstance:
    """The weapon, if this person may see it."""
    rows = WeaponInstance.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=weapon_id)
