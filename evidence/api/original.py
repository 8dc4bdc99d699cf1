"""REST: originals: asked for once, which stands in the ledger, then fetched whole or by parts."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.api import told
from core.description import refusals
from core.errors import Refused
from core.problems import problem_document
from core.ranges import NoSuchPart, bytes_of, part_of
from evidence import services, vault
from evidence.http import INERT, original
from evidence.models import File

GOOD_FOR = timedelta(hours=1)
SALT = "evidence.original"
BYTES = "application/octet-stream"
PART, NOT_THERE = 206, 416
GRANT = OpenApiParameter("grant", str, required=True, description="As `url` of the answer has it.")
RANGE = OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="One part: `bytes=0-9`")


class BytesRenderer(JSONRenderer):
    """Lets clients ask for bytes; a refusal is JSON all the same."""

    media_type = BYTES
    format = "bytes"


class LetOutSerializer(serializers.Serializer[Any]):
    """Where the original is fetched until then, by whoever asked, and what it must hash to."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()


class OriginalDeeds:
    """What lets the original of a file out."""

    @extend_schema(request=None, responses=LetOutSerializer)
    @action(detail=True, methods=["post"], renderer_classes=[JSONRenderer, BytesRenderer])
    def original(self: Any, request: Request, pk: str | None = None) -> Response:
        """Ask for the original; that it goes out stands in the ledger, and its address is told."""
        return let_out(self.get_object(), request)

    @extend_schema(
        parameters=[GRANT, RANGE],
        responses={
            **{(status, BYTES): OpenApiTypes.BINARY for status in (200, PART)},
            304: None,
            **refusals(412, NOT_THERE),
        },
    )
    @original.mapping.get
    def original_bytes(self: Any, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Fetch the original, or the part that `Range` names; its ETag is its SHA-256."""
        file = self.get_object()
        require_grant(file, request)
        services.require_takeable(file, person(request))
        return sent(file, request)


def let_out(file: File, request: Request) -> Response:
    """Write down that the original goes out to whoever asks, and say where it is fetched."""
    if not vault.is_there(file.sha256):
        raise Refused(_("The original is not in the store. Check it, and tell the lead."))
    services.take_original(file, by=person(request)).close()
    grant = signing.dumps(granted(file, request), salt=SALT)
    there = f"{reverse('api:files-original', args=[file.pk])}?grant={grant}"
    answer = {
        "url": there,
        "expires_at": timezone.now() + GOOD_FOR,
        "sha256": file.sha256,
        "size": file.size,
    }
    return Response(LetOutSerializer(answer).data)


def granted(file: File, request: Request) -> list[str]:
    """What was asked for, and by whom."""
    return [str(file.pk), str(person(request).pk)]


def require_grant(file: File, request: Request) -> None:
    """Refuse whoever has not asked for this original within the hour."""
    try:
        grant = signing.loads(request.query_params.get("grant", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        grant = None
    if grant != granted(file, request):
        raise Refused(
            _("Ask for the original first, by POST: the answer says where it is for an hour.")
        )


def sent(file: File, request: Request) -> HttpResponseBase:
    """The original, as much of it as was asked for."""
    etag = f'"{file.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    is_same = request.headers.get("If-Range", etag) == etag
    said = request.headers.get("Range", "") if is_same and request.method == "GET" else ""
    try:
        part = part_of(said, file.size)
    except NoSuchPart:
        return not_there(file)
    response = bytes_sent(file, request, part)
    response.headers["ETag"], response.headers["Accept-Ranges"] = etag, "bytes"
    return response


def bytes_sent(file: File, request: Request, part: range | None) -> HttpResponseBase:
    """All of it or a part, always as a download that does not run; to HEAD its size alone."""
    headers = headers_of(file)
    if request.method == "HEAD":
        return HttpResponse(headers={**headers, "Content-Length": str(file.size)})
    held = vault.open_original(file.sha256)
    if part is None:
        return original(file, held)
    headers["Content-Length"] = str(len(part))
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{file.size}"
    return StreamingHttpResponse(bytes_of(held, part), status=PART, headers=headers)


def headers_of(file: File) -> dict[str, str]:
    """What keeps an original from being shown or run, as when all of it is sent."""
    return {
        "Content-Type": BYTES,
        "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
        "Content-Security-Policy": INERT,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def not_there(file: File) -> Response:
    """The refusal of a part that there is not, with how long the whole is."""
    words = _("Ask for one part that is there: the file has %(n)d bytes.") % {"n": file.size}
    response = told(problem_document(NOT_THERE, words, code="no-such-part"))
    response.headers["Content-Range"] = f"bytes */{file.size}"
    return response
