"""What stands round every view that takes a secret: counting, slowing down, saying when."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.stagekit import unstash_login
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone

from accounts import services
from accounts.models import person_known_as
from core.addresses import client_address
from core.security_log import note

OK, UNPROCESSABLE, TOO_MANY = 200, 422, 429
NOBODY = "nobody: "
View = Callable[..., HttpResponse]
Whose = Callable[[HttpRequest], str]


def slow_to_guess(secret: str, whose: Whose) -> Callable[[View], View]:
    """Count what is entered, for the account and from the address; too much is answered with 429.

    An entry is counted before it is looked at, so that many at once help nobody, and taken back
    when it was right.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            entry = services.Entry(secret, whose(request), client_address(request))
            if wait := services.count_entry(entry):
                return too_many(request, secret, wait)
            try:
                response = view(request, *args, **kwargs)
            except ReauthenticationRequired:
                services.take_back(entry)
                raise
            return judged(request, response, entry)

        return respond

    return decorate


def judged(request: HttpRequest, response: HttpResponse, entry: services.Entry) -> HttpResponse:
    """The same form again, or the sign-in page, means that the secret was wrong."""
    if response.status_code == OK:
        response.status_code = UNPROCESSABLE
    if response.status_code == UNPROCESSABLE or leads_to_the_door(response):
        note("secret.wrong", request, kind=entry.secret, account=known(entry))
    else:
        services.take_back(entry)
    return response


def known(entry: services.Entry) -> str:
    """The account's id; a name that nobody has is not written down, it may be a password."""
    return "" if entry.account.startswith(NOBODY) else entry.account


def leads_to_the_door(response: HttpResponse) -> bool:
    """True for a redirect to the sign-in page."""
    target = urlsplit(response.headers.get("Location", "")).path
    return target == resolve_url("accounts:sign_in")


def too_many(request: HttpRequest, secret: str, wait: int) -> HttpResponse:
    """The page that says when to try again."""
    note("secret.slowed", request, kind=secret, wait=wait)
    context = {"again_at": timezone.now() + timedelta(seconds=wait), "minutes": -(-wait // 60)}
    answer = render(request, "accounts/too_many.html", context, status=TOO_MANY)
    answer.headers["Retry-After"] = str(wait)
    return answer


def as_typed(request: HttpRequest) -> str:
    """The account of the name that somebody signs in with; a name without account counts too."""
    name = request.POST.get("login", "").strip()[:254]
    user = person_known_as(name)
    return str(user.pk) if user else NOBODY + name.lower()


def waiting_at_the_door(request: HttpRequest) -> str:
    """The account whose password was right and whose second factor is still missing."""
    login = unstash_login(request, peek=True)
    return str(login.user.pk) if login and login.user else ""


def signed_in(request: HttpRequest) -> str:
    """One's own account."""
    return str(request.user.pk)


def anybody(request: HttpRequest) -> str:
    """No account: who it is only shows when the secret is right."""
    return ""
