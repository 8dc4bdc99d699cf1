"""REST: deeds on the description of an exhibit: splitting, joining, safety, completeness."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.rest import StrictSerializer, VisibleField
from evidence import services
from evidence.models import Item
from evidence.models.safety import RenderSafe


class PartInput(StrictSerializer):
    """One part to be taken off, and how much of the quantity it takes."""

    description = serializers.CharField(max_length=300)
    quantity = serializers.IntegerField(min_value=0, required=False, default=0)
    mass_g = serializers.DecimalField(
        max_digits=12, decimal_places=3, required=False, allow_null=True, default=None
    )


class SplitInput(StrictSerializer):
    """The parts, the version that was read, and why."""

    version = serializers.IntegerField()
    reason = serializers.CharField(max_length=500)
    parts = PartInput(many=True)


class JoinInput(StrictSerializer):
    """The exhibits that belong to this one, and why that is thought."""

    parts: Any = VisibleField(queryset=Item.objects.all(), many=True)
    reason = serializers.CharField(max_length=500)


class SafetyInput(StrictSerializer):
    """What the ordnance specialist found, who that was, and when."""

    render_safe = serializers.ChoiceField(choices=RenderSafe.choices)
    cleared_by = serializers.CharField(max_length=120, required=False, default="")
    cleared_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "split": SplitInput,
    "join": JoinInput,
    "assess": SafetyInput,
}


class DescriptionDeeds:
    """What may be done to an exhibit beside amending and custody."""

    @extend_schema(request=SplitInput)
    @action(detail=True, methods=["post"])
    def split(self: Any, request: Request, pk: str | None = None) -> Response:
        """Take parts off; each becomes an exhibit, and the rest stays what it was."""
        item, asked = self.get_object(), self.read_body(request)
        parts = [services.Part(**part) for part in asked.pop("parts")]
        services.split_item(item, parts, by=person(request), **asked)
        return self.show(item)  # type: ignore[no-any-return]

    @extend_schema(request=JoinInput)
    @action(detail=True, methods=["post"])
    def join(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say that exhibits belong to this one; they keep their numbers."""
        item, asked = self.get_object(), self.read_body(request)
        services.join_items(item, asked["parts"], by=person(request), reason=asked["reason"])
        return self.show(item)  # type: ignore[no-any-return]

    @extend_schema(request=SafetyInput)
    @action(detail=True, methods=["post"])
    def assess(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say how far its explosive hazard was dealt with, and by whom."""
        item, asked = self.get_object(), self.read_body(request)
        return self.show(  # type: ignore[no-any-return]
            services.assess_safety(item, by=person(request), **asked)
        )

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def complete(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say that it is described in full; what is lacking is told by 422."""
        item = self.get_object()
        return self.show(  # type: ignore[no-any-return]
            services.complete_description(item, by=person(request))
        )
