"""REST: when and where files were made, as one person established and another reviewed."""

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
from evidence.filters import EstablishmentFilter
from evidence.models import Establishment, File
from evidence.models.digital_words import EstablishingState

FINDING = list(services.Finding.__annotations__)
AGREE_OR_DISPUTE = (EstablishingState.REVIEWED, EstablishingState.DISPUTED)


class EstablishmentSerializer(RowSerializer[Establishment]):
    """A finding beside what the file claims, and another person's word on it."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Establishment
        fields = [
            *("id", "case", "file", "created_at", "handling", "made_by", *FINDING),
            *("state", "reviewed_by", "reviewed_at", "review_note"),
        ]


class EstablishmentInput(StrictSerializer, RowSerializer[Establishment]):
    """When or where the file was made, by which method, and on what that rests."""

    file = VisibleField(queryset=File.objects.all())

    class Meta:
        model = Establishment
        fields = ["file", *FINDING]


class EstablishmentReviewInput(StrictSerializer):
    """Whether you agree; a dispute says why."""

    state = serializers.ChoiceField(choices=[(each.value, each.label) for each in AGREE_OR_DISPUTE])
    review_note = serializers.CharField(max_length=500, required=False, default="")


class EstablishmentViewSet(RecordViewSet[Establishment]):
    """Times and places as established in the cases that you work on."""

    policy = SIGNED_IN
    model = Establishment
    serializer_class = EstablishmentSerializer
    filterset_class = EstablishmentFilter
    relations = ("case",)
    inputs = {"create": EstablishmentInput, "review": EstablishmentReviewInput}

    @extend_schema(request=EstablishmentInput, responses={201: EstablishmentSerializer})
    def create(self, request: Request) -> Response:
        """Enter when or where a file was made; what the file claims stays beside it."""
        finding = self.read_body(request)
        file = finding.pop("file")
        return self.show_new(services.establish(file, by=person(request), **finding))

    @extend_schema(request=EstablishmentReviewInput, responses=EstablishmentSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str | None = None) -> Response:
        """Agree with what another person established, or dispute it; once."""
        row, said = self.get_object(), self.read_body(request)
        return self.show(services.review_establishment(row, by=person(request), **said))
