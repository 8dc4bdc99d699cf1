"""Reports and bundles in the administration: what was made, from which position of the ledger."""

from django.contrib import admin

from core.admin import DeedAdmin
from reports.models import Bundle, Report


@admin.register(Report)
class ReportAdmin(DeedAdmin[Report]):
    """Documents drawn from cases."""

    list_display = ["case", "template", "language", "state", "requested_by", "ledger_position"]
    list_filter = ["state", "language", "template"]
    search_fields = ["case__ref", "sha256", "requested_by__username"]
    list_select_related = ["case", "requested_by"]


@admin.register(Bundle)
class BundleAdmin(DeedAdmin[Bundle]):
    """Evidence as it left for courts."""

    list_display = [
        *("case", "state", "fixity", "requested_by", "up_to", "ledger_position", "anchored_at")
    ]
    list_filter = ["fixity", "state", "language", "up_to"]
    search_fields = ["case__ref", "sha256", "requested_by__username"]
    list_select_related = ["case", "requested_by"]
