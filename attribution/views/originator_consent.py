"""Entering an originator's consent in the browser."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import ConsentForm
from attribution.views.finding import settle
from attribution.views.finding_page import visible_finding
from core.http import attempt


@open_to(SIGNED_IN)
@require_POST
def consent_record(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    form = ConsentForm(request.POST, finding=finding, prefix="consent")
    _done, status = attempt(
        form, lambda: services.record_consent(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, consent_form=form)
