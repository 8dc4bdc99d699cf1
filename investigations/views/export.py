"""The list of incidents as a table to take away."""

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations.forms import IncidentFilterForm
from investigations.http import Taken, as_csv
from investigations.models import Incident

COLUMNS: list[Taken[Incident]] = [
    (_("Reference"), lambda row: row.ref),
    (_("What happened"), lambda row: row.title),
    (_("Narrative"), lambda row: row.narrative),
    (_("From"), lambda row: row.occurred_from),
    (_("To"), lambda row: row.occurred_to),
    (_("Time known to"), lambda row: row.get_occurred_precision_display()),
    (_("Time as stated"), lambda row: row.occurred_as_stated),
    (_("Theatre"), lambda row: row.theatre),
    (_("Place"), lambda row: row.place_name),
    (_("Country"), lambda row: row.country_id),
    (_("Latitude"), lambda row: row.latitude),
    (_("Longitude"), lambda row: row.longitude),
    (_("Metres around the point"), lambda row: row.uncertainty_m),
    (_("Attack mode"), lambda row: row.get_attack_mode_display()),
    (_("Weapon as stated"), lambda row: row.weapon_as_stated),
    (_("Status"), lambda row: row.get_status_display()),
    (_("Case"), lambda row: row.case.ref),
]


@open_to(SIGNED_IN)
@require_POST
def incident_export(request: SignedInRequest) -> HttpResponseBase:
    """A deed, not a reading: that the rows went out stands in the ledger, hence no GET."""
    form = IncidentFilterForm(request.GET, user=request.user)
    rows = form.narrow(Incident.objects.visible_to(request.user)).select_related("case", "theatre")
    act = "investigations.incidents_exported"
    return as_csv(request, rows.order_by("-id"), COLUMNS, act=act, name="incidents")
