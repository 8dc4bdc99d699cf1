"""How the REST doors say no: a status, a code and a sentence."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import exceptions, status
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.conditions import PreconditionFailed, PreconditionRequired
from core.errors import Barred, Refused, Stale
from core.trouble import FULL, is_full_disk


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a broken rule into 422, a stale version into 409, and leave the rest to DRF."""
    if isinstance(error, Refused):
        return refused(error, context)
    if is_full_disk(error):
        return Response({"detail": str(FULL.teaches), "code": FULL.code}, status=FULL.status)
    if isinstance(error, RecursionError):  # a body nested deeper than any record is
        error = exceptions.ParseError()
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(get_error_detail(error))
    response = exception_handler(error, context)
    if response is not None and response.status_code == status.HTTP_400_BAD_REQUEST:
        response.status_code = 422
    if response is not None and isinstance(error, PreconditionFailed | PreconditionRequired):
        response.data["code"] = error.default_code
    return response


def refused(error: Refused, context: dict[str, Any]) -> Response:
    """Somebody was faster (409), or a rule of the investigation forbids it (422)."""
    if isinstance(error, Barred):
        return problem(error, context)
    if isinstance(error, Stale):
        return Response({"detail": str(error), "code": "stale"}, status=status.HTTP_409_CONFLICT)
    return Response({"detail": str(error), "code": error.code}, status=422)


def problem(refusal: Barred, context: dict[str, Any]) -> Response:
    """A refusal on several grounds as RFC 9457 has it, each with the page where it is mended."""
    request = context.get("request")
    body = {
        "type": "about:blank",
        "title": refusal.sentence,
        "status": 422,
        "detail": str(refusal),
        "code": refusal.code,
        "reasons": [
            {
                "words": reason.words,
                "href": request.build_absolute_uri(reason.url) if request else reason.url,
            }
            for reason in refusal.reasons
        ],
    }
    return Response(body, status=422, content_type="application/problem+json")
