"""In the browser: whether an exhibit may be touched, and that it is described in full."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.errors import Refused
from core.forms import typed
from evidence import services
from evidence.forms import SafetyForm
from evidence.views.item_deed import fill_in_on_item, item_to_work_on


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def item_assess(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = item_to_work_on(request, item_id)
    initial = {name: getattr(item, name) for name in ("render_safe", "cleared_by", "cleared_at")}
    form = SafetyForm(typed(request), initial=initial)
    return fill_in_on_item(
        request,
        item,
        form,
        lambda: services.assess_safety(item, by=request.user, **form.cleaned_data),
        title=_("Explosive hazard of %(exhibit)s") % {"exhibit": item.exhibit_no},
    )


@open_to(SIGNED_IN)
@require_POST
def item_complete(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = item_to_work_on(request, item_id)
    try:
        services.complete_description(item, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("evidence:item_detail", item.pk)
