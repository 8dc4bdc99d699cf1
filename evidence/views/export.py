"""The list of exhibits as a table to take away."""

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence.forms import ItemFilterForm
from evidence.http import held_here
from evidence.models import Door, Item
from evidence.services.caveat import bound_among
from investigations.http import Taken, as_csv

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
        return held_here(request, bound, back="evidence:item_list")
    rows = rows.exclude(pk__in=[each.item.pk for each in bound]).with_lists().order_by("-id")
    act = "evidence.items_exported"
    return as_csv(request, rows, COLUMNS, act=act, name="exhibits", left_out=len(bound))
