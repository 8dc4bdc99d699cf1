"""REST: what is learnt from a concluded case."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import PostMortemFilter
from attribution.models import Hypothesis, MatrixRow, PostMortem
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations.models import Case

FACTS = list(services.PostMortemFacts.__annotations__)


class PostMortemSerializer(RowSerializer[PostMortem]):
    """What decided a case, what was wrong and what is learnt."""

    decisive: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = PostMortem
        fields = [
            *("id", "case", "version", "created_at", "updated_at", "handling", "written_by"),
            *("decisive", *FACTS),
        ]


class PostMortemInput(StrictSerializer, RowSerializer[PostMortem]):
    """What the lead of a concluded case writes."""

    case = VisibleField(queryset=Case.objects.all())
    held = VisibleField(queryset=Hypothesis.objects.all(), required=False, allow_null=True)
    decisive = VisibleField(queryset=MatrixRow.objects.all(), required=False, many=True)

    class Meta:
        model = PostMortem
        fields = ["case", "decisive", *FACTS]


class PostMortemChanges(PostMortemInput):
    """What may be said otherwise; it stays of its case."""

    case: Any = None

    class Meta(PostMortemInput.Meta):
        fields = ["decisive", *FACTS]


class PostMortemViewSet(RecordViewSet[PostMortem]):
    """Post-mortems of the cases that you read as a whole."""

    policy = SIGNED_IN
    model = PostMortem
    serializer_class = PostMortemSerializer
    filterset_class = PostMortemFilter
    relations = ("case",)
    inputs = {"create": PostMortemInput, "partial_update": PostMortemChanges}

    def get_queryset(self) -> QuerySet[PostMortem]:
        """Each with the rows that the asking person may read."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        named = MatrixRow.objects.visible_to(person(self.request)).only("pk")
        return rows.prefetch_related(Prefetch("decisive", named))

    @extend_schema(request=PostMortemInput, responses={201: PostMortemSerializer})
    def create(self, request: Request) -> Response:
        """Look back on a concluded case."""
        facts = self.read_body(request)
        written = services.write_post_mortem(facts.pop("case"), by=person(request), **facts)
        return self.show(written, status=201)

    @extend_schema(request=PostMortemChanges, responses=PostMortemSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend it as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_post_mortem)
