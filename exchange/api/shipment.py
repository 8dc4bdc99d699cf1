"""REST: what of a case goes to peers: looking first, asking, agreeing, recalling."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.filters import VisibleFilterSet
from core.markings import Tlp
from core.models import Once
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import CaveatKind, Item
from exchange import services
from exchange.models import Peer, Shipment
from exchange.services.packing import Preview
from investigations.models import Case
from investigations.models import Request as Asked


class ShipmentFilter(VisibleFilterSet):
    """?case=…&peer=…&state=sent&bundle=…&sha256=…"""

    peer = filters.UUIDFilter()

    class Meta:
        model = Shipment
        fields = ["case", "state", "bundle", "sha256"]


class ShipmentSerializer(RowSerializer[Shipment]):
    """A shipment; `exhibits` are those chosen, none at all means the whole case.

    `envelope`, `receipt` and `recall_receipt` are the signed notes as they went out and came back;
    `failure` says why it did not go, or why the peer does not take its recall.
    """

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Shipment
        fields = [
            *("id", "case", "created_at", "handling", "peer", "exhibits", "up_to", "caveats"),
            *("bundle", "reason", "asked_by", "request", "state", "failure", "sha256", "size"),
            *("envelope", "receipt", "sent_at", "recall_reason", "recalled_at", "recalled_by"),
            "recall_receipt",
        ]


class ShipmentPreviewInput(StrictSerializer):
    """To which peer, which exhibits of a case (none: all), how strictly marked at most."""

    case = VisibleField(queryset=Case.objects.all())
    peer = VisibleField(queryset=Peer.objects.all())
    exhibits: Any = VisibleField(queryset=Item.objects.all(), many=True, required=False)
    up_to = serializers.ChoiceField(choices=Tlp.choices)


class ShipmentInput(ShipmentPreviewInput):
    """The same with the caveats that bind the receiver, and why it is sent."""

    caveats: Any = serializers.ListField(
        child=serializers.ChoiceField(choices=CaveatKind.choices), required=False, default=list
    )
    leave_out = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Leave out exhibits under a caveat; otherwise they make the request refused.",
    )
    reason = serializers.CharField()


class ShipmentPreviewSerializer(serializers.Serializer[Preview]):
    """What would leave now: exhibits by id, how many files, and what is held back and why."""

    exhibits = serializers.SerializerMethodField()
    files = serializers.IntegerField()
    withheld: Any = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField())
    )

    def get_exhibits(self, found: Preview) -> list[UUID]:
        return [item.pk for item in found.exhibits]


class RecallInput(StrictSerializer):
    """Why it is taken back; the peer reads it."""

    reason = serializers.CharField()


class ShipmentViewSet(RecordViewSet[Shipment]):
    """What goes from your cases to peers. Once a second person agrees it is sealed and sent."""

    policy = SIGNED_IN
    decides = ("approve", "recall")
    model = Shipment
    serializer_class = ShipmentSerializer
    filterset_class = ShipmentFilter
    relations = ("case",)
    inputs = {"create": ShipmentInput, "preview": ShipmentPreviewInput, "recall": RecallInput}

    @extend_schema(request=ShipmentInput, responses={201: ShipmentSerializer})
    def create(self, request: Request) -> Response:
        """Ask for it; a later shipment of the same records is an update of them there."""
        asked = self.told(request)
        case, caveats = asked.pop("case"), set(asked.pop("caveats"))
        shipment = services.ask_to_ship(case, by=person(request), caveats=caveats, **asked)
        return self.show_new(shipment)

    @extend_schema(request=ShipmentPreviewInput, responses=ShipmentPreviewSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """See what would leave, and what would be held back and why; nothing is written."""
        return self.look(request)

    @extend_schema(request=None, responses=ShipmentSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str | None = None) -> Response:
        """The second person's yes: it is sent as soon as its bundle is sealed."""
        shipment, by = self.get_object(), person(request)
        asked = get_object_or_404(Asked.objects.visible_to(by), pk=shipment.request_id)
        return self.show(services.agree_to_shipment(asked, by=by))

    @extend_schema(request=RecallInput, responses=ShipmentSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str | None = None) -> Response:
        """Take it back: the peer removes what nobody accepted there, and binds the rest."""
        shipment, said = self.get_object(), self.read_body(request)
        return self.show(services.recall_shipment(shipment, by=person(request), **said))

    def told(self, request: Request) -> dict[str, Any]:
        """What the body says, with each exhibit once."""
        asked = self.read_body(request)
        asked["items"] = list(dict.fromkeys(asked.pop("exhibits", [])))
        return asked

    def look(self, request: Request) -> Response:
        """What would leave as things are now."""
        asked = self.told(request)
        found = services.preview_shipment(asked.pop("case"), by=person(request), **asked)
        return Response(ShipmentPreviewSerializer(found).data)

    def again(self, once: Once) -> Response:
        """Of a shipment the answer of before; what would leave is looked up anew."""
        return self.look(self.request) if self.action == "preview" else super().again(once)
