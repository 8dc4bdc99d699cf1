"""How several files of one request are taken in, one by one, whichever door they come through."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.http import SignedInRequest
from core.errors import Refused
from core.http import UNPROCESSABLE
from evidence import services
from evidence.forms import UploadForm
from evidence.http import as_json
from evidence.models import File, Item
from investigations.models import Case

CREATED = 201


@dataclass
class Received:
    """What became of the files of one request."""

    files: list[File] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def receive(
    request: SignedInRequest, form: UploadForm, case: Case, *, item: Item | None = None
) -> Received:
    """Store each file by itself, so that a broken one keeps nobody else out."""
    received = Received()
    if not form.is_valid():
        received.refusals = [str(e) for errors in form.errors.values() for e in errors]
        return received
    how = {"by": request.user, "item": item, **form.cleaned_data}
    uploads: list[UploadedFile[Any]] = how.pop("upload")
    for upload in uploads:
        try:
            received.files.append(keep(case, upload, **how))
        except Refused as refusal:
            received.refusals.append(f"{upload.name}: {refusal}")
            form.add_error("upload", forms.ValidationError(received.refusals[-1]))
    return received


def keep(case: Case, upload: UploadedFile[Any], **how: Any) -> File:
    """Stream one file into the vault."""
    return services.receive_file(case, chunks=upload.chunks(), name=upload.name or "", **how)


def told_to_script(received: Received, *, item: Item | None = None) -> JsonResponse:
    """The answer to a page's script, which sends one file at a time."""
    if received.refusals:
        return JsonResponse({"error": " ".join(received.refusals)}, status=UNPROCESSABLE)
    file = received.files[0]
    status = 200 if file.arrived_before else CREATED
    return JsonResponse(as_json(file, asked_for=item), status=status)


def tell_person(request: SignedInRequest, received: Received) -> None:
    """Say on the next page how many files are stored, and which were stored already."""
    new = [file for file in received.files if not file.arrived_before]
    if new:
        sentence = ngettext(
            "%(count)d file is stored and verified.",
            "%(count)d files are stored and verified.",
            len(new),
        )
        messages.success(request, sentence % {"count": len(new)})
    for file in received.files:
        if file.arrived_before:
            place = file.item.exhibit_no if file.item else _("intake")
            told = {"name": file.name, "place": place}
            messages.info(request, _("%(name)s was stored before: %(place)s.") % told)
