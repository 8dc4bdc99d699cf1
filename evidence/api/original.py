"""REST: originals: asked for once, which stands in the ledger, then fetched whole or by parts."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.description import refusals
from core.errors import Refused
from core.json_text import QuickRenderer
from core.letting_out import (
    GRANT,
    NOT_THERE,
    PART,
    RANGE,
    LetOutSerializer,
    promise,
    require_grant,
    sent,
)
from evidence import services, vault
from evidence.http import BYTES, stored
from evidence.models import File

THERE = "api:files-original"


class BytesRenderer(QuickRenderer):
    """Lets clients ask for bytes; a refusal is JSON all the same."""

    media_type = BYTES
    format = "bytes"


class OriginalDeeds:
    """What lets the original of a file out."""

    @extend_schema(request=None, responses=LetOutSerializer)
    @action(detail=True, methods=["post"], renderer_classes=[QuickRenderer, BytesRenderer])
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
        require_grant(THERE, file.pk, request)
        services.require_takeable(file, person(request))
        return sent(stored(file), request)


def let_out(file: File, request: Request) -> Response:
    """Write down that the original goes out to whoever asks, and say where it is fetched."""
    if not vault.is_there(file.sha256):
        raise Refused(_("The original is not in the store. Check it, and tell the lead."))
    services.take_original(file, by=person(request)).close()
    return promise(stored(file), THERE, file.pk, request)
