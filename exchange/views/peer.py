"""Peers in the browser, for administrators: entering one, comparing codes, stopping it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.errors import Refused
from core.forms import typed
from core.http import OK, attempt
from core.listing import Column, page_of
from exchange import services
from exchange.formats.peer.envelope import fingerprint
from exchange.forms import CodeForm, PeerForm, ReasonForm
from exchange.models import Peer

LIST, PAGE, FORM = "exchange/peer_list.html", "exchange/peer_detail.html", "exchange/peer_form.html"
COLUMNS = [
    Column(_lazy("Peer"), "name"),
    Column(_lazy("Agency"), "agency__name"),
    Column(_lazy("Address"), "address"),
    Column(_lazy("State"), "state"),
]


@open_to(SIGNED_IN)
@require_GET
def peer_list(request: SignedInRequest) -> HttpResponse:
    require_office(request)
    rows = Peer.objects.visible_to(request.user).with_lists()
    own = services.newest_own_key()
    context = {
        "page": page_of(request, rows, COLUMNS, sort="name"),
        "own": own,
        "own_fingerprint": fingerprint(own.key) if own else "",
        "is_open": bool(settings.PEER_KEEPERS),
        "hosts": settings.PEER_HOSTS,
        "crumbs": [{"label": _("Peers"), "url": ""}],
    }
    return render(request, LIST, context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def peer_create(request: SignedInRequest) -> HttpResponse:
    require_office(request)
    form, status = PeerForm(typed(request)), OK
    if request.method == "POST":
        peer, status = attempt(
            form, lambda: services.enter_peer(by=request.user, **form.cleaned_data)
        )
        if peer is not None:
            return redirect("exchange:peer_detail", peer.pk)
    context = {"form": form, "crumbs": way_to(_("New peer"))}
    return render(request, FORM, context, status=status)


@open_to(SIGNED_IN)
@require_GET
def peer_detail(request: SignedInRequest, peer_id: UUID) -> HttpResponse:
    return render(request, PAGE, peer_page(request, peer_for(request, peer_id)))


@open_to(SIGNED_IN)
@require_POST
def peer_confirm(request: SignedInRequest, peer_id: UUID) -> HttpResponse:
    peer, form = peer_for(request, peer_id), CodeForm(request.POST)
    return done_to_peer(request, peer, form, services.confirm_code, "code_form")


@open_to(SIGNED_IN)
@require_POST
def peer_suspend(request: SignedInRequest, peer_id: UUID) -> HttpResponse:
    peer, form = peer_for(request, peer_id), ReasonForm(request.POST)
    return done_to_peer(request, peer, form, services.suspend_peer, "stop_form")


@open_to(SIGNED_IN)
@require_POST
def peer_revoke(request: SignedInRequest, peer_id: UUID) -> HttpResponse:
    peer, form = peer_for(request, peer_id), ReasonForm(request.POST)
    return done_to_peer(request, peer, form, services.revoke_peer, "stop_form")


@open_to(SIGNED_IN)
@require_POST
def peer_resume(request: SignedInRequest, peer_id: UUID) -> HttpResponse:
    peer = peer_for(request, peer_id)
    return told_or_refused(request, peer, lambda: services.resume_peer(peer, by=request.user))


@open_to(SIGNED_IN)
@require_POST
def peer_ask(request: SignedInRequest, peer_id: UUID) -> HttpResponse:
    peer = peer_for(request, peer_id)
    return told_or_refused(request, peer, lambda: services.ask_for_key(peer, by=request.user))


@open_to(SIGNED_IN)
@require_POST
def own_key_renew(request: SignedInRequest) -> HttpResponse:
    require_office(request)
    try:
        services.renew_own_key(by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("exchange:peer_list")


def told_or_refused(
    request: SignedInRequest, peer: Peer, deed: Callable[[], object]
) -> HttpResponse:
    """Do it and show the page; a refusal stands on top of it."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return render(request, PAGE, peer_page(request, peer), status=422)
    return redirect("exchange:peer_detail", peer.pk)


def done_to_peer(
    request: SignedInRequest,
    peer: Peer,
    form: CodeForm | ReasonForm,
    deed: Callable[..., Peer],
    name: str,
) -> HttpResponse:
    """Do what the form asks for, or show it again with what is wrong."""
    done, status = attempt(form, lambda: deed(peer, by=request.user, **form.cleaned_data))
    if done is not None:
        return redirect("exchange:peer_detail", peer.pk)
    return render(request, PAGE, peer_page(request, peer, **{name: form}), status=status)


def peer_page(request: SignedInRequest, peer: Peer, **refused: BaseForm) -> dict[str, Any]:
    """One peer, the keys of both sides, and what may be done."""
    state, code = Peer.State(peer.state), services.code_for(peer)
    key, is_revoked = peer.key, state == Peer.State.REVOKED
    return {
        "peer": peer,
        "code": code,
        "their_fingerprint": fingerprint(key) if key else "",
        "our_fingerprint": fingerprint(peer.our_key.key) if peer.our_key else "",
        "is_revoked": is_revoked,
        "revoked_at": services.revoked_at(peer) if is_revoked else None,
        "may_confirm": bool(code) and not peer.second_by and peer.first_by != request.user,
        "may_ask": state in {Peer.State.PROPOSED, Peer.State.AGREED, Peer.State.PAIRED},
        "may_suspend": state == Peer.State.PAIRED,
        "may_resume": state == Peer.State.SUSPENDED and peer.stopped_by != request.user,
        "may_revoke": not is_revoked,
        "code_form": CodeForm(),
        "stop_form": ReasonForm(),
        "crumbs": way_to(peer.name),
        **refused,
    }


def peer_for(request: SignedInRequest, key: UUID) -> Peer:
    """The peer, for an administrator; to anybody else it is as if it were not there."""
    rows = Peer.objects.visible_to(request.user) if request.user.is_staff else Peer.objects.none()
    return get_object_or_404(rows.with_lists(), pk=key)


def require_office(request: SignedInRequest) -> None:
    """Refuse whoever is no administrator."""
    if not request.user.is_staff:
        raise PermissionDenied(_("Only administrators look after peers."))


def way_to(here: str) -> list[dict[str, str]]:
    """The way down to a peer."""
    return [{"label": _("Peers"), "url": reverse("exchange:peer_list")}, {"label": here, "url": ""}]
