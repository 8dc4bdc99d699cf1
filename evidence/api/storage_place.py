"""REST: places of storage, what lies in them, and how full they are."""

from typing import Any

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
from evidence.filters import PlaceFilter
from evidence.models import StoragePlace

FACTS = list(services.PlaceFacts.__annotations__)


class PlaceSerializer(RowSerializer[StoragePlace]):
    """A place as it is shown; `path` are the names from the site down."""

    class Meta:
        model = StoragePlace
        fields = ["id", "agency", "parent", "path", "version", "created_at", "retired_at", *FACTS]


class PlaceInput(StrictSerializer, RowSerializer[StoragePlace]):
    """What enters a place: a site without a parent, all others within one."""

    parent: Any = VisibleField(
        queryset=StoragePlace.objects.in_use(), required=False, allow_null=True
    )

    class Meta:
        model = StoragePlace
        fields = ["parent", *FACTS]
        validators = ()  # the service says what is taken already


class PlaceChanges(PlaceInput):
    """What may be said otherwise of a place; where it stands changes by carrying it."""

    parent: Any = None

    class Meta(PlaceInput.Meta):
        fields = FACTS


class MovePlaceInput(StrictSerializer):
    """Into which place it is carried."""

    to: Any = VisibleField(queryset=StoragePlace.objects.in_use())


class RetirePlaceInput(StrictSerializer):
    """Why it is closed."""

    reason = serializers.CharField(max_length=200)


class PlaceViewSet(RecordViewSet[StoragePlace]):
    """The storage of your agency."""

    policy = SIGNED_IN
    model = StoragePlace
    serializer_class = PlaceSerializer
    filterset_class = PlaceFilter
    relations = ("agency", "parent__parent__parent__parent")
    inputs = {
        "create": PlaceInput,
        "partial_update": PlaceChanges,
        "move": MovePlaceInput,
        "retire": RetirePlaceInput,
    }

    @extend_schema(request=PlaceInput, responses={201: PlaceSerializer})
    def create(self, request: Request) -> Response:
        """Enter a site of your agency, or a place within one."""
        facts, by = self.read_body(request), person(request)
        return self.show_new(services.open_place(by.agency, by=by, **facts))

    @extend_schema(request=PlaceChanges, responses=PlaceSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the place as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_place)

    @extend_schema(request=MovePlaceInput, responses=PlaceSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str | None = None) -> Response:
        """Carry the place elsewhere with all that is in it: each exhibit gets its line."""
        place, asked = self.get_object(), self.read_body(request)
        return self.show(services.move_place(place, by=person(request), **asked))

    @extend_schema(request=RetirePlaceInput, responses=PlaceSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str | None = None) -> Response:
        """Close the place, once nothing is in it."""
        place, asked = self.get_object(), self.read_body(request)
        return self.show(services.retire_place(place, by=person(request), **asked))

    @extend_schema(request=None, responses=PlaceSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        """Use a closed place again."""
        return self.show(services.reopen_place(self.get_object(), by=person(request)))
