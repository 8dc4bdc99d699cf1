"""Dossiers of measures in the browser, as PDF files; making one is a deed, hence a POST."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution.models import Measure
from core.http import attempt
from investigations.http import crumbs_to
from reports import services
from reports.forms import RequestForm
from reports.http import letter_file


@open_to(SIGNED_IN)
@require_POST
def dossier(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    rows = Measure.objects.visible_to(request.user).select_related("case")
    measure, form = get_object_or_404(rows, pk=measure_id), RequestForm(request.POST)
    pdf, status = attempt(
        form, lambda: services.print_dossier(measure, by=request.user, **form.cleaned_data)
    )
    if pdf is not None:
        return letter_file(pdf, measure)
    back = reverse("attribution:measure_detail", args=[measure.pk])
    crumbs = crumbs_to(measure.case, (measure.ref, back), (_("Dossier"), ""))
    context = {"form": form, "case": measure.case, "marking": measure.handling, "crumbs": crumbs}
    return render(request, "reports/dossier_refused.html", context, status=status)
