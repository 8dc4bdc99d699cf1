"""REST: deeds on the description of an exhibit: its parts, its safety, its completeness."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.rest import StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.api.custody import of_this
from evidence.models import Item, Regrouping
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


class CorrectJoinInput(StrictSerializer):
    """Which joining is taken back, by its id, and why the exhibits do not belong together."""

    join: Any = VisibleField(queryset=Regrouping.objects.all())
    reason = serializers.CharField(max_length=500)


class RegroupingSerializer(RowSerializer[Regrouping]):
    """Parts taken off an exhibit, or found to belong to it.

    `item` is the whole, `parts` those of its parts that you may see. What was wrongly found to
    belong together stays, and another names it in `corrects`.
    """

    parts = serializers.SerializerMethodField()

    class Meta:
        model = Regrouping
        fields = [
            *("id", "kind", "item", "parts", "quantity_before", "quantity_after", "reason"),
            *("made_by", "created_at", "corrects"),
        ]

    def get_parts(self, deed: Regrouping) -> list[UUID]:
        return [key for key in deed.parts if key in self.context["seen"]]


class SafetyInput(StrictSerializer):
    """What the ordnance specialist found, who that was, and when."""

    render_safe = serializers.ChoiceField(choices=RenderSafe.choices)
    cleared_by = serializers.CharField(max_length=120, required=False, default="")
    cleared_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "split": SplitInput,
    "join": JoinInput,
    "correct_join": CorrectJoinInput,
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

    @extend_schema(request=CorrectJoinInput)
    @action(detail=True, methods=["post"], url_path="correct-join")
    def correct_join(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say that exhibits do not belong together after all; each is again what it was."""
        item, asked = self.get_object(), self.read_body(request)
        join = of_this(item, "join", asked["join"])
        services.correct_join(join, by=person(request), reason=asked["reason"])
        return self.show(item)  # type: ignore[no-any-return]

    @extend_schema(responses=RegroupingSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def regroupings(self: Any, request: Request, pk: str | None = None) -> Response:
        """Every deed of which the exhibit was the whole or a part, the newest first."""
        item, reader = self.get_object(), person(request)
        deeds = list(Regrouping.objects.visible_to(reader).touching(item))
        parts = {key for deed in deeds for key in deed.parts}
        seen = set(
            Item.objects.visible_to(reader).filter(pk__in=parts).values_list("pk", flat=True)
        )
        return Response(RegroupingSerializer(deeds, many=True, context={"seen": seen}).data)

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
