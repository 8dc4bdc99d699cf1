"""Caveats, deployments and deliverables in the administration: to be read."""

from django.contrib import admin

from core.admin import DeedAdmin
from evidence.models import Caveat, Deliverable, Deployment


@admin.register(Caveat)
class CaveatAdmin(DeedAdmin[Caveat]):
    """What agencies hold to; lifted on the exhibit's page, with their consent."""

    list_display = ["item", "kind", "agency", "added_by", "created_at", "lifted_at"]
    list_filter = ["kind", "lifted_at"]
    search_fields = ["item__exhibit_no", "agency__short_name", "reason", "consent_ref"]
    list_select_related = ["item", "agency", "added_by"]


@admin.register(Deployment)
class DeploymentAdmin(DeedAdmin[Deployment]):
    """Teams that came under agreements."""

    list_display = ["ref", "case", "team", "arrives_on", "leaves_on", "liaison"]
    list_filter = ["arrives_on"]
    search_fields = ["ref", "team", "case__ref"]
    list_select_related = ["case", "liaison"]


@admin.register(Deliverable)
class DeliverableAdmin(DeedAdmin[Deliverable]):
    """What is due under agreements, and what came."""

    list_display = ["what", "case", "offer", "due", "received_on", "received_by"]
    list_filter = ["due", "received_on"]
    search_fields = ["what", "offer__ref", "case__ref"]
    list_select_related = ["case", "offer__agency", "received_by"]
