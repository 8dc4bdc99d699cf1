"""Deliverables in the browser: what is expected under an agreement, and what came."""

from collections.abc import Callable
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import OK, attempt
from core.zones import today
from evidence.forms.cooperation import DeliverableForm, ReceivedForm
from evidence.models import Deliverable
from evidence.services.deliverable import expect_deliverable, receive_deliverable
from evidence.views.deployment import FORM, agreement, around
from investigations.http import home_of
from investigations.models import AssistanceOffer, Duty


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def deliverable_create(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    offer = agreement(request, offer_id)
    form = DeliverableForm(typed(request), instance=Deliverable(case=offer.case, offer=offer))
    return fill_in_on_offer(
        request,
        offer,
        form,
        lambda: expect_deliverable(offer, by=request.user, **form.cleaned_data),
        title=_("Expect a deliverable"),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def deliverable_receive(request: SignedInRequest, deliverable_id: UUID) -> HttpResponse:
    rows = Deliverable.objects.visible_to(request.user).select_related("case", "offer__case")
    due = get_object_or_404(rows, pk=deliverable_id)
    due.case.require(request.user, Duty.LOG_EVIDENCE)
    now = {"received_on": today()}
    form = ReceivedForm(typed(request), case=due.case, user=request.user, initial=now)
    return fill_in_on_offer(
        request,
        due.offer,
        form,
        lambda: receive_deliverable(due, by=request.user, **form.cleaned_data),
        title=_("Receive “%(what)s”") % {"what": due.what},
    )


def fill_in_on_offer(
    request: SignedInRequest,
    offer: AssistanceOffer,
    form: BaseForm,
    deed: Callable[[], object],
    *,
    title: str,
) -> HttpResponse:
    """Show a form about an agreement, or do its deed and go back to the agreement's page."""
    status = OK
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect(home_of(offer))
    context = {"form": form, "title": title, "differences": [], **around(offer, title)}
    return render(request, FORM, context, status=status)
