"""REST: scoring sheets: one's own, and those of others once one's own is in."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.api.matrix_figures import RatingSerializer
from attribution.filters import SheetFilter
from attribution.models import Cell, Sheet
from attribution.models.matrix_words import Rating
from core.rest import RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations.models import Case


class SheetSerializer(RowSerializer[Sheet]):
    """One revision of an analyst's sheet; without `handed_in_at` it is your own draft."""

    cells: Any = RatingSerializer(many=True, read_only=True)

    class Meta:
        model = Sheet
        fields = ["id", "case", "analyst", "number", "version", "handed_in_at", "cells"]


class CellInput(StrictSerializer):
    """One rating and why; both empty takes the cell back."""

    row = serializers.UUIDField()
    hypothesis = serializers.UUIDField()
    rating = serializers.ChoiceField(choices=Rating.choices, allow_blank=True)
    rationale = serializers.CharField(required=False, allow_blank=True, default="")


class SheetInput(StrictSerializer):
    """Ratings of your own sheet; cells that are not named stay as they are.

    `version` is that of your draft as you read it, 0 where there is none.
    """

    case = VisibleField(queryset=Case.objects.all())
    version = serializers.IntegerField(min_value=0, required=False, default=0)
    cells: Any = CellInput(many=True, required=False, default=list)


class SheetViewSet(RecordViewSet[Sheet]):
    """Your own sheets always; those that others handed in once you have handed in yours."""

    policy = SIGNED_IN
    model = Sheet
    serializer_class = SheetSerializer
    filterset_class = SheetFilter
    relations = ("case",)
    inputs = {"create": SheetInput, "hand_in": SheetInput}

    def get_queryset(self) -> QuerySet[Sheet]:
        """Each with the cells whose rows the asking person may read."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.prefetch_related(
            Prefetch("cells", Cell.objects.visible_to(person(self.request)))
        )

    @extend_schema(request=SheetInput, responses={201: SheetSerializer})
    def create(self, request: Request) -> Response:
        """Save your draft; after handing in this begins your next revision."""
        return self.show(services.save_sheet(**self.read_ratings(request)), status=201)

    @extend_schema(request=SheetInput, responses={201: SheetSerializer})
    @action(detail=False, methods=["post"], url_path="hand-in")
    def hand_in(self, request: Request) -> Response:
        """Save and hand in: from then on the sheet stands, and you see those of the others."""
        return self.show(services.hand_in_sheet(**self.read_ratings(request)), status=201)

    def read_ratings(self, request: Request) -> dict[str, Any]:
        """The body as the services take it."""
        asked = self.read_body(request)
        given = {
            (one["row"], one["hypothesis"]): (one["rating"], one["rationale"])
            for one in asked.pop("cells")
        }
        return {**asked, "by": person(request), "ratings": given}
