"""Further names of an actor and whom it belonged to, entered and struck on the actor's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import ActorNameForm, ActorParentForm, BareForm, EndForm
from attribution.models import Actor, ActorName, ActorParent
from attribution.views.actor import PAGE, actor_page, visible_actor
from core.http import OK, attempt
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_POST
def actor_name_add(request: SignedInRequest, actor_id: UUID) -> HttpResponse:
    actor = visible_actor(request, actor_id)
    actor.case.require(request.user, Duty.ANALYSE)
    fresh = ActorName(actor=actor, case=actor.case)
    form = ActorNameForm(request.POST, instance=fresh, prefix="name")
    _done, status = attempt(
        form, lambda: services.name_actor(actor, by=request.user, **form.cleaned_data)
    )
    return settle(request, actor, status, name_form=form)


@open_to(SIGNED_IN)
@require_POST
def actor_name_strike(request: SignedInRequest, name_id: UUID) -> HttpResponse:
    name = get_object_or_404(ActorName.objects.visible_to(request.user).with_lists(), pk=name_id)
    name.case.require(request.user, Duty.ANALYSE)
    actor = name.actor
    _done, status = attempt(
        BareForm(request.POST), lambda: services.strike_name(name, by=request.user)
    )
    return settle(request, actor, status)


@open_to(SIGNED_IN)
@require_POST
def actor_parent_add(request: SignedInRequest, actor_id: UUID) -> HttpResponse:
    actor = visible_actor(request, actor_id)
    actor.case.require(request.user, Duty.ANALYSE)
    fresh = ActorParent(actor=actor, case=actor.case)
    form = ActorParentForm(
        request.POST, instance=fresh, actor=actor, user=request.user, prefix="parent"
    )
    _done, status = attempt(
        form, lambda: services.place_under(actor, by=request.user, **form.cleaned_data)
    )
    return settle(request, actor, status, parent_form=form)


@open_to(SIGNED_IN)
@require_POST
def actor_parent_end(request: SignedInRequest, tie_id: UUID) -> HttpResponse:
    tie = visible_tie(request, tie_id)
    form = EndForm(request.POST)
    _done, status = attempt(
        form, lambda: services.end_parent(tie, by=request.user, **form.cleaned_data)
    )
    return settle(request, tie.actor, status, end_form=form)


@open_to(SIGNED_IN)
@require_POST
def actor_parent_strike(request: SignedInRequest, tie_id: UUID) -> HttpResponse:
    tie = visible_tie(request, tie_id)
    actor = tie.actor
    _done, status = attempt(
        BareForm(request.POST), lambda: services.strike_parent(tie, by=request.user)
    )
    return settle(request, actor, status)


def visible_tie(request: SignedInRequest, tie_id: UUID) -> ActorParent:
    """Whom an actor belonged to, if this person reads the case and analyses it."""
    rows = ActorParent.objects.visible_to(request.user).with_lists()
    tie = get_object_or_404(rows, pk=tie_id)
    tie.case.require(request.user, Duty.ANALYSE)
    return tie


def settle(request: SignedInRequest, actor: Actor, status: int, **refused: Any) -> HttpResponse:
    """Back to the actor's page; a refused form is shown again with what was typed."""
    if status == OK:
        return redirect("attribution:actor_detail", actor.pk)
    return render(request, PAGE, actor_page(request, actor, **refused), status=status)
