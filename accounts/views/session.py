"""Where one is signed in, and signing out elsewhere."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import services
from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.security_log import note

BROWSERS = [
    *(("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox")),
    *(("Chrome/", "Chrome"), ("Safari/", "Safari")),
]
SYSTEMS = [
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")),
]
"""What a user agent says of itself, most telling word first: others mention Chrome and Safari."""


@open_to(SIGNED_IN)
@require_GET
def session_list(request: SignedInRequest) -> HttpResponse:
    """Every device that is signed in, the one in use first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions = UserSession.objects.filter(user=request.user, session_key__in=alive)
    key = request.session.session_key
    rows = sorted(sessions.order_by("-last_seen_at"), key=lambda each: each.session_key != key)
    devices = [{"row": row, "name": device_name(row.user_agent)} for row in rows]
    context = {"devices": devices, "current": key}
    return render(request, "accounts/session_list.html", context)


@open_to(SIGNED_IN)
@require_POST
def session_revoke(request: SignedInRequest, session_id: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=session_id, user=request.user)
    services.revoke_session(session, by=request.user)
    note("session.revoked", request)
    return redirect("accounts:session_list")


@open_to(SIGNED_IN)
@require_POST
def sessions_revoke(request: SignedInRequest) -> HttpResponse:
    keep = str(request.session.session_key)
    count = services.revoke_other_sessions(by=request.user, keep=keep)
    note("session.revoked", request, count=count)
    return redirect("accounts:session_list")


def device_name(agent: str) -> str:
    """Browser and system as far as a user agent tells: Firefox · Windows."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent[:60] or _("unnamed program")
