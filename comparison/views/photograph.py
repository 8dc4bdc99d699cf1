"""Photographs that look like one: a help in searching, on a page of its own."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison import services
from core.http import answer, wants_part
from evidence.models import File
from investigations.http import crumbs_to, handling_of

PAGE, PART = "comparison/similar_photographs.html", "comparison/_alike.html"


@open_to(SIGNED_IN)
@require_GET
def similar_photographs(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    rows = File.objects.visible_to(request.user).select_related("case", "item")
    file = get_object_or_404(rows, pk=file_id)
    alike = services.photographs_like(file, request.user)
    step = (file.name, reverse("evidence:file_detail", args=[file.pk]))
    context = {
        "file": file,
        "alike": alike,
        "alarms": [one for one in alike if one.is_alarm],
        "marking": handling_of([file, *(one.file for one in alike)]),
        "is_part": wants_part(request),
        "crumbs": crumbs_to(file.case, step, (_("Similar photographs"), "")),
    }
    return answer(request, context, page=PAGE, part=PART)
