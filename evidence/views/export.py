"""The list of exhibits as a table to take away."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import UNPROCESSABLE
from evidence.forms import ItemFilterForm
from evidence.models import Door, Item
from evidence.services.caveat import Bound, bound_among
from investigations.http import Taken, as_csv, marking_of

HELD = "evidence/export_held.html"

COLUMNS: list[Taken[Item]] = [
    (_("Exhibit"), lambda row: row.exhibit_no),
    (_("What it is"), lambda row: row.description),
    (_("Kind"), lambda row: row.kind),
    (_("Incident"), lambda row: row.incident.ref),
    (_("Theatre"), lambda row: row.incident.theatre),
    (_("Status"), lambda row: row.get_status_display()),
    (_("Condition"), lambda row: row.get_condition_display()),
    (_("Quantity"), lambda row: row.quantity),
    (_("Recovered"), lambda row: row.recovered_at),
    (_("Time known to"), lambda row: row.get_recovered_precision_display()),
    (_("Recovered by"), lambda row: row.recovered_by),
    (_("Holder"), lambda row: row.holder),
    (_("Kept at"), lambda row: row.kept_at),
    (_("Seal"), lambda row: row.seal_no),
    (_("Entered"), lambda row: row.created_at),
    (_("Case"), lambda row: row.case.ref),
]


@open_to(SIGNED_IN)
@require_POST
def item_export(request: SignedInRequest) -> HttpResponseBase:
    """A deed, not a reading: that the rows went out stands in the ledger, hence no GET."""
    form = ItemFilterForm(request.GET, user=request.user)
    rows = form.narrow(Item.objects.visible_to(request.user))
    bound = bound_among(Door.TABLE, rows)
    if bound and not request.POST.get("leave_out"):
        return held(request, bound)
    rows = rows.exclude(pk__in=[each.item.pk for each in bound]).with_lists()
    act = "evidence.items_exported"
    return as_csv(request, rows.order_by("-id"), COLUMNS, act=act, name="exhibits")


def held(request: SignedInRequest, bound: list[Bound]) -> HttpResponseBase:
    """Which exhibits caveats keep here, and the way to take the others."""
    context = {"bound": bound, "marking": marking_of([each.item for each in bound])}
    return render(request, HELD, context, status=UNPROCESSABLE)
