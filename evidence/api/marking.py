"""REST: markings: read again, and confirmed by a second reader."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import MarkingFilter
from evidence.models import File, Marking

MARKING_FACTS = list(services.MarkingFacts.__annotations__)


class MarkingSerializer(RowSerializer[Marking]):
    """A marking as it was read."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Marking
        fields = [
            *(
                "id",
                "case",
                "component",
                "version",
                "created_at",
                "transcription",
                "transcribed_by",
            ),
            *("confirmed_by", "confirmed_at", "proposal", "handling", *MARKING_FACTS),
        ]


class MarkingInput(StrictSerializer, RowSerializer[Marking]):
    """What records a marking."""

    photo = VisibleField(queryset=File.objects.all(), required=False, allow_null=True)

    class Meta:
        model = Marking
        fields = MARKING_FACTS


class SecondReadingInput(StrictSerializer):
    """What the second reader sees, letter by letter, and the version of the marking they read."""

    version = serializers.IntegerField(min_value=1)
    as_seen = serializers.CharField(max_length=300)


class MarkingViewSet(RecordViewSet[Marking]):
    """Markings on components of the cases that you work on; they are entered on a component."""

    policy = SIGNED_IN
    model = Marking
    serializer_class = MarkingSerializer
    filterset_class = MarkingFilter
    relations = ("case",)
    inputs = {"partial_update": MarkingInput, "confirm": SecondReadingInput}

    @extend_schema(request=MarkingInput, responses=MarkingSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Read it again: send its ETag as `If-Match`. Other letters are a first reading."""
        return self.amend(request, services.amend_marking)

    @extend_schema(request=SecondReadingInput, responses=MarkingSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str | None = None) -> Response:
        """Read a second time what another person read first, letter by letter the same."""
        marking, said = self.get_object(), self.read_body(request)
        return self.show(services.confirm_marking(marking, by=person(request), **said))
