"""Writes down what is read by emergency access, whichever page or endpoint it is read on.

It is the one reading that leaves a line: whoever breaks the glass is seen doing it. The line is
written before the answer leaves, so that nothing is shown that could not be written down.
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


def note_emergency_reading(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with the banner in sight, and leave a line for what was opened."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.in_emergency = SimpleLazyObject(lambda: places_of(request))  # type: ignore[attr-defined]
        response = get_response(request)
        if request.method == "GET" and response.status_code == OK and shows_cases(request):
            leave_lines(request)
        return response

    return respond


def leave_lines(request: HttpRequest) -> None:
    """One for each thing opened in each of the cases."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    for place in request.in_emergency:  # type: ignore[attr-defined]
        for subject in opened(request, place):
            services.note_emergency_reading(subject, by=place.user, page=page)


def places_of(request: HttpRequest) -> list[Membership]:
    """The places that this person was given in an emergency and still has."""
    if not isinstance(request.user, User):
        return []
    places = Membership.objects.current().in_emergency().filter(user=request.user)
    return list(places.select_related("case", "user"))


def shows_cases(request: HttpRequest) -> bool:
    """True for pages on which something of a case may stand; small pictures stand on such pages."""
    found = request.resolver_match
    if not found or found.view_name.endswith("_thumbnail"):
        return False
    return found.namespace not in WITHOUT_CASES


def opened(request: HttpRequest, place: Membership) -> Iterator[Case | CaseRecord]:
    """What the address names, if it is of that case; a list is a reading of the case itself."""
    keys = list(keys_in(request))
    if not keys or place.case_id in keys:
        yield place.case
    for model in case_record_models() if keys else ():
        rows: Any = model._default_manager.all()
        yield from rows.visible_to(place.user).filter(pk__in=keys, case=place.case_id)


def keys_in(request: HttpRequest) -> Iterator[UUID]:
    """The keys of rows in an address, by whatever name the address has for them."""
    for word in request.resolver_match.kwargs.values() if request.resolver_match else ():
        with suppress(ValueError):
            yield UUID(str(word))
