"""REST: maps of columns, kept for the next table like it; they belong to no case."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.filters import VisibleFilterSet
from core.models import Once
from core.parsing import StrictJSONParser
from core.rest import RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer
from exchange import services
from exchange.api.plan import PlanInput, plan_of
from exchange.models import ColumnMap, RecordKind


class ColumnMapFilter(VisibleFilterSet):
    """?kind=incident&name=…&owner=…"""

    class Meta:
        model = ColumnMap
        fields = ["kind", "name", "owner"]


class ColumnMapSerializer(RowSerializer[ColumnMap]):
    """A map with a name; with an `agency` all of its people may use it, else only its owner."""

    class Meta:
        model = ColumnMap
        fields = ["id", "name", "kind", "plan", "owner", "agency", "created_at"]


class ColumnMapInput(StrictSerializer):
    """The map, the name it is kept under, and whether for all of your agency."""

    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=RecordKind.choices)
    plan = PlanInput()
    for_agency = serializers.BooleanField(required=False, default=False)


class ForgottenSerializer(serializers.Serializer[Any]):
    """That the map is no more."""

    forgotten = serializers.BooleanField()


class ColumnMapViewSet(RecordViewSet[ColumnMap]):
    """Your own maps of columns, and those kept for everybody of your agency."""

    policy = SIGNED_IN
    model = ColumnMap
    serializer_class = ColumnMapSerializer
    filterset_class = ColumnMapFilter
    parser_classes = [StrictJSONParser]
    inputs = {"create": ColumnMapInput}

    @extend_schema(request=ColumnMapInput, responses={201: ColumnMapSerializer})
    def create(self, request: Request) -> Response:
        """Keep a map; one of yours that bears the same name becomes this one."""
        asked = self.read_body(request)
        plan = plan_of(asked.pop("plan"), asked["kind"])
        return self.show_new(services.keep_map(by=person(request), plan=plan, **asked))

    @extend_schema(request=None, responses=ForgottenSerializer)
    @action(detail=True, methods=["post"])
    def forget(self, request: Request, pk: str | None = None) -> Response:
        """Give a map of yours up; what was imported by it stays."""
        services.forget_map(self.get_object(), by=person(request))
        return Response({"forgotten": True})

    def again(self, once: Once) -> Response:
        """A map that was given up is gone; any other is shown as it is now."""
        if self.action == "forget":
            return Response(once.plain, status=once.status)
        return super().again(once)
