"""How what was made leaves: always a download, which never runs in the browser."""

from uuid import UUID

from django.conf import settings
from django.core.files import File as OpenFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from attribution.models import Measure
from evidence.models import LabExam, TraceRequest
from investigations.models import AssistanceOffer, ContributionRequest
from reports.models import Bundle

Written = TraceRequest | LabExam | ContributionRequest | AssistanceOffer | Measure
"""What letters and dossiers are written about."""

MOST_LABELS = 500
"""So many are printed at once."""

INERT = "sandbox; default-src 'none'"
INERT_HEADERS = {"Content-Security-Policy": INERT, "X-Content-Type-Options": "nosniff"}


def archive(bundle: Bundle, held: OpenFile[bytes]) -> FileResponse:
    """The archive of a bundle, under its own name."""
    return FileResponse(
        held,
        as_attachment=True,
        filename=bundle.file_name,
        content_type="application/zip",
        headers=INERT_HEADERS,
    )


def letter_file(pdf: bytes, about: Written) -> HttpResponse:
    """A letter or a dossier to print or send, named by the case and the reference that it bears."""
    return as_pdf(pdf, f"{about.case.ref}-{about.ref}.pdf")


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """A file to print, which never runs in the browser."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **INERT_HEADERS}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def code_address(request: HttpRequest | Request, key: UUID) -> str:
    """Where the code on a label leads, from any phone: the name that people know us by."""
    path = reverse("evidence:scanned", args=[key])
    return settings.SITE_URL + path if settings.SITE_URL else request.build_absolute_uri(path)
