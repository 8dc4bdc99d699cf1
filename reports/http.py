"""How what was made leaves: always a download, which never runs in the browser."""

from django.core.files import File as OpenFile
from django.http import FileResponse

from reports.models import Bundle

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
