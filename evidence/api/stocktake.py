"""REST: inventory checks, for terminals that scan."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import StocktakeFilter
from evidence.models import Sighting, Stocktake, StoragePlace


class StocktakeSerializer(RowSerializer[Stocktake]):
    """A check as it is shown: its counts, written when it is finished."""

    class Meta:
        model = Stocktake
        fields = [
            *("id", "place", "version", "created_at", "started_by", "finished_at"),
            *("present", "missing", "unexpected"),
        ]


class SightingSerializer(RowSerializer[Sighting]):
    """One exhibit of a check: `seen` until it is finished, then what became of it."""

    class Meta:
        model = Sighting
        fields = ["id", "item", "case", "verdict", "seen_by", "created_at"]


class StocktakeInput(StrictSerializer):
    """Which place is gone through."""

    place = VisibleField(queryset=StoragePlace.objects.in_use())


class ScanInput(StrictSerializer):
    """What the scanner read: the address of a label, or `CASE/EV-0001`."""

    scanned = serializers.CharField(max_length=300)


class StocktakeViewSet(RecordViewSet[Stocktake]):
    """Inventory checks of the places that you keep."""

    policy = SIGNED_IN
    model = Stocktake
    serializer_class = StocktakeSerializer
    filterset_class = StocktakeFilter
    relations = ("place", "started_by")
    inputs = {"create": StocktakeInput, "scan": ScanInput}

    @extend_schema(request=StocktakeInput, responses={201: StocktakeSerializer})
    def create(self, request: Request) -> Response:
        """Begin to go through a place."""
        place = self.read_body(request)["place"]
        return self.show_new(services.begin_stocktake(place, by=person(request)))

    @extend_schema(request=ScanInput, responses=StocktakeSerializer)
    @action(detail=True, methods=["post"])
    def scan(self, request: Request, pk: str | None = None) -> Response:
        """One label was seen there; nothing is said of what you may not see."""
        stocktake, said = self.get_object(), self.read_body(request)
        services.note_seen(stocktake, by=person(request), **said)
        return self.show(stocktake)

    @extend_schema(responses=SightingSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def sightings(self, request: Request, pk: str | None = None) -> Response:
        """Which exhibits were seen, missing or not expected there, as far as you see them."""
        seen = Sighting.objects.visible_to(person(request)).filter(stocktake=self.get_object())
        rows = seen.select_related("case").order_by("id")
        return Response(SightingSerializer(rows, many=True).data)

    @extend_schema(request=None, responses=StocktakeSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str | None = None) -> Response:
        """Compare what was seen with the record, and write it into custody."""
        return self.show(services.finish_stocktake(self.get_object(), by=person(request)))
