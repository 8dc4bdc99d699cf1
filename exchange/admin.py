"""The exchange room in the administration: to be read; what is decided is decided on the pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import DeedAdmin
from core.models import SYSTEM_LOG
from exchange.models import (
    Arrival,
    ArrivedObject,
    DeliveredRecord,
    Delivery,
    FeedHead,
    Heard,
    OwnKey,
    Peer,
    Shipment,
    Step,
    StixVersion,
    Touch,
)


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


class OfNoCaseAdmin(DeedAdmin[Any]):
    """Rows of no case at all, of which there are none: what teams do is theirs to know."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.filter(log=SYSTEM_LOG)
        return rows.order_by("pk")


@admin.register(FeedHead)
class FeedHeadAdmin(OfNoCaseAdmin):
    """How far each case has come."""

    list_display = ["log", "position"]
    search_fields = ["log"]


@admin.register(Step)
class StepAdmin(OfNoCaseAdmin):
    """Transactions that touched a case."""

    list_display = ["log", "position", "at"]
    search_fields = ["log", "batch"]


@admin.register(Touch)
class TouchAdmin(OfNoCaseAdmin):
    """Rows that they touched."""

    list_display = ["kind", "subject", "op"]
    list_filter = ["kind", "op"]
    search_fields = ["kind", "subject"]


class OfNoCaseAtAllAdmin(DeedAdmin[Any]):
    """Rows about installations, which every administrator sees on the pages of peers, too."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.order_by("-pk")
        return rows


@admin.register(Peer)
class PeerAdmin(DeedAdmin[Peer]):
    """Other installations; what is done with them is done on their pages."""

    list_display = ["name", "agency", "address", "state", "agreed_at", "theirs_at"]
    list_filter = ["state"]
    search_fields = ["name", "address", "agency__name"]
    list_select_related = ["agency"]


@admin.register(OwnKey)
class OwnKeyAdmin(OfNoCaseAtAllAdmin):
    """The public halves of our keys; the secret ones are not to be seen anywhere."""

    list_display = ["line", "made_by", "created_at"]
    search_fields = ["line"]
    fields = readonly_fields = ["line", "made_by"]


@admin.register(Heard)
class HeardAdmin(OfNoCaseAtAllAdmin):
    """Messages of peers that counted."""

    list_display = ["peer", "sequence", "purpose", "created_at"]
    list_filter = ["purpose"]
    search_fields = ["peer__name", "nonce"]
    list_select_related = ["peer"]


@admin.register(Shipment)
class ShipmentAdmin(DeedAdmin[Shipment]):
    """What was sent to peers."""

    list_display = ["peer", "case", "state", "asked_by", "sent_at", "recalled_at"]
    list_filter = ["state"]
    search_fields = ["peer__name", "case__ref", "sha256"]
    list_select_related = ["peer", "case", "asked_by"]


@admin.register(Delivery)
class DeliveryAdmin(DeedAdmin[Delivery]):
    """What came from peers."""

    list_display = ["peer", "origin_ref", "state", "exit_code", "created_at", "recalled_at"]
    list_filter = ["state"]
    search_fields = ["peer__name", "origin_ref", "sha256"]
    list_select_related = ["peer"]


@admin.register(DeliveredRecord)
class DeliveredRecordAdmin(DeedAdmin[DeliveredRecord]):
    """Records that came from peers, and what became of each."""

    list_display = ["origin_ref", "case", "kind", "state", "decided_by", "recalled_at"]
    list_filter = ["kind", "state"]
    search_fields = ["origin_ref", "digest", "case__ref"]
    list_select_related = ["case", "decided_by"]
