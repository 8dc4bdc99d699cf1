"""Which component models occur in which incidents: as a page, and as a table to take away."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison.forms import CommonalityFilterForm
from comparison.services import commonality as services
from core.http import answer
from evidence.http import held_here
from evidence.models import Component, Door, Item
from evidence.services.caveat import bound_among
from investigations.http import Taken, as_csv

PAGE, PART = "comparison/commonality.html", "comparison/_commonality.html"
TAKEN_AWAY: list[Taken[Component]] = [
    (_("Kind of component"), lambda row: row.category),
    (_("Maker"), lambda row: row.maker_text),
    (_("Part number or model"), lambda row: row.part_number or row.model_name),
    (_("Incident"), lambda row: row.item.incident.ref),
    (_("Theatre"), lambda row: row.item.incident.theatre),
    (_("Exhibit"), lambda row: row.item.exhibit_no),
    (_("Case"), lambda row: row.case.ref),
]
"""One line for each component behind a count: whoever has the table can count again."""


@open_to(SIGNED_IN)
@require_GET
def commonality(request: SignedInRequest) -> HttpResponse:
    form = CommonalityFilterForm(request.GET, user=request.user)
    rows = form.narrow(services.components_seen(request.user))
    matrix = services.commonality_of(rows, request.user)
    context = {"matrix": matrix, "form": form, "marking": matrix.handling}
    return answer(request, context, page=PAGE, part=PART)


@open_to(SIGNED_IN)
@require_POST
def commonality_export(request: SignedInRequest) -> HttpResponseBase:
    """A deed, not a reading: that the rows went out stands in the ledgers, hence no GET."""
    form = CommonalityFilterForm(request.GET, user=request.user)
    rows = form.narrow(services.components_seen(request.user))
    items = Item.objects.visible_to(request.user).filter(pk__in=rows.order_by().values("item"))
    bound = bound_among(Door.TABLE, items)
    if bound and not request.POST.get("leave_out"):
        return held_here(request, bound, back="comparison:commonality")
    free = services.exported(rows.exclude(item__in=[each.item.pk for each in bound]))
    act, name = "comparison.models_exported", "component-models"
    return as_csv(request, free, TAKEN_AWAY, act=act, name=name, left_out=len(bound))
