"""How much anybody may ask of the server: requests in a time, and bytes in a body.

Requests are counted in Redis, for each person, key or address and for windows of fixed length.
Where Redis cannot be reached nobody is counted and pages still come; guessing at passwords is
counted elsewhere, in PostgreSQL, and stays limited then.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from core import counting, security_log
from core.addresses import FOR_PROGRAMS, client_address
from core.http import wants_part
from core.problems import PROBLEM, problem_document

LOGGER = logging.getLogger(__name__)
API = ("/api/v1/", "/taxii2/", "/peer/v1/")
KEYS_REFUSED, EXPORTS = "refused keys", "exports"
MANY_ROWS = "-bulk"
"""How the names of addresses end that take many records at once."""
WORDS = {
    413: (
        _("That is too much at once"),
        _("Nothing was saved. Send less, or send files one by one."),
    ),
    429: (
        _("Too many requests"),
        _("Nothing was saved by this one. Wait a moment, then try again."),
    ),
}

Respond = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Spent:
    """Where somebody stands: `left` of `limit` requests for the next `seconds` of `period`."""

    limit: int
    left: int
    seconds: int
    name: str = "api"
    period: int = 60

    @property
    def is_over(self) -> bool:
        """True when this request was one too many."""
        return self.left < 0


def spend(name: str, who: str, *, cost: int = 1) -> Spent | None:
    """Count a request of `who` against the limit `name`, which settings.RATE_LIMITS sets.

    Nothing where there is no such limit, or where the counter cannot be reached.
    """
    if name not in settings.RATE_LIMITS:
        return None
    allowed, period = settings.RATE_LIMITS[name]
    window, gone = divmod(int(time.time()), period)
    key = f"limit:{name.replace(' ', '-')}:{sha256(who.encode()).hexdigest()[:32]}:{window}"
    try:
        count = counting.add(key, cost, seconds=period)
    except (RedisError, OSError):
        LOGGER.warning("Nobody's requests are counted: the cache cannot be reached.")
        return None
    return Spent(allowed, allowed - count, period - gone, name, period)


def limit_rates(get_response: Respond) -> Respond:
    """Let nobody take the server from the others: over the limit the answer is 429 and when."""

    def respond(request: HttpRequest) -> HttpResponse:
        spent: Spent | None = None
        for name, who, cost in counted(request):
            spent = spend(name, who, cost=cost)
            if spent and spent.is_over:
                if spent.left == -1:
                    security_log.note("limit.reached", request, limit=name)
                return say(request, 429, spent)
        response = get_response(request)
        if response.status_code == 401:
            spend(KEYS_REFUSED, network_of(request))
        return tell(response, spent) if request.path.startswith(API) else response

    return respond


def counted(request: HttpRequest) -> Iterator[tuple[str, str, int]]:
    """The limits that a request counts against, in whose name, and how much.

    Programs are counted by their key; that it is a true one is settled later, so an address that
    keeps on sending wrong ones is refused first.
    """
    who, key = network_of(request), request.headers.get("Authorization", "")
    if request.user.is_authenticated:
        who = str(request.user.pk)
    elif key:
        yield KEYS_REFUSED, who, 0
        who = key
    if route := route_of(request):
        yield (EXPORTS if route.endswith("_export") else route), who, 1
    if request.path.startswith(API):
        yield "api", who, 1
    else:
        yield ("pages" if request.user.is_authenticated else "anonymous"), who, 1


def route_of(request: HttpRequest) -> str:
    """The name of the page that is asked for; nothing for an unknown address.

    Looked up once a request: there are many hundred addresses, and several limits ask.
    """
    known: str | None = getattr(request, "route", None)
    if known is None:
        try:
            known = resolve(request.path_info).view_name
        except Resolver404:
            known = ""
        request.route = known  # type: ignore[attr-defined]
    return known


def network_of(request: HttpRequest) -> str:
    """The address that is counted: of IPv6 the /64 network, for a single machine has all of it."""
    told = client_address(request)
    try:
        address = ip_address(told)
    except ValueError:
        return told
    return told if address.version == 4 else str(ip_network((address, 64), strict=False))


def limit_bodies(get_response: Respond) -> Respond:
    """Refuse unread what is longer than this address takes from this person (413)."""

    def respond(request: HttpRequest) -> HttpResponse:
        sent, allowed = length_of(request), longest_body(request)
        if allowed is not None and sent > allowed:
            security_log.note("body.refused", request, bytes=sent)
            return say(request, 413)
        return get_response(request)

    return respond


def length_of(request: HttpRequest) -> int:
    """The bytes that the body is said to have; the server reads no more than that."""
    said = request.headers.get("Content-Length") or "0"
    return int(said) if said.isdecimal() else 0


def longest_body(request: HttpRequest) -> int | None:
    """The most bytes a body may have; None where files of any size are received."""
    if route_of(request) in settings.PEER_ROUTES:
        return int(settings.PEER_LARGEST)
    known = request.user.is_authenticated or "Authorization" in request.headers
    if not known:
        return int(settings.LONGEST_BODY["anonymous"])
    if route_of(request) in settings.UPLOAD_ROUTES:
        return None
    if route_of(request).endswith(MANY_ROWS):
        return int(settings.LONGEST_BODY["bulk"])
    is_json = "json" in (request.content_type or "")
    return int(settings.LONGEST_BODY["json" if is_json else "form"])


def say(request: HttpRequest, status: int, spent: Spent | None = None) -> HttpResponse:
    """The refusal as a page, as a part of one, or as JSON."""
    title, teaches = WORDS[status]
    if request.path.startswith(FOR_PROGRAMS):
        code = "limited" if spent else "too-long"
        document = problem_document(status, f"{title}. {teaches}", code=code, title=title)
        told: HttpResponse = JsonResponse(document, status=status, content_type=PROBLEM)
    else:
        context = {"title": title, "teaches": teaches, "code": status, "sign": "octagon-alert"}
        page = "_parts/failure.html" if wants_part(request) else "limited.html"
        told = render(request, page, context, status=status)
    if spent:
        told.headers["Retry-After"] = str(spent.seconds)
    return tell(told, spent)


def tell(response: HttpResponse, spent: Spent | None) -> HttpResponse:
    """Say in the headers how much is left, so that programs can slow down by themselves.

    `RateLimit` and `RateLimit-Policy` are those of draft-ietf-httpapi-ratelimit-headers-10, the
    others those of its earlier versions, which many clients still read.
    """
    if spent:
        name, left = spent.name.replace(" ", "-"), max(spent.left, 0)
        response.headers["RateLimit-Policy"] = f'"{name}";q={spent.limit};w={spent.period}'
        response.headers["RateLimit"] = f'"{name}";r={left};t={spent.seconds}'
        response.headers["RateLimit-Limit"] = str(spent.limit)
        response.headers["RateLimit-Remaining"] = str(left)
        response.headers["RateLimit-Reset"] = str(spent.seconds)
    return response
