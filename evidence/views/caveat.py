"""Caveats in the browser: adding one to an exhibit, and lifting it with the agency's consent."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.zones import today
from evidence import services
from evidence.forms.cooperation import CaveatForm, ConsentForm
from evidence.models import Caveat
from evidence.services.caveat import require_lifter
from evidence.views.item_deed import fill_in_on_item, item_to_work_on


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def caveat_create(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = item_to_work_on(request, item_id)
    form = CaveatForm(typed(request), item=item, user=request.user)
    return fill_in_on_item(
        request,
        item,
        form,
        lambda: services.add_caveat(item, by=request.user, **form.cleaned_data),
        title=_("Add a caveat to %(exhibit)s") % {"exhibit": item.exhibit_no},
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def caveat_lift(request: SignedInRequest, caveat_id: UUID) -> HttpResponse:
    rows = Caveat.objects.visible_to(request.user).select_related("case", "item__case", "agency")
    caveat = get_object_or_404(rows, pk=caveat_id)
    require_lifter(caveat, request.user)
    form = ConsentForm(typed(request), initial={"consented_on": today()})
    return fill_in_on_item(
        request,
        caveat.item,
        form,
        lambda: services.lift_caveat(caveat, by=request.user, **form.cleaned_data),
        title=_("Lift the caveat “%(caveat)s”") % {"caveat": caveat},
    )
