"""REST: giving an original out, whole or from where the line was cut the last time."""

import re
from typing import Any

from django.core.files import File as OpenFile
from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from accounts.http import person
from accounts.models import User
from core.errors import Refused
from evidence import services
from evidence.http import original
from evidence.models import File

PARTIAL = 206
FROM = re.compile(r"bytes=(\d{1,18})-")
"""The one way of asking that resuming needs: from here to the end. Any other is passed over."""


class BeyondTheEnd(APIException):
    """There is nothing from there on (HTTP 416)."""

    status_code = 416
    default_code = "beyond-the-end"

    def __init__(self, size: int) -> None:
        super().__init__(_("The file has %(size)d bytes.") % {"size": size})


class OriginalDeeds:
    """That an original went out stands in the ledger, also where it was only the rest of it."""

    @extend_schema(request=None, responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["post"], url_path="original")
    def original(self: Any, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Fetch the bytes as they were received; `Range: bytes=N-` goes on where a line was cut."""
        return self.give_out(self.get_object(), person(request))  # type: ignore[no-any-return]

    def give_out(self: Any, file: File, by: User) -> HttpResponseBase:
        """The bytes from where they are asked for, once the line about it is written."""
        first = first_byte(self.request, file.size)
        try:
            held = services.take_original(file, by=by)
        except FileNotFoundError:
            raise Refused(
                _("The original is not in the store. Check it, and tell the lead.")
            ) from None
        return rest_of(file, held, first) if first else original(file, held)


def first_byte(request: Request, size: int) -> int:
    """From which byte on a program asks; 0 where it asks for all."""
    found = FROM.fullmatch(request.headers.get("Range", "").strip())
    first = int(found[1]) if found else 0
    if first and first >= size:
        raise BeyondTheEnd(size)
    return first


def rest_of(file: File, held: OpenFile[bytes], first: int) -> FileResponse:
    """The original from this byte to its end."""
    held.seek(first)
    response = original(file, held)
    response.status_code = PARTIAL
    response.headers["Content-Range"] = f"bytes {first}-{file.size - 1}/{file.size}"
    return response
