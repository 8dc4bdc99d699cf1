"""Writes down what guests read, whichever page or endpoint they read it on.

Whoever breaks the glass in an emergency is seen doing it, and so is a partner who opens what is
shared with their agency, or is sent it in a list, a feed or a file; no other reading leaves a line.
The line is written before the answer leaves, and before each piece of one that is streamed, so that
nothing is shown that could not be written down.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from core.shown import Gathered, Shown, gathering
from investigations import services
from investigations.models import Case, CaseRecord, Membership, Role
from investigations.models.label import handling_of_label
from investigations.models.partner_door import PartnerDoor
from investigations.models.row_security import case_record_models

OK, REDIRECTED = 200, 300
SHOWS_THE_FORM_AGAIN = {409, 422}
Places = dict[UUID, Membership]
SMALL = "_thumbnail"
DOORS = {"api:changes": PartnerDoor.FEED, "api:snapshot": PartnerDoor.SNAPSHOT}
WITHOUT_CASES = {"accounts", "catalogue", "mfa", ""}
"""Rooms whose pages show nothing of any case."""


def note_guests_reading(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with the banner in sight, and leave a line for what was opened."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.watched = SimpleLazyObject(lambda: places_of(request))  # type: ignore[attr-defined]
        request.in_emergency = SimpleLazyObject(lambda: given_in_emergency(request))  # type: ignore[attr-defined]
        with gathering() as rows:
            response = get_response(request)
        is_read = is_reading(request, response, rows)
        here = leave_lines(request) if is_read else set()
        if request.method != "HEAD" and tells_records(response):
            note_sent(request, response, rows, is_read=is_read, opened=here)
        return response

    return respond


def is_reading(request: HttpRequest, response: HttpResponse, rows: Gathered) -> bool:
    """True for an answer that shows something of cases; a feed without news shows nothing."""
    if request.method != "GET" or response.status_code != OK or not shows_cases(request):
        return False
    return bool(rows) or DOORS.get(page_of(request)) != PartnerDoor.FEED


def tells_records(response: HttpResponse) -> bool:
    """False for redirections and refusals, which hold nothing; a refused form is shown again."""
    if response.status_code in SHOWS_THE_FORM_AGAIN:
        return response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code < REDIRECTED


def leave_lines(request: HttpRequest) -> set[UUID]:
    """One for each thing opened in each of the cases; returns which records those are."""
    page, found = page_of(request), set[UUID]()
    for place in request.watched:  # type: ignore[attr-defined]
        for subject in opened(request, place):
            if place.is_in_emergency:
                services.note_emergency_reading(subject, by=place.user, page=page)
            elif isinstance(subject, CaseRecord):
                services.note_partner_reading(subject, by=place.user)
                found.add(subject.pk)
    return found


def note_sent(
    request: HttpRequest, response: Any, rows: Gathered, *, is_read: bool, opened: Collection[UUID]
) -> None:
    """Leave a line for what a partner is sent, now and with each piece of a streamed answer.

    Who reads a page was asked already; else that is asked only where rows name the reader's agency.
    """
    door = door_of(request, response, opened)
    found = list(rows.values())
    if isinstance(response, FileResponse):
        found = of_the_address(request, found)
    elif door != PartnerDoor.FILE:  # what is opened has a line of its own
        found = [row for row in found if row.key not in opened]
    if not is_read:
        found = shared_with(request.user, found)
    if not (found or is_read):
        return
    places = places_as_partner(request)
    if not places:
        return
    write_down(request, places, door, found)
    if response.streaming and not isinstance(response, FileResponse):
        pieces = iter(response.streaming_content)
        response.streaming_content = written_down(request, pieces, places, door)


def of_the_address(request: HttpRequest, rows: list[Shown]) -> list[Shown]:
    """Stored bytes tell of the one record that their address names, if it names any."""
    keys = set(keys_in(request))
    return [row for row in rows if row.key in keys] or rows


def write_down(request: HttpRequest, places: Places, door: str, rows: Iterable[Shown]) -> None:
    """The rows of these cases, as sent to whoever asked."""
    theirs = [row for row in rows if row.case in places]
    user: Any = request.user
    services.note_sent_to_partner(theirs, by=user, places=places, door=door, page=page_of(request))


def written_down(
    request: HttpRequest, pieces: Iterator[bytes], places: Places, door: str
) -> Iterator[bytes]:
    """The pieces of an answer, each once it stands in the ledger what it is made of."""
    is_over = False
    while not is_over:
        with gathering() as rows:
            piece = next(pieces, None)
        write_down(request, places, door, rows.values())
        is_over = piece is None
        if piece is not None:
            yield piece


def places_as_partner(request: HttpRequest) -> Places:
    """This person's places as a partner, by case."""
    watched: list[Membership] = list(request.watched)  # type: ignore[attr-defined]
    return {place.case_id: place for place in watched if Role.PARTNER in place.roles}


def shared_with(user: Any, rows: Iterable[Shown]) -> list[Shown]:
    """Those whose label says that they are shared with this person's agency."""
    agency = user.agency_id if isinstance(user, User) else None
    if agency is None:
        return []
    return [row for row in rows if row.label and is_named(agency, row.label)]


def is_named(agency: UUID, label: UUID) -> bool:
    """True where a label shares what bears it with an agency."""
    return agency in handling_of_label(label).shared_with


def page_of(request: HttpRequest) -> str:
    """The name of the address that was asked for."""
    return request.resolver_match.view_name if request.resolver_match else ""


def door_of(request: HttpRequest, response: Any, opened: Collection[UUID]) -> str:
    """By which door an answer leaves."""
    page = page_of(request)
    room, _colon, name = page.rpartition(":")
    if page in DOORS or room == "taxii":
        return DOORS.get(page, PartnerDoor.TAXII)
    if name.endswith("_export"):
        return PartnerDoor.EXPORT
    if name.endswith(SMALL):
        return PartnerDoor.PICTURE
    if isinstance(response, FileResponse) or response.get("Content-Disposition"):
        return PartnerDoor.FILE
    if room == "api":
        return PartnerDoor.REST
    if name == "search":
        return PartnerDoor.SEARCH
    return PartnerDoor.PAGE if opened else PartnerDoor.LIST


def places_of(request: HttpRequest) -> list[Membership]:
    """The places of this person that are watched: as emergency reader, or as partner.

    Whether there are any is asked first: of nearly everybody there are none.
    """
    if not isinstance(request.user, User):
        return []
    places = Membership.objects.current().watched().filter(user=request.user)
    return list(places.select_related("case", "user")) if places.exists() else []


def given_in_emergency(request: HttpRequest) -> list[Membership]:
    """Those that were given in an emergency, for the banner that says so."""
    watched: list[Membership] = list(request.watched)  # type: ignore[attr-defined]
    return [place for place in watched if place.is_in_emergency]


def shows_cases(request: HttpRequest) -> bool:
    """True for pages on which something of a case may stand; small pictures stand on such pages."""
    found = request.resolver_match
    if not found or found.view_name.endswith(SMALL):
        return False
    return found.namespace not in WITHOUT_CASES and room_of(found) not in WITHOUT_CASES


def room_of(found: ResolverMatch) -> str:
    """The room that answers for programs, whose addresses have no room in their names."""
    view: Any = getattr(found.func, "cls", found.func)
    return str(view.__module__).partition(".")[0]


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
