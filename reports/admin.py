"""Reports in the administration: what was made, from which position of the ledger."""

from django.contrib import admin

from core.admin import DeedAdmin
from reports.models import Report


@admin.register(Report)
class ReportAdmin(DeedAdmin[Report]):
    """Documents drawn from cases."""

    list_display = ["case", "template", "language", "state", "requested_by", "ledger_position"]
    list_filter = ["state", "language", "template"]
    search_fields = ["case__ref", "sha256", "requested_by__username"]
    list_select_related = ["case", "requested_by"]
