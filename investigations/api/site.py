"""REST: the sites of attacks, with the area that was searched as GeoJSON."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue.models import Country
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import SiteFilter
from investigations.models import Incident, Site
from investigations.models.area import area_of

SITE_FACTS = [name for name in services.SiteFacts.__annotations__ if name != "searched_area"]
POLYGON = {
    "type": "object",
    "nullable": True,
    "description": "A GeoJSON Polygon (RFC 7946) with one simple ring, WGS 84, longitude first.",
    "properties": {
        "type": {"type": "string", "enum": ["Polygon"]},
        "coordinates": {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "array", "items": {"type": "number"}},
            },
        },
    },
}


@extend_schema_field(POLYGON)
class AreaField(serializers.Field[Any, Any, Any, Any]):
    """An area as a GeoJSON Polygon; what is wrong with its outline is told in words."""

    def to_representation(self, value: Any) -> Any:
        return {"type": "Polygon", "coordinates": [value]}

    def to_internal_value(self, data: Any) -> Any:
        return area_of(data)


class SiteSerializer(RowSerializer[Site]):
    """A place of an attack; a sensitive one exactly only to those who enter evidence."""

    country: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    searched_area: Any = AreaField(read_only=True, allow_null=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Site
        fields = [
            *("id", "case", "incident", "version", "created_at", "updated_at", "handling"),
            *(*SITE_FACTS, "searched_area"),
        ]

    def to_representation(self, instance: Site) -> Any:
        return super().to_representation(instance.shown_to(self.context["request"].user))


class SiteInput(StrictSerializer, RowSerializer[Site]):
    """What enters a place of an attack."""

    incident = VisibleField(queryset=Incident.objects.all())
    country = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), required=False, allow_null=True
    )
    searched_area: Any = AreaField(required=False, allow_null=True)

    class Meta:
        model = Site
        fields = ["incident", *SITE_FACTS, "searched_area"]


class SiteChanges(SiteInput):
    """What may be said otherwise of a place; it stays with its attack."""

    incident: Any = None

    class Meta(SiteInput.Meta):
        fields = [*SITE_FACTS, "searched_area"]


class SiteViewSet(BulkDoor[Site]):
    """Places of attacks in the cases that you work on."""

    policy = SIGNED_IN
    model = Site
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    relations = ("case", "country")
    inputs = {"create": SiteInput, "partial_update": SiteChanges}

    @extend_schema(request=SiteInput, responses={201: SiteSerializer})
    def create(self, request: Request) -> Response:
        """Enter a place of an attack."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> Site:
        return services.enter_site(facts.pop("incident"), by=person(self.request), **facts)

    @extend_schema(request=SiteChanges, responses=SiteSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the place as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_site)
