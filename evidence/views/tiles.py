"""Deep zoom: the pixels of an original, drawn anew by Vestige, tile by tile."""

from uuid import UUID

from django.http import Http404, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence import services
from evidence.http import tile_shown
from evidence.imaging.tiles import OVERLAP, SIDE
from evidence.views.file_page import visible_file


@open_to(SIGNED_IN)
@require_GET
def tile_description(request: SignedInRequest, file_id: UUID) -> HttpResponseBase:
    """What a deep-zoom viewer must know, in the words of the Deep Zoom format."""
    file = visible_file(request, file_id)
    if not file.has_detail:
        raise Http404
    size = {"Width": str(file.width), "Height": str(file.height)}
    where = {"xmlns": "http://schemas.microsoft.com/deepzoom/2008", "Url": request.path}
    how = {"Format": "jpg", "Overlap": str(OVERLAP), "TileSize": str(SIDE)}
    return JsonResponse({"Image": {**where, **how, "Size": size}})


@open_to(SIGNED_IN)
@require_GET
def tile(
    request: SignedInRequest, file_id: UUID, level: int, column: int, row: int
) -> HttpResponseBase:
    file = visible_file(request, file_id)
    found = services.tile_of(file, level, column, row) if file.has_detail else None
    if found is None:
        raise Http404
    return tile_shown(request, found, f"{file.sha256}-{level}-{column}-{row}")
