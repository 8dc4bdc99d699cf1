"""Writes down what guests read, whichever page or endpoint they read it on.

Whoever breaks the glass in an emergency is seen doing it, and so is a partner who opens what is
shared with their agency; no other reading leaves a line. The line is written before the answer
leaves, so that nothing is shown that could not be written down.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from investigations import services
from investigations.models import Case, CaseRecord, Membership
from investigations.models.row_security import case_record_models

OK = 200
WITHOUT_CASES = {"accounts", "catalogue", "mfa", ""}
"""Rooms whose pages show nothing of any case."""


def note_guests_reading(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with the banner in sight, and leave a line for what was opened."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.watched = SimpleLazyObject(lambda: places_of(request))  # type: ignore[attr-defined]
        request.in_emergency = SimpleLazyObject(lambda: given_in_emergency(request))  # type: ignore[attr-defined]
        response = get_response(request)
        if request.method == "GET" and response.status_code == OK and shows_cases(request):
            leave_lines(request)
        return response

    return respond


def leave_lines(request: HttpRequest) -> None:
    """One for each thing opened in each of the cases."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    for place in request.watched:  # type: ignore[attr-defined]
        for subject in opened(request, place):
            if place.is_in_emergency:
                services.note_emergency_reading(subject, by=place.user, page=page)
            elif isinstance(subject, CaseRecord):
                services.note_partner_reading(subject, by=place.user)


def places_of(request: HttpRequest) -> list[Membership]:
    """The places of this person that are watched: as emergency reader, or as partner."""
    if not isinstance(request.user, User):
        return []
    places = Membership.objects.current().watched().filter(user=request.user)
    return list(places.select_related("case", "user"))


def given_in_emergency(request: HttpRequest) -> list[Membership]:
    """Those that were given in an emergency, for the banner that says so."""
    watched: list[Membership] = list(request.watched)  # type: ignore[attr-defined]
    return [place for place in watched if place.is_in_emergency]


def shows_cases(request: HttpRequest) -> bool:
    """True for pages on which something of a case may stand; small pictures stand on such pages."""
    found = request.resolver_match
    if not found or found.view_name.endswith("_thumbnail"):
        return False
    return found.namespace not in WITHOUT_CASES


def opened(request: HttpRequest, place: Membership) -> Iterator[Case | CaseRecord]:
    """What the address names, if it is of that case; a list is a reading of the case itself."""
    keys = set(keys_in(request))
    if not keys or place.case_id in keys:
        yield place.case
    keys.discard(place.case_id)
    for model in case_record_models():
        if not keys:
            return
        rows: Any = model._default_manager.all()
        for row in rows.visible_to(place.user).filter(pk__in=keys, case=place.case_id):
            keys.discard(row.pk)
            yield row


def keys_in(request: HttpRequest) -> Iterator[UUID]:
    """The keys of rows in an address, by whatever name the address has for them."""
    for word in request.resolver_match.kwargs.values() if request.resolver_match else ():
        with suppress(ValueError):
            yield UUID(str(word))
