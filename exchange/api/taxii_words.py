"""The manners of TAXII 2.1: its media type, what it accepts, and how it says no."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

TAXII = "application/taxii+json"
VERSION = "2.1"
MEDIA_TYPE = f"{TAXII};version={VERSION}"
ANYTHING = {"*/*", "application/*"}


class TaxiiRenderer(JSONRenderer):
    """JSON under the name that TAXII has for it."""

    media_type = MEDIA_TYPE
    format = "taxii"


class TaxiiNegotiation(BaseContentNegotiation):
    """Answers whoever takes TAXII 2.1, also where no version is named, and nobody else (406)."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        accepted = request.headers.get("Accept") or "*/*"
        if not any(map(is_taken, accepted.split(","))):
            raise exceptions.NotAcceptable
        return next(iter(renderers)), MEDIA_TYPE


def is_taken(accepted: str) -> bool:
    """True for one of the types that a client accepts, if we can answer in it."""
    kind, *parameters = [part.strip().lower() for part in accepted.split(";")]
    versions = [part.partition("=")[2] for part in parameters if part.startswith("version=")]
    return kind in ANYTHING or (kind == TAXII and all(said == VERSION for said in versions))


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """An error as TAXII has it: a title, and the status once more."""
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    if isinstance(error, exceptions.MethodNotAllowed):
        title = _("This server is read only: objects are put on offer on the pages of a case.")
    elif status == exceptions.NotFound.status_code:
        title = _("There is no such thing, or none that you may see.")
    else:
        title = str(response.data.get("detail", error))
    response.data = {"title": title, "http_status": str(status)}
    return response
