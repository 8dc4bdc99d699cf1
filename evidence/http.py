"""How evidence goes over the wire: pictures of our own making, and originals that never run."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.core.files import File as OpenFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from accounts.models import User
from core.http import CONFLICT, OK, attempt
from core.letting_out import Stored
from evidence import vault
from evidence.models import Component, File, Item, Marking
from investigations.models import Incident

INERT = "sandbox; default-src 'none'"
"""The policy of everything that came from outside: it may be stored, it may not run."""

BYTES = "application/octet-stream"
PICTURE_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def picture(request: HttpRequest, name: str, digest: str) -> HttpResponseBase:
    """A picture of our own making; the browser may keep it, shared caches may not."""
    etag = f'"{digest}-{name.partition("/")[0]}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = unchanged or FileResponse(
        vault.open_derived(name),
        content_type=PICTURE_TYPES.get(name[-4:], BYTES),
    )
    return guarded(response, etag)


def tile_shown(request: HttpRequest, tile: bytes, name: str) -> HttpResponseBase:
    """One tile of a picture, drawn by Vestige; kept by the browser as long as a preview is."""
    etag = f'"{name}"'
    kind = PICTURE_TYPES[".png" if tile.startswith(b"\x89PNG") else ".jpg"]
    unchanged = get_conditional_response(request, etag=etag)
    return guarded(unchanged or HttpResponse(tile, content_type=kind), etag)


def guarded(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """A picture of our own making that may be kept for a while, and can do nothing."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, max-age=600"
    response.headers["Content-Security-Policy"] = INERT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def stored(file: File, opened: Callable[[], OpenFile[bytes]] | None = None) -> Stored:
    """An original as it was received: always a download, never shown or run by the browser."""
    held = opened or partial(vault.open_original, file.sha256)
    return Stored(file.sha256, file.size, file.name, BYTES, INERT, held)


def wants_json(request: HttpRequest) -> bool:
    """True when a script of the page sends one file and asks for its state."""
    return "application/json" in request.headers.get("Accept", "")


def as_json(file: File, *, asked_for: Item | None) -> dict[str, str]:
    """What the page is told of a file that the server has stored and hashed."""
    elsewhere = file.item if file.item != asked_for else None
    again = _("Already %(exhibit)s") % {"exhibit": file.item.exhibit_no} if file.item else ""
    return {
        "id": str(file.pk),
        "name": file.name,
        "sha256": file.sha256,
        "state": "duplicate" if file.arrived_before else file.state,
        "url": reverse("evidence:file_detail", args=[file.pk]),
        "thumbnail": thumbnail_of(file),
        "duplicate_of": again if elsewhere or file.arrived_before else "",
        "error": "",
    }


def thumbnail_of(file: File) -> str:
    """Where the small picture of a file is, if there is one yet and it is not covered."""
    shown = file.thumbnail and not file.graphic_content
    return reverse("evidence:file_thumbnail", args=[file.pk]) if shown else ""


def strip_of(files: Sequence[File], current: File | None, *, there: str) -> list[dict[str, Any]]:
    """The film strip of an exhibit: every file, the one on show marked."""
    return [
        {
            "url": f"{there}?file={file.pk}",
            "thumbnail": thumbnail_of(file),
            "name": file.caption or file.name,
            "current": file == current,
            "covered": file.graphic_content,
        }
        for file in files
    ]


def step_to_incident(incident: Incident) -> tuple[str, str]:
    """The incident on the way down to an exhibit."""
    return incident.ref, reverse("investigations:incident_detail", args=[incident.pk])


def step_to_item(item: Item) -> tuple[str, str]:
    """The exhibit on the way down to its parts and files."""
    return item.exhibit_no, reverse("evidence:item_detail", args=[item.pk])


def step_to_file(file: File) -> list[tuple[str, str]]:
    """The exhibit, if there is one, and the file, on the way down to what is said of it."""
    there = file.name, reverse("evidence:file_detail", args=[file.pk])
    return [step_to_item(file.item), there] if file.item else [there]


def home_of_picture(file: File) -> str:
    """The page on which a file is looked at: its exhibit's, or its own."""
    if file.item is None:
        return reverse("evidence:file_detail", args=[file.pk])
    return f"{reverse('evidence:item_detail', args=[file.item_id])}?file={file.pk}"


def home_of(record: Item | Component | Marking) -> str:
    """The page on which a record of an exhibit is seen."""
    if isinstance(record, Item):
        return reverse("evidence:item_detail", args=[record.pk])
    component = record if isinstance(record, Component) else record.component
    there = reverse("evidence:item_detail", args=[component.item_id])
    return f"{there}#component-{component.pk}"


def fill_in(
    request: HttpRequest,
    form: Any,
    deed: Callable[[], Item | Component | Marking],
    *,
    title: str,
    crumbs: list[dict[str, str]],
    **more: Any,
) -> HttpResponse:
    """Show a record's form, or do its deed and go where it is seen; a refusal keeps all typing.

    When somebody was faster, what is stored now stands beside what was typed.
    """
    status, differences = OK, []
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect(home_of(done))
    if status == CONFLICT:
        differences = form.catch_up()
    context = {
        "form": form,
        "title": title,
        "crumbs": crumbs,
        "cancel_url": crumbs[-2]["url"],
        "differences": differences,
        "marking": form.instance.handling,
        **more,
    }
    return render(request, "evidence/record_form.html", context, status=status)


def give_covers(items: Sequence[Item], reader: User) -> None:
    """Give each exhibit the file whose small picture stands for it, in one question."""
    pictures = File.objects.visible_to(reader).filter(item__in=items).exclude(thumbnail="")
    plain_first = pictures.order_by("item_id", "graphic_content", "id").distinct("item_id")
    covers = {file.item_id: file for file in plain_first}
    for item in items:
        item.cover = covers.get(item.pk)
