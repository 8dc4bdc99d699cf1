"""In the browser: taking parts off an exhibit, putting exhibits together, and taking that back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import JoinForm, ReasonForm, SplitForm
from evidence.models import Regrouping
from evidence.views.item_deed import fill_in_on_item, item_to_work_on


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def item_split(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = item_to_work_on(request, item_id)
    form = SplitForm(typed(request), item=item)
    return fill_in_on_item(
        request,
        item,
        form,
        lambda: services.split_item(
            item,
            form.parts(),
            by=request.user,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        title=_("Take parts off %(exhibit)s") % {"exhibit": item.exhibit_no},
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def item_join(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = item_to_work_on(request, item_id)
    form = JoinForm(typed(request), item=item, user=request.user)
    return fill_in_on_item(
        request,
        item,
        form,
        lambda: services.join_items(item, by=request.user, **form.cleaned_data),
        title=_("Exhibits that belong to %(exhibit)s") % {"exhibit": item.exhibit_no},
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def join_correct(request: SignedInRequest, regrouping_id: UUID) -> HttpResponse:
    rows = Regrouping.objects.visible_to(request.user).select_related("case", "item")
    regrouping = get_object_or_404(rows, pk=regrouping_id)
    item = item_to_work_on(request, regrouping.item_id)
    form = ReasonForm(typed(request))
    return fill_in_on_item(
        request,
        item,
        form,
        lambda: services.correct_join(regrouping, by=request.user, **form.cleaned_data),
        title=_("They do not belong together after all"),
    )
