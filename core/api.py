"""How the REST doors say no: a status, a code and a sentence, as a problem document."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import DataError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import Barred, Refused, Stale
from core.problems import PROBLEM, problem_document, wrong_fields
from core.trouble import FULL, is_full_disk

UNPROCESSABLE = 422
CODES = {
    401: "not-authenticated",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    415: "media-type",
}


class BodyTooLong(exceptions.APIException):
    """More than is read of a body (HTTP 413)."""

    status_code = 413
    default_code = "too-long"
    default_detail = gettext_lazy("Nothing was saved. Send less, or send files one by one.")


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a broken rule into 422, a stale version into 409, and leave the rest to DRF."""
    if isinstance(error, Refused):
        return refused(error, context)
    if is_full_disk(error):
        return told(problem_document(FULL.status, FULL.teaches, code=FULL.code))
    error = understood(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    if response.status_code == status.HTTP_400_BAD_REQUEST:
        response.status_code = UNPROCESSABLE
    response.data = document_of(error, response)
    response.content_type = PROBLEM
    return response


def understood(error: Exception) -> Exception:
    """What Python, Django or PostgreSQL met in a request, as a complaint about the request."""
    if isinstance(error, ValidationError):
        return exceptions.ValidationError(get_error_detail(error))
    if isinstance(error, RequestDataTooBig):
        return BodyTooLong()
    if isinstance(error, DataError):
        return exceptions.ValidationError([_("A value is beyond what can be stored.")])
    if isinstance(error, UnreadablePostError):
        return exceptions.ParseError(_("The body was cut off on its way. Send it again."))
    if isinstance(error, RecursionError | SuspiciousOperation):
        return exceptions.ParseError()  # nested deeper, or of more parts, than any record is
    return error


def document_of(error: Exception, response: Response) -> dict[str, Any]:
    """The problem that DRF answers with."""
    if isinstance(error, exceptions.ValidationError):
        return wrong_fields(response.status_code, response.data)
    code = CODES.get(response.status_code) or str(getattr(error, "default_code", "refused"))
    code = "malformed" if isinstance(error, exceptions.ParseError) else code
    return problem_document(response.status_code, response.data["detail"], code=code)


def told(document: dict[str, Any]) -> Response:
    """A problem document as an answer."""
    return Response(document, status=document["status"], content_type=PROBLEM)


def refused(error: Refused, context: dict[str, Any]) -> Response:
    """Somebody was faster (409), or a rule of the investigation forbids it (422)."""
    return told(refusal_document(error, context))


def refusal_document(error: Refused, context: dict[str, Any]) -> dict[str, Any]:
    """A refusal as a problem; on several grounds with the page where each is mended."""
    if isinstance(error, Stale):
        return problem_document(status.HTTP_409_CONFLICT, error, code="stale")
    if not isinstance(error, Barred):
        return problem_document(UNPROCESSABLE, error, code=error.code)
    request = context.get("request")
    reasons = [
        {
            "words": reason.words,
            "href": request.build_absolute_uri(reason.url) if request else reason.url,
        }
        for reason in error.reasons
    ]
    return problem_document(
        UNPROCESSABLE, error, code=error.code, title=error.sentence, reasons=reasons
    )
