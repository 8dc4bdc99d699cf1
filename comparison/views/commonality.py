"""Which component models occur in which incidents, as a page."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison.forms import CommonalityFilterForm
from comparison.services import commonality as services
from core.http import answer

PAGE, PART = "comparison/commonality.html", "comparison/_commonality.html"


@open_to(SIGNED_IN)
@require_GET
def commonality(request: SignedInRequest) -> HttpResponse:
    form = CommonalityFilterForm(request.GET, user=request.user)
    rows = form.narrow(services.components_seen(request.user))
    matrix = services.commonality_of(rows, request.user)
    context = {"matrix": matrix, "form": form, "marking": matrix.handling}
    return answer(request, context, page=PAGE, part=PART)
