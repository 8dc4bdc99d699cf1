"""REST: bundles from elsewhere, and what becomes of each of their objects."""

import json

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
from exchange.models import Arrival, ArrivedObject
from investigations.models import Case


class ArrivalFilter(VisibleFilterSet):
    """?case=…&sha256=…"""

    class Meta:
        model = Arrival
        fields = ["case", "sha256"]


class ArrivalSerializer(RowSerializer[Arrival]):
    """A bundle; `sha256` is that of the file as it came.

    Of one that came in a body it is that of the bundle written without blanks.
    """

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Arrival
        fields = [
            *("id", "case", "created_at", "handling", "format", "name", "sha256", "size", "count"),
            "received_by",
        ]


class ArrivalInput(StrictSerializer):
    """Into which case, and the bundle of STIX or event of MISP itself."""

    case = VisibleField(queryset=Case.objects.all())
    name = serializers.CharField(max_length=200, required=False, default="")
    bundle = serializers.JSONField()


class ArrivalViewSet(RecordViewSet[Arrival]):
    """Bundles of STIX and events of MISP that were brought into the cases that you work on."""

    policy = SIGNED_IN
    model = Arrival
    serializer_class = ArrivalSerializer
    filterset_class = ArrivalFilter
    relations = ("case",)
    inputs = {"create": ArrivalInput}

    @extend_schema(request=ArrivalInput, responses={201: ArrivalSerializer})
    def create(self, request: Request) -> Response:
        """Bring a bundle or an event in: all of its objects, or none where one is wrong."""
        asked = self.read_body(request)
        said = json.dumps(asked["bundle"], ensure_ascii=False, separators=(",", ":"))
        data = said.encode(errors="surrogatepass")
        arrival = services.receive_bundle(
            asked["case"], by=person(request), name=asked["name"], data=data
        )
        return self.show_new(arrival)


class ArrivedFilter(VisibleFilterSet):
    """?case=…&arrival=…&kind=incident&state=waiting"""

    class Meta:
        model = ArrivedObject
        fields = ["case", "arrival", "kind", "state", "stix_id"]


class ArrivedSerializer(RowSerializer[ArrivedObject]):
    """One object; `as_read` is all of it, properties that we do not know included."""

    handling = HandlingSerializer(read_only=True)
    as_read = serializers.JSONField(read_only=True)

    class Meta:
        model = ArrivedObject
        fields = [
            *("id", "case", "handling", "arrival", "number", "stix_id", "kind", "name", "tlp"),
            *("state", "incident", "decided_by", "as_read"),
        ]


class AcceptArrivedInput(StrictSerializer):
    """The neutral title that the incident gets: what happened, not who did it."""

    title = serializers.CharField(max_length=200)


class ArrivedObjectViewSet(RecordViewSet[ArrivedObject]):
    """Objects from elsewhere, to be decided on."""

    policy = SIGNED_IN
    model = ArrivedObject
    serializer_class = ArrivedSerializer
    filterset_class = ArrivedFilter
    relations = ("case", "arrival", "incident")
    inputs = {"accept": AcceptArrivedInput}

    @extend_schema(request=AcceptArrivedInput, responses=ArrivedSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str | None = None) -> Response:
        """Enter it as an incident of the case."""
        arrived = self.get_object()
        services.accept_arrived(arrived, by=person(request), **self.read_body(request))
        return self.show(arrived)

    @extend_schema(request=None, responses=ArrivedSerializer)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, pk: str | None = None) -> Response:
        """Decide that it does not become one."""
        return self.show(services.set_aside_arrived(self.get_object(), by=person(request)))
