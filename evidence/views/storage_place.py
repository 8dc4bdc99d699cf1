"""Storage in the browser: the tree, one place, and what its keepers do with it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import CONFLICT, OK, attempt
from evidence import services
from evidence.forms import MovePlaceForm, PlaceForm, RetireForm
from evidence.models import StoragePlace
from evidence.models.scan import key_scanned
from evidence.models.stock import fills
from evidence.models.storage_place import PlaceKind, is_keeper
from evidence.views.storage_page import PAGE, branches_of, crumbs_of, looks_after, place_page

TREE, FORM = "evidence/place_list.html", "evidence/place_form.html"


@open_to(SIGNED_IN)
@require_GET
def place_list(request: SignedInRequest) -> HttpResponse:
    user = request.user
    places = list(StoragePlace.objects.visible_to(user).select_related("agency"))
    context = {
        "branches": branches_of(places, fills(places, user)),
        "keeps": is_keeper(user),
        "crumbs": crumbs_of(None),
    }
    return render(request, TREE, context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def place_create(request: SignedInRequest) -> HttpResponse:
    parent = parent_asked(request)
    if not (looks_after(request.user, parent) if parent else is_keeper(request.user)):
        raise PermissionDenied
    kind = PlaceKind.ROOM if parent else PlaceKind.SITE
    fresh = StoragePlace(agency=request.user.agency, parent=parent, kind=kind)
    form = PlaceForm(typed(request), instance=fresh)
    deed = partial(services.open_place, request.user.agency, by=request.user, parent=parent)
    crumbs = crumbs_of(parent, _("New place"))
    return filled_in(request, form, lambda: deed(**form.facts()), _("Enter a place"), crumbs)


@open_to(SIGNED_IN)
@require_GET
def place_detail(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    return render(request, PAGE, place_page(request, visible(request, place_id)))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def place_edit(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    place = kept(request, place_id)
    form = PlaceForm(typed(request), instance=place)
    deed = partial(services.amend_place, place, by=request.user)
    title, crumbs = _("Edit %(name)s") % {"name": place.name}, crumbs_of(place, _("Edit"))
    amend = lambda: deed(version=form.version_read, **form.facts())  # noqa: E731
    return filled_in(request, form, amend, title, crumbs)


@open_to(SIGNED_IN)
@require_POST
def place_move(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    place, form = kept(request, place_id), MovePlaceForm(request.POST, reader=request.user)
    deed = partial(services.move_place, place, by=request.user)
    return settle(request, place, form, lambda: deed(**form.cleaned_data), "place_move")


@open_to(SIGNED_IN)
@require_POST
def place_retire(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    place, form = kept(request, place_id), RetireForm(request.POST)
    deed = partial(services.retire_place, place, by=request.user)
    return settle(request, place, form, lambda: deed(**form.cleaned_data), "place_retire")


@open_to(SIGNED_IN)
@require_POST
def place_reopen(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    place, form = kept(request, place_id), forms.Form(request.POST)
    deed = partial(services.reopen_place, place, by=request.user)
    return settle(request, place, form, deed, "place_retire")


def visible(request: SignedInRequest, place_id: UUID) -> StoragePlace:
    """The place, if this person sees it."""
    return get_object_or_404(StoragePlace.objects.visible_to(request.user).with_path(), pk=place_id)


def kept(request: SignedInRequest, place_id: UUID) -> StoragePlace:
    """The place, if this person looks after it."""
    place = visible(request, place_id)
    if not looks_after(request.user, place):
        raise PermissionDenied
    return place


def parent_asked(request: SignedInRequest) -> StoragePlace | None:
    """The place that ?in= names; none for a site."""
    asked = request.GET.get("in", "")
    key = key_scanned(f"/x/{asked}")
    return visible(request, key) if key else None


def filled_in(
    request: SignedInRequest,
    form: Any,
    deed: Callable[[], StoragePlace],
    title: str,
    crumbs: list[dict[str, str]],
) -> HttpResponse:
    """Show the form of a place, or do its deed; a refusal keeps all typing."""
    status, differences = OK, []
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect("evidence:place_detail", done.pk)
    if status == CONFLICT:
        differences = form.catch_up()
    context = {"form": form, "title": title, "crumbs": crumbs, "differences": differences}
    return render(request, FORM, {**context, "cancel_url": crumbs[-2]["url"]}, status=status)


def settle(
    request: SignedInRequest,
    place: StoragePlace,
    form: forms.Form,
    deed: Callable[[], StoragePlace],
    name: str,
) -> HttpResponse:
    """Do the deed and show the place again; a refusal stands in its form."""
    done, status = attempt(form, deed)
    if done is not None:
        return redirect("evidence:place_detail", place.pk)
    context = place_page(request, visible(request, place.pk), **{name: form})
    return render(request, PAGE, context, status=status)
