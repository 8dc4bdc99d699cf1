"""What the page of one file shows, whichever door was used to reach it."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from accounts.http import SignedInRequest
from evidence.forms import AssignForm, CaptionForm
from evidence.http import step_to_item
from evidence.models import (
    Calibration,
    File,
    Proposal,
    captures_of,
    exhibits_with,
    last_check,
)
from evidence.models.digital_words import Established
from evidence.services.caveat import caveats_against
from evidence.views.file_panels import digital_panel
from investigations.http import crumbs_to, handling_of
from investigations.models import Duty

PAGE = "evidence/file_detail.html"


def visible_file(request: SignedInRequest, file_id: UUID) -> File:
    """The file, if this person may see it."""
    rows = File.objects.visible_to(request.user).select_related(
        "case", "item", "received_by", "derived_from"
    )
    return get_object_or_404(rows, pk=file_id)


def file_page(request: SignedInRequest, file: File, **forms: BaseForm) -> dict[str, Any]:
    """Everything on the page of a file; `forms` are those that were refused."""
    user, duties = request.user, file.case.duties(request.user)
    steps = [step_to_item(file.item)] if file.item else []
    digital = digital_panel(file, user)
    twin = exhibits_with([file], user).get(file.pk)
    standing = Proposal.objects.visible_to(user).filter(file=file).standing()
    return {
        "file": file,
        "marking": handling_of([file], file.item, twin, *digital["twins"], *digital["copies"]),
        "crumbs": crumbs_to(file.case, *steps, (file.name, "")),
        "check": last_check(file),
        "proposals": standing.select_related("refused_by"),
        "captures": list(captures_of(file, user)),
        "twin": twin,
        "may_log": file.may(user, Duty.LOG_EVIDENCE),
        "may_verify": bool(duties),
        "kept_here": caveats_against(file, user),
        "may_protect": Duty.PROTECT in duties,
        "may_review": bool(duties & {Duty.LOG_EVIDENCE, Duty.REVIEW}),
        "things": Established.choices,
        "scale": Calibration.objects.visible_to(user).of(file).first(),
        **digital,
        "caption_form": forms.get("caption_form") or CaptionForm(instance=file),
        "assign_form": forms.get("assign_form") or AssignForm(case=file.case, user=user),
    }
