"""Gaps in custody in the browser: explaining, waiving, and correcting what was entered wrongly."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence import services
from evidence.forms import CorrectForm, ExplainGapForm, WaiveGapForm
from evidence.models import GapNote, Item
from evidence.views.custody import settle, visible_item


@open_to(SIGNED_IN)
@require_POST
def gap_explain(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), ExplainGapForm(request.POST)

    def deed() -> Item:
        return services.explain_gap(item, by=request.user, **form.cleaned_data).item

    return settle(request, item, form, deed, name="gap")


@open_to(SIGNED_IN)
@require_POST
def gap_waive(request: SignedInRequest, note_id: UUID) -> HttpResponse:
    """The second person's yes."""
    notes = GapNote.objects.visible_to(request.user).select_related("item__case", "said_by")
    note, form = get_object_or_404(notes, pk=note_id), WaiveGapForm(request.POST)
    item = visible_item(request, note.item_id, *services.WAIVERS)

    def deed() -> Item:
        return services.waive_gap(note, by=request.user, **form.cleaned_data).item

    return settle(request, item, form, deed, name="gap")


@open_to(SIGNED_IN)
@require_POST
def custody_correct(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = visible_item(request, item_id)
    form = CorrectForm(request.POST, item=item, reader=request.user)

    def deed() -> Item:
        return services.correct_custody(by=request.user, **form.cleaned_data).item

    return settle(request, item, form, deed, name="correction")
