"""The pictures on the page of an exhibit: the one on show, those beside it, and all in a strip."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import User
from core.http import wants_part
from evidence.forms import UploadForm
from evidence.forms.region import LABELS
from evidence.http import strip_of
from evidence.models import Calibration, File, Item, Proposal, last_check
from evidence.models.proposal import ProposalQuerySet
from evidence.models.twins import same_bytes

FEWEST_SIGNS = 3
"""What a machine read of fewer signs is seldom a marking."""


def picture_panel(request: SignedInRequest, item: Item) -> dict[str, Any]:
    """The files of an exhibit and the one on show: the one asked for, else the first picture."""
    reader, files = request.user, files_of(item, request.user)
    current = asked_for(request, "file", files) or first_shown(files)
    beside = asked_for(request, "beside", files)
    there = reverse("evidence:item_detail", args=[item.pk])
    return {
        "files": files,
        "file": current,
        "beside": beside if beside and beside.has_picture and beside != current else None,
        "others": [file for file in files if file.has_picture and file != current],
        "strip": strip_of(files, current, there=there),
        "in_situ": any(file.in_situ for file in files),
        "check": last_check(current) if current else None,
        "scale": scale_of(current, reader),
        **told_by_length(proposals_on(current, reader)),
        "sides": LABELS.items(),
        "twins": same_bytes(current, reader) if current else [],
        "upload_form": UploadForm(),
        "is_part": wants_part(request),
    }


def files_of(item: Item, reader: User) -> list[Any]:
    """The files of an exhibit, each with whether a scale was set on it, and something read."""
    rows = item.files.visible_to(reader).select_related("received_by").order_by("id")
    scales = Calibration.objects.visible_to(reader).filter(file=OuterRef("pk"))
    readings = unjudged(reader).filter(file=OuterRef("pk"))
    return list(rows.annotate(has_scale=Exists(scales), has_readings=Exists(readings)))


def asked_for(request: SignedInRequest, name: str, files: list[File]) -> File | None:
    """The file that the address names, if it is one of these."""
    asked = request.GET.get(name, "")
    return next((file for file in files if str(file.pk) == asked), None)


def first_shown(files: list[File]) -> File | None:
    """The first picture, or the first file where there is none."""
    return next(iter([file for file in files if file.has_picture] or files), None)


def scale_of(file: Any, reader: User) -> Calibration | None:
    """The calibration that counts for a picture."""
    if file is None or not (file.has_picture and file.has_scale):
        return None
    return Calibration.objects.visible_to(reader).of(file).first()


def proposals_on(file: Any, reader: User) -> list[Proposal]:
    """What a machine reads on a file and nobody has judged."""
    if file is None or not file.has_readings:
        return []
    return sorted(unjudged(reader).filter(file=file).order_by("id"), key=where_it_stands)


def where_it_stands(proposal: Proposal) -> tuple[int, int]:
    """Lines from the top down, as a page is read; what has no place comes first."""
    left, top = (proposal.box or [-1, -1])[:2]
    return top, left


def told_by_length(proposals: list[Proposal]) -> dict[str, list[Proposal]]:
    """Those that may be markings, and apart those of a sign or two: figures of a scale, mostly."""
    return {
        "proposals": [one for one in proposals if len(one.text) >= FEWEST_SIGNS],
        "short_proposals": [one for one in proposals if len(one.text) < FEWEST_SIGNS],
    }


def unjudged(reader: User) -> ProposalQuerySet:
    """What machines read and nobody has made a marking of, nor refused."""
    standing = Proposal.objects.visible_to(reader).standing().exclude(text="")
    return standing.filter(markings__isnull=True, refused_at__isnull=True)
