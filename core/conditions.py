"""What a program says it has read before it changes a row: ETag out, If-Match back."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
"""A proxy that compresses answers weakens the tag on the way; the version in it is the same."""


class PreconditionRequired(APIException):
    """A change that does not say what it is a change of (HTTP 428)."""

    status_code = 428
    default_code = "version-missing"
    default_detail = _("Read the record first, and send its ETag as If-Match.")


class PreconditionFailed(APIException):
    """Somebody else was faster (HTTP 412)."""

    status_code = 412
    default_code = "stale"


def etag_of(row: models.Model) -> dict[str, str]:
    """The header that names the version of a row, where rows have versions."""
    version = getattr(row, "version", None)
    return {"ETag": f'"{version}"'} if version is not None else {}


def version_read(if_match: str | None) -> int:
    """The version that the program has read."""
    if if_match is None:
        raise PreconditionRequired
    if not (found := ETAG.fullmatch(if_match.strip())):
        raise PreconditionFailed(_("If-Match must be the ETag that was given with the record."))
    return int(found[1])
