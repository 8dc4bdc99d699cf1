"""REST: components and their markings."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue.models import ComponentCategory, Country, Maker
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.api.marking import MarkingInput, MarkingSerializer
from evidence.filters import ComponentFilter
from evidence.models import Component, Item, Marking

COMPONENT_FACTS = list(services.ComponentFacts.__annotations__)


class ComponentSerializer(RowSerializer[Component]):
    """A part as it is shown, with its markings."""

    handling = HandlingSerializer(read_only=True)
    markings: Any = MarkingSerializer(many=True, read_only=True)

    class Meta:
        model = Component
        fields = [
            *("id", "case", "item", "version", "created_at", "handling"),
            *(*COMPONENT_FACTS, "markings"),
        ]


class ComponentInput(StrictSerializer, RowSerializer[Component]):
    """What describes a part."""

    item = VisibleField(queryset=Item.objects.all())
    category = serializers.SlugRelatedField(
        slug_field="code", queryset=ComponentCategory.objects.all()
    )
    maker = serializers.PrimaryKeyRelatedField(
        queryset=Maker.objects.all(), required=False, allow_null=True
    )
    country_of_manufacture = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), required=False, allow_null=True
    )
    country_of_design = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Component
        fields = ["item", *COMPONENT_FACTS]


class ComponentChanges(ComponentInput):
    """What may be said otherwise of a part; it stays with its exhibit."""

    item: Any = None

    class Meta(ComponentInput.Meta):
        fields = COMPONENT_FACTS


class ComponentViewSet(BulkDoor[Component]):
    """Parts of exhibits of the cases that you work on."""

    policy = SIGNED_IN
    model = Component
    serializer_class = ComponentSerializer
    filterset_class = ComponentFilter
    relations = ("case",)
    inputs = {
        "create": ComponentInput,
        "partial_update": ComponentChanges,
        "markings": MarkingInput,
    }

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        seen = Marking.objects.visible_to(person(self.request)).select_related("case")
        return rows.prefetch_related(Prefetch("markings", seen))

    @extend_schema(request=ComponentInput, responses={201: ComponentSerializer})
    def create(self, request: Request) -> Response:
        """Describe a part; its comparisons are proposed in the background."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> Component:
        return services.describe_component(facts.pop("item"), by=person(self.request), **facts)

    @extend_schema(request=ComponentChanges, responses=ComponentSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the part as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_component)

    @extend_schema(request=MarkingInput, responses={201: ComponentSerializer})
    @action(detail=True, methods=["post"])
    def markings(self, request: Request, pk: str | None = None) -> Response:
        """Record one marking of the part."""
        component, facts = self.get_object(), self.read_body(request)
        services.record_marking(component, by=person(request), **facts)
        return self.show(component, status=201)
