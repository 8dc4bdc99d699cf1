"""The door that peers knock at: no person, no cookie, nothing but what they sign."""

from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    UnreadablePostError,
)
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.policy import PEER, PUBLIC, open_to
from core import security_log
from core.errors import Refused
from exchange import services
from exchange.formats.peer import envelope as outside
from exchange.services import Unheard

HEADER = "Vestige-Envelope"
PIECE = 1 << 20  # bytes
NOTE = "text/plain; charset=utf-8"

Door = Callable[[HttpRequest], HttpResponse]


def for_programs(door: Door) -> Door:
    """Another method than the door's own is refused in a problem document, too."""

    @wraps(door)
    def told(request: HttpRequest) -> HttpResponse:
        answer = door(request)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        allowed = answer.headers["Allow"]
        words = _("Ask here by %(method)s alone.") % {"method": allowed}
        refusal = problem(Unheard(405, "method-not-allowed", words))
        refusal.headers["Allow"] = allowed
        return refusal

    return told


@for_programs
@require_GET
@open_to(PUBLIC)
def identity(request: HttpRequest) -> HttpResponse:
    """The keys of this installation, for whoever wants to pair with it or check what it signed."""
    try:
        note = services.identity_note()
    except Refused as refusal:
        return problem(Unheard(503, "no-key", str(refusal)))
    if note is None:
        return problem(Unheard(404, "no-key", _("This installation has no key for peers yet.")))
    return HttpResponse(note, content_type=NOTE)


@csrf_exempt
@for_programs
@require_POST
@open_to(PEER)
def pair(request: HttpRequest) -> HttpResponse:
    def hear() -> str:
        said = services.listen(word_of(request), outside.AGREE, outside.ROTATE)
        if said.envelope.purpose == outside.AGREE:
            return services.hear_agreement(said)
        return services.hear_new_key(said)

    return answered(request, hear)


@csrf_exempt
@for_programs
@require_POST
@open_to(PEER)
def shipments(request: HttpRequest) -> HttpResponse:
    def hear() -> str:
        said = services.listen(word_of(request), outside.SHIP)
        return services.receive_shipment(said, pieces_of(request))

    return answered(request, hear)


@csrf_exempt
@for_programs
@require_POST
@open_to(PEER)
def recalls(request: HttpRequest) -> HttpResponse:
    def hear() -> str:
        return services.hear_recall(services.listen(word_of(request), outside.RECALL))

    return answered(request, hear)


def word_of(request: HttpRequest) -> str:
    """The envelope as it stands in its header."""
    return request.headers.get(HEADER, "")


def pieces_of(request: HttpRequest) -> Iterator[bytes]:
    """The body as it comes in; where the peer hangs up, it ends."""
    try:
        while piece := request.read(PIECE):
            yield piece
    except UnreadablePostError:
        return


def answered(request: HttpRequest, hear: Callable[[], str]) -> HttpResponse:
    """The signed receipt, or a problem document and a line of the security log."""
    try:
        return HttpResponse(hear(), content_type=NOTE, status=HTTPStatus.CREATED)
    except Unheard as unheard:
        security_log.note("peer.unheard", request, reason=unheard.code)
        return problem(unheard)
    except Refused as refusal:
        return problem(Unheard(503, "not-now", str(refusal)))


def problem(unheard: Unheard) -> HttpResponse:
    """Why something does not count, as RFC 9457 has it."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(unheard.status).phrase,
        "status": unheard.status,
        "detail": unheard.words,
        "code": unheard.code,
        **unheard.more,
    }
    return JsonResponse(told, status=unheard.status, content_type="application/problem+json")
