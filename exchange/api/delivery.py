"""REST: what came from peers, what its proofs are worth, and into which case it is taken."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.filters import VisibleFilterSet
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from exchange import services
from exchange.models import Delivery
from investigations.models import Case


class DeliveryFilter(VisibleFilterSet):
    """?peer=…&state=verified&shipment=…&origin_case=…&sha256=…"""

    peer = filters.UUIDFilter()

    class Meta:
        model = Delivery
        fields = ["state", "shipment", "origin_case", "origin_ref", "sha256"]


class DeliverySerializer(RowSerializer[Delivery]):
    """A bundle from a peer, as its envelope announced it; its records are told once it is taken.

    `exit_code` and `report` are those of the verifier, and `is_intact` is true where it proved all
    of it, held against `checkpoint`. `is_gone`: its originator took it back before anything of it
    was accepted.
    """

    handling = HandlingSerializer(read_only=True)
    is_intact = serializers.BooleanField(read_only=True)

    class Meta:
        model = Delivery
        fields = [
            *("id", "created_at", "handling", "peer", "sequence", "shipment", "origin_case"),
            *("origin_ref", "envelope", "sha256", "size", "caveats", "state", "exit_code"),
            *("is_intact", "report", "checkpoint", "verified_at", "taken_at", "taken_by"),
            *("recalled_at", "recall_reason", "is_gone"),
        ]


class TakeDeliveryInput(StrictSerializer):
    """Into which case it is laid out; nothing becomes part of the case by that."""

    case = VisibleField(queryset=Case.objects.all())


class OpenForDeliveryInput(StrictSerializer):
    """What a case is opened with for it; whoever takes it in leads it."""

    title = serializers.CharField(max_length=200)
    public_title = serializers.CharField(max_length=200)
    mandate = serializers.CharField()


class DeliveryViewSet(RecordViewSet[Delivery]):
    """What your cases took in; before that, for those of its agency who may open cases."""

    policy = SIGNED_IN
    model = Delivery
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    relations = ("peer",)
    inputs = {"take": TakeDeliveryInput, "take_into_new_case": OpenForDeliveryInput}

    @extend_schema(request=None, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str | None = None) -> Response:
        """Have it held once more against the keys of its peer's ledger, in the background."""
        return self.show(services.verify_again(self.get_object(), by=person(request)))

    @extend_schema(request=TakeDeliveryInput, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str | None = None) -> Response:
        """Lay it out in a case, record by record, for people to decide on."""
        delivery, said = self.get_object(), self.read_body(request)
        return self.show(services.take_delivery(delivery, said["case"], by=person(request)))

    @extend_schema(request=OpenForDeliveryInput, responses=DeliverySerializer)
    @action(detail=True, methods=["post"], url_path="take-into-new-case")
    def take_into_new_case(self, request: Request, pk: str | None = None) -> Response:
        """The same in a case that is opened for it."""
        delivery, said = self.get_object(), self.read_body(request)
        return self.show(services.take_into_new_case(delivery, by=person(request), **said))
