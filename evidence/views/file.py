"""Files in the browser: taking them in, showing our own pictures, giving originals out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.errors import Refused
from core.http import UNPROCESSABLE, answer, attempt
from core.letting_out import whole
from evidence import services
from evidence.forms import AssignForm, CaptionForm, UploadForm
from evidence.http import picture, stored, wants_json
from evidence.models import File, Item
from evidence.views.file_page import PAGE, file_page, visible_file
from evidence.views.item_page import PAGE as ITEM_PAGE
from evidence.views.item_page import item_page
from evidence.views.receiving import receive, tell_person, told_to_script
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_POST
def file_receive(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.require(request.user, Duty.LOG_EVIDENCE)
    form = UploadForm(request.POST, request.FILES)
    received = receive(request, form, item.case, item=item)
    if wants_json(request):
        return told_to_script(received, item=item)
    tell_person(request, received)
    if not received.refusals:
        return redirect("evidence:item_detail", item.pk)
    context = {**item_page(request, item), "upload_form": form}
    return render(request, ITEM_PAGE, context, status=UNPROCESSABLE)


@open_to(SIGNED_IN)
@require_GET
def file_detail(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    context = file_page(request, visible_file(request, file_id))
    return answer(request, context, page=PAGE, part="evidence/_file_view.html")


@open_to(SIGNED_IN)
@require_GET
def file_state(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """How far the worker has got; asked again and again while it has not looked yet."""
    file = visible_file(request, file_id)
    context = {"file": file, "just_examined": not file.is_waiting}
    return render(request, "evidence/_file_state.html", context)


@open_to(SIGNED_IN)
@require_GET
def file_thumbnail(request: SignedInRequest, file_id: UUID) -> HttpResponseBase:
    file = visible_file(request, file_id)
    return shown(request, file, file.thumbnail)


@open_to(SIGNED_IN)
@require_GET
def file_preview(request: SignedInRequest, file_id: UUID) -> HttpResponseBase:
    file = visible_file(request, file_id)
    return shown(request, file, file.preview)


def shown(request: SignedInRequest, file: File, name: str) -> HttpResponseBase:
    """A picture of our own making, or 404 while there is none."""
    if not name:
        raise Http404
    return picture(request, name, file.sha256)


@open_to(SIGNED_IN)
@require_POST
def file_download(request: SignedInRequest, file_id: UUID) -> HttpResponseBase:
    """A deed, not a reading: that an original went out stands in the ledger, hence no GET."""
    file = visible_file(request, file_id)
    try:
        held = services.take_original(file, by=request.user)
    except FileNotFoundError:
        messages.error(request, _("The original is not in the store. Check it, and tell the lead."))
        return redirect("evidence:file_detail", file.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return render(request, PAGE, file_page(request, file), status=UNPROCESSABLE)
    return whole(stored(file, lambda: held))


@open_to(SIGNED_IN)
@require_POST
def file_verify(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = visible_file(request, file_id)
    if services.verify_file(file, by=request.user):
        messages.success(request, _("The stored bytes have the recorded SHA-256."))
    else:
        messages.error(request, _("The stored bytes no longer have the recorded SHA-256."))
    return redirect("evidence:file_detail", file.pk)


@open_to(SIGNED_IN)
@require_POST
def file_caption(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = visible_file(request, file_id)
    file.require(request.user, Duty.LOG_EVIDENCE)
    form = CaptionForm(request.POST, instance=visible_file(request, file_id))
    done, status = attempt(
        form, lambda: services.caption_file(file, by=request.user, **form.cleaned_data)
    )
    if done is not None:
        return redirect("evidence:file_detail", file.pk)
    return render(request, PAGE, file_page(request, file, caption_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def file_assign(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = visible_file(request, file_id)
    file.require(request.user, Duty.LOG_EVIDENCE)
    form = AssignForm(request.POST, case=file.case, user=request.user)
    done, status = attempt(
        form, lambda: services.assign_file(file, form.cleaned_data["item"], by=request.user)
    )
    if done is not None:
        return redirect("evidence:file_detail", file.pk)
    return render(request, PAGE, file_page(request, file, assign_form=form), status=status)
