"""Bytes that are asked for once, which stands in the ledger, then fetched whole or by parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

from django.core import signing
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import told
from core.conditions import PreconditionFailed
from core.errors import Refused
from core.problems import problem_document
from core.ranges import NoSuchPart, bytes_of, part_of

GOOD_FOR = timedelta(hours=1)
PART, NOT_THERE = 206, 416
GRANT = OpenApiParameter("grant", str, required=True, description="As `url` of the answer has it.")
RANGE = OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="One part: `bytes=0-9`")


class LetOutSerializer(serializers.Serializer[Any]):
    """Where it is fetched until then, by whoever asked, and what it must hash to."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()


@dataclass(frozen=True)
class Stored:
    """Bytes that lie under their digest; `policy` keeps them from running, `size` is in bytes."""

    sha256: str
    size: int
    name: str
    kind: str
    policy: str
    open: Callable[[], IO[bytes] | Any]

    @property
    def etag(self) -> str:
        """It is another file once it has another digest."""
        return f'"{self.sha256}"'

    @property
    def headers(self) -> dict[str, str]:
        """What keeps it from being shown, run or stored on the way."""
        return {
            "Content-Security-Policy": self.policy,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }


def promise(stored: Stored, route: str, key: Any, request: Request) -> Response:
    """Tell whoever asked where the bytes are fetched for an hour."""
    grant = signing.dumps(granted(key, request), salt=route)
    answer = {
        "url": f"{reverse(route, args=[key])}?grant={grant}",
        "expires_at": timezone.now() + GOOD_FOR,
        "sha256": stored.sha256,
        "size": stored.size,
    }
    return Response(LetOutSerializer(answer).data)


def granted(key: Any, request: Request) -> list[str]:
    """What was asked for, and by whom."""
    return [str(key), str(request.user.pk)]


def require_grant(route: str, key: Any, request: Request) -> None:
    """Refuse whoever has not asked for these bytes within the hour."""
    try:
        grant = signing.loads(request.query_params.get("grant", ""), salt=route, max_age=GOOD_FOR)
    except signing.BadSignature:
        grant = None
    if grant != granted(key, request):
        raise Refused(_("Ask for it first, by POST: the answer says where it is for an hour."))


def sent(stored: Stored, request: Request) -> HttpResponseBase:
    """The bytes, as much of them as was asked for."""
    if unchanged := unless_wanted(stored, request):
        return unchanged
    is_same = request.headers.get("If-Range", stored.etag) == stored.etag
    said = request.headers.get("Range", "") if is_same and request.method == "GET" else ""
    try:
        part = part_of(said, stored.size)
    except NoSuchPart:
        return not_there(stored)
    response = bytes_sent(stored, request, part)
    response.headers["ETag"], response.headers["Accept-Ranges"] = stored.etag, "bytes"
    return response


def unless_wanted(stored: Stored, request: Request) -> HttpResponseBase | None:
    """That the client has these very bytes (304), with their ETag; 412 if it wants only others."""
    answer = get_conditional_response(request, etag=stored.etag)
    if answer is None:
        return None
    if answer.status_code == PreconditionFailed.status_code:
        raise PreconditionFailed(_("If-Match must be the ETag that was given with the record."))
    answer.headers["ETag"] = stored.etag
    return answer


def bytes_sent(stored: Stored, request: Request, part: range | None) -> HttpResponseBase:
    """All of it or a part, always as a download that does not run; to HEAD its size alone."""
    headers = {
        **stored.headers,
        "Content-Type": stored.kind,
        "Content-Disposition": content_disposition_header(True, stored.name) or "attachment",
    }
    if request.method == "HEAD":
        return HttpResponse(headers={**headers, "Content-Length": str(stored.size)})
    if part is None:
        return whole(stored)
    headers["Content-Length"] = str(len(part))
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stored.size}"
    return StreamingHttpResponse(bytes_of(stored.open(), part), status=PART, headers=headers)


def whole(stored: Stored) -> FileResponse:
    """All of it."""
    return FileResponse(
        stored.open(),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.kind,
        headers=stored.headers,
    )


def not_there(stored: Stored) -> Response:
    """The refusal of a part that there is not, with how long the whole is."""
    words = _("Ask for one part that is there: the file has %(n)d bytes.") % {"n": stored.size}
    response = told(problem_document(NOT_THERE, words, code="no-such-part"))
    response.headers["Content-Range"] = f"bytes */{stored.size}"
    return response
