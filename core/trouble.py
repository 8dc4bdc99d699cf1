"""What people are told when a server or a disk fails: which of them, and whether to try again."""

import errno
import sys
from dataclasses import dataclass
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import page_not_found

from core.addresses import FOR_PROGRAMS
from core.problems import PROBLEM, problem_document

FULL_DISK, FULL_DATABASE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}, "53100"
RETRY_AFTER = "10"  # seconds
REST, PEERS = "/api/v1/", "/peer/"


@dataclass(frozen=True)
class Trouble:
    """A failure on our side, in words for the person who met it."""

    status: int
    code: str
    title: str | Promise
    teaches: str | Promise


FAILED = Trouble(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "failed",
    _("Something failed on our side"),
    _(
        "Nothing was saved by this request. What you typed is kept on this device: go back and "
        "try again. If it happens twice, tell the people who run this server what you did and when."
    ),
)
AWAY = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "database-away",
    _("The database does not answer"),
    _(
        "Nothing was saved by this request, and nothing saved before is lost. What you typed is "
        "kept on this device: go back and try again in a moment."
    ),
)
FULL = Trouble(
    HTTPStatus.INSUFFICIENT_STORAGE,
    "disk-full",
    _("There is no room left on the server"),
    _(
        "Nothing was saved by this request, and nothing saved before is lost. Keep the file, and "
        "tell the people who run this server: they have to make room before it can be sent again."
    ),
)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: called while the exception that nobody expected is being handled."""
    trouble = trouble_of(sys.exc_info()[1])
    response: HttpResponse
    if speaks_json(request):
        words = str(trouble.teaches)
        told = problem_document(
            trouble.status, words, code=trouble.code, title=trouble.title, error=words
        )
        response = JsonResponse(told, status=trouble.status, content_type=PROBLEM)
    else:
        page = render_to_string("500.html", {"trouble": trouble})  # no session, no database
        response = HttpResponse(page, status=trouble.status)
    if trouble is AWAY:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: programs are told in JSON that there is no such address."""
    if not request.path.startswith((REST, PEERS)):
        return page_not_found(request, exception)
    words = _("There is no such address.")
    if request.path.startswith(REST):
        words = _("There is no such address. /api/v1/openapi.json lists those that there are.")
    document = problem_document(HTTPStatus.NOT_FOUND, words, code="not-found")
    return JsonResponse(document, status=HTTPStatus.NOT_FOUND, content_type=PROBLEM)


def trouble_of(problem: BaseException | None) -> Trouble:
    """Which of our servers or disks is behind it."""
    while problem is not None:
        if is_full_disk(problem):
            return FULL
        if isinstance(problem, OperationalError | InterfaceError):
            return FULL if is_full_disk(problem.__cause__) else AWAY
        problem = problem.__cause__ or problem.__context__
    return FAILED


def is_full_disk(problem: BaseException | None) -> bool:
    """Whether a disk of ours, or the database's, has no room."""
    if isinstance(problem, OSError):
        return problem.errno in FULL_DISK
    return getattr(problem, "pgcode", None) == FULL_DATABASE


def speaks_json(request: HttpRequest) -> bool:
    """True for programs, and for the scripts of our pages."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith(FOR_PROGRAMS) or accepted.startswith("application/json")
