"""REST: which component models occur in which incidents."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison.forms import CommonalityFilterForm
from comparison.services.commonality import commonality_of, components_seen
from core.asked import require_sound
from core.rest import HandlingSerializer
from evidence.models import Component

ASKED = [OpenApiParameter(name, str) for name in ("category", "theatre", "case")]


class ModelRowSerializer(serializers.Serializer[Any]):
    """One component model; `counts` follow the order of the incidents."""

    category = serializers.CharField(source="category.code")
    maker = serializers.CharField()
    name = serializers.CharField()
    incidents = serializers.IntegerField(source="spread")
    theatres = serializers.IntegerField()
    counts = serializers.ListField(child=serializers.IntegerField(), source="cells")


@extend_schema_serializer(many=False)
class MatrixSerializer(serializers.Serializer[Any]):
    """Component models by incidents; the models found in most incidents come first."""

    incidents = serializers.SerializerMethodField()
    models: Any = ModelRowSerializer(many=True, source="rows")
    unnamed = serializers.IntegerField()
    more_incidents = serializers.BooleanField()
    more_models = serializers.BooleanField()
    handling: Any = HandlingSerializer(allow_null=True)

    def get_incidents(self, matrix: Any) -> list[UUID]:
        return [incident.pk for incident in matrix.incidents]


class CommonalityViewSet(GenericViewSet[Component]):
    """?category=…&theatre=…&case=…: the latest incidents, the models of most of them first."""

    policy = SIGNED_IN
    serializer_class = MatrixSerializer
    pagination_class = None
    queryset = Component.objects.none()

    @extend_schema(parameters=ASKED, responses=MatrixSerializer)
    def list(self, request: Request) -> Response:
        """The matrix of the components that you may see."""
        form = CommonalityFilterForm(request.query_params, user=person(request))
        require_sound(form)
        rows = form.narrow(components_seen(person(request)))
        return Response(MatrixSerializer(commonality_of(rows, person(request))).data)
