"""Browser forms carry a word of their own, so that a double click or a resent page acts once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.http import wants_part
from core.identity import uuid7
from core.models import Once
from core.services.once import do_once, fingerprint

FIELD = "once"
UNREAD = {FIELD, "csrfmiddlewaretoken"}


def new_word() -> str:
    """What a form carries from the moment it is shown."""
    return str(uuid7())


def forms_act_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send whoever sends a form twice to where the first sending led.

    Programs have `Idempotency-Key` instead (core.rest), which is why addresses without the check
    against forged forms are left alone here: their bodies are theirs to read.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        user, word = request.user.pk, word_of(request)
        if not user or not word:
            return None
        body = fingerprint("POST", request.get_full_path(), typed(request), files_of(request))
        return do_once(
            user,
            f"form {word} {body}",  # changed and sent again from the same page is a new deed
            body,
            deed=lambda: view(request, *args, **kwargs),
            again=lambda once: where_it_led(request, once),
        )

    setattr(respond, "process_view", process_view)  # noqa: B010
    return respond


def word_of(request: HttpRequest) -> str:
    """The word that the form was shown with, if it is one of ours."""
    try:
        return str(UUID(request.POST.get(FIELD, "")))
    except ValueError:
        return ""


def typed(request: HttpRequest) -> list[tuple[str, list[Any]]]:
    """What the form says, in a steady order."""
    return sorted((name, said) for name, said in request.POST.lists() if name not in UNREAD)


def files_of(request: HttpRequest) -> list[Any]:
    """The files sent along."""
    return [file for _name, several in request.FILES.lists() for file in several]


def where_it_led(request: HttpRequest, once: Once) -> HttpResponse:
    """The page that the first sending led to; a part of a page is fetched anew with the whole."""
    if once.location:
        return HttpResponseRedirect(once.location)
    if wants_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    messages.info(request, _("This was sent twice and done once."))
    came_from = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(came_from if known else resolve_url(settings.LOGIN_REDIRECT_URL))
