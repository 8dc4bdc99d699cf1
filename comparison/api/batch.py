"""REST: production batches among the components that the asking person may see."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison.forms import BatchFilterForm
from comparison.services import batch as batches
from core.asked import require_sound
from evidence.models import Component

ASKED = [OpenApiParameter(name, str) for name in ("kind", "part", "category", "theatre", "begin")]


class SpanSerializer(serializers.Serializer[Any]):
    """The days in which a batch was made, as one way of reading its date codes says."""

    start = serializers.DateField()
    end = serializers.DateField()


class BatchPlaceSerializer(serializers.Serializer[Any]):
    """One component of a batch; `gap` is how far its serial lies from the one before."""

    component = serializers.UUIDField(source="component.pk")
    item = serializers.UUIDField(source="component.item_id")
    exhibit_no = serializers.CharField(source="component.item.exhibit_no")
    serial_number = serializers.CharField(source="component.serial_number")
    lot_code = serializers.CharField(source="component.lot_code")
    date_code = serializers.CharField(source="component.date_code")
    incident = serializers.UUIDField(source="incident.pk")
    theatre = serializers.CharField(source="incident.theatre.name", default="")
    gap = serializers.IntegerField(allow_null=True)


class BatchSerializer(serializers.Serializer[Any]):
    """A run of serials or a lot; it says when parts were made, never who used them."""

    kind = serializers.CharField()
    part = serializers.CharField(source="first.part_number")
    category = serializers.CharField(source="first.category_id")
    spans: Any = SpanSerializer(many=True)
    components: Any = BatchPlaceSerializer(many=True, source="places")
    is_cut = serializers.BooleanField()


@extend_schema_serializer(many=False)
class BatchPage(serializers.Serializer[Any]):
    """One page of batches; `begin` is what to ask for to go on, empty at the end."""

    results: Any = BatchSerializer(many=True)
    begin = serializers.CharField()


class BatchViewSet(GenericViewSet[Component]):
    """Batches: ?kind=run|lot&part=…&category=…&theatre=…&begin=…"""

    policy = SIGNED_IN
    serializer_class = BatchSerializer
    pagination_class = None
    queryset = Component.objects.none()

    @extend_schema(parameters=ASKED, responses=BatchPage)
    def list(self, request: Request) -> Response:
        """A page of batches in the order of their numberings."""
        form, rows = BatchFilterForm(request.query_params), batches.seen_by(person(request))
        require_sound(form, "kind", "begin")
        kind = request.query_params.get("kind", batches.RUN)
        if kind not in batches.COLUMNS:
            raise serializers.ValidationError({"kind": [f"{batches.RUN} | {batches.LOT}"]})
        found = batches.batches_among(
            rows,
            kind,
            narrowed=form.narrow(rows, batches.COLUMNS[kind]),
            wanted=form.wanted(),
            after=request.query_params.get("begin", "").replace("\0", ""),
        )
        return Response(
            {"results": BatchSerializer(found.rows, many=True).data, "begin": found.after}
        )

    @extend_schema(operation_id="batches_of_component", responses=BatchSerializer(many=True))
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """The run and the lot of one component."""
        seen = Component.objects.visible_to(person(request)).with_lists()
        component = get_object_or_404(seen, pk=pk)
        found = batches.batches_with(component, batches.seen_by(person(request)))
        return Response(BatchSerializer(found, many=True).data)
