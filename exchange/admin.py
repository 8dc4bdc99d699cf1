"""The exchange room in the administration: to be read; what is decided is decided on the pages."""

from django.contrib import admin

from core.admin import DeedAdmin
from exchange.models import Arrival, ArrivedObject, StixVersion


@admin.register(StixVersion)
class StixVersionAdmin(DeedAdmin[StixVersion]):
    """Objects as they left."""

    list_display = ["stix_id", "case", "kind", "modified", "offered_at", "gone_at"]
    list_filter = ["kind"]
    search_fields = ["stix_id", "case__ref"]
    list_select_related = ["case"]


@admin.register(Arrival)
class ArrivalAdmin(DeedAdmin[Arrival]):
    """Bundles that came in."""

    list_display = ["name", "case", "count", "sha256", "received_by", "created_at"]
    search_fields = ["name", "sha256", "case__ref"]
    list_select_related = ["case", "received_by"]


@admin.register(ArrivedObject)
class ArrivedObjectAdmin(DeedAdmin[ArrivedObject]):
    """Objects of bundles that came in."""

    list_display = ["stix_id", "case", "kind", "name", "state", "decided_by"]
    list_filter = ["state", "kind"]
    search_fields = ["stix_id", "name", "case__ref"]
    list_select_related = ["case", "decided_by"]
