"""Other installations in the admin: who they are, what was sent to them and what came from them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import DeedAdmin
from exchange.models import DeliveredRecord, Delivery, Heard, OwnKey, Peer, Shipment


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
    fields = readonly_fields = ("line", "made_by")


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

    list_display = [
        *("peer", "origin_ref", "state", "fixity", "exit_code", "created_at", "recalled_at")
    ]
    list_filter = ["fixity", "state"]
    search_fields = ["peer__name", "origin_ref", "sha256"]
    list_select_related = ["peer"]


@admin.register(DeliveredRecord)
class DeliveredRecordAdmin(DeedAdmin[DeliveredRecord]):
    """Records that came from peers, and what became of each."""

    list_display = ["origin_ref", "case", "kind", "state", "decided_by", "recalled_at"]
    list_filter = ["kind", "state"]
    search_fields = ["origin_ref", "digest", "case__ref"]
    list_select_related = ["case", "decided_by"]
