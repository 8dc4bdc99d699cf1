"""How what was made leaves: always a download, which never runs in the browser."""

from django.core.files import File as OpenFile
from django.http import FileResponse, HttpResponse

from attribution.models import Measure
from evidence.models import LabExam, TraceRequest
from investigations.models import AssistanceOffer, ContributionRequest
from reports.models import Bundle

Written = TraceRequest | LabExam | ContributionRequest | AssistanceOffer | Measure
"""What letters and dossiers are written about."""

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
