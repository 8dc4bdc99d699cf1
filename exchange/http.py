"""How a case stands open to other programs, and how bundles and lines leave: as downloads."""

from django.http import FileResponse, HttpRequest, StreamingHttpResponse

from accounts.models import User
from core.export import sent, whence
from core.tables import Table
from evidence.models import Door
from evidence.services.caveat import caveats_over
from exchange.models import StixVersion, TableImport
from exchange.models.stix_version import StixVersionQuerySet
from exchange.services.collection import Collection
from exchange.services.stix import Exported
from investigations.models import Case
from investigations.tables import in_words

INERT = "sandbox; default-src 'none'"
INERT_HEADERS = {"Content-Security-Policy": INERT, "X-Content-Type-Options": "nosniff"}


def on_offer(case: Case, reader: User) -> StixVersionQuerySet:
    """What this person's programs may fetch of a case at this moment.

    What was put on offer and has come under a caveat or an embargo since, or was said in a finding
    that no longer stands, is not served, though nobody has put the case on offer anew.
    """
    if case.is_under_embargo:
        return StixVersion.objects.none()
    rows = StixVersion.objects.visible_to(reader).filter(case=case).offered().still_held()
    return rows.free_of(list(caveats_over([case.pk], Door.PROGRAM)))


def in_collection(collection: Collection, reader: User) -> StixVersionQuerySet:
    """What this person's programs may fetch in one collection: the same as everybody else's there.

    Nobody is told of a record there whom `visible_to` would not let read it.
    """
    case = collection.case
    return on_offer(case, reader).of_group(case.pk, collection.key)


def bundle_file(exported: Exported) -> FileResponse:
    """What was written, under its own name."""
    return FileResponse(
        exported.held,
        as_attachment=True,
        filename=exported.name,
        content_type=exported.media_type,
        headers={**INERT_HEADERS, "X-Content-SHA256": exported.told.sha256},
    )


def refused_lines_file(
    request: HttpRequest, table: TableImport, sheet: Table
) -> StreamingHttpResponse:
    """The refused lines of a table under a name that says how they are to be handled."""
    handling = table.handling.joined(sheet.handling)
    tlp = handling.tlp.upper().replace("+", "-")
    told = f"{in_words(handling)} · {whence(request, sheet.count)}"
    return sent(sheet, first_line=told, name=f"refused-TLP-{tlp}")
