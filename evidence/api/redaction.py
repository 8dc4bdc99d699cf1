"""REST: redacted copies: what is to be taken out, and another person's look at the copy."""

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
from evidence.filters import RedactionFilter
from evidence.models import File, Redaction
from evidence.models.digital_words import RedactionReason, RedactionState

ACCEPT_OR_RETURN = (RedactionState.ACCEPTED, RedactionState.RETURNED)


class RegionSerializer(StrictSerializer):
    """A box in per mille of the picture, and why it goes."""

    left = serializers.IntegerField(min_value=0, max_value=1000)
    top = serializers.IntegerField(min_value=0, max_value=1000)
    width = serializers.IntegerField(min_value=1, max_value=1000)
    height = serializers.IntegerField(min_value=1, max_value=1000)
    reason = serializers.ChoiceField(choices=RedactionReason.choices)


class RedactionSerializer(RowSerializer[Redaction]):
    """What is taken out of `file`; `copy` is the file without it, once it is drawn."""

    handling = HandlingSerializer(read_only=True)
    regions = RegionSerializer(many=True, read_only=True)

    class Meta:
        model = Redaction
        fields = [
            *("id", "case", "file", "created_at", "handling", "made_by", "regions", "copy"),
            *("state", "reviewed_by", "reviewed_at", "review_note"),
        ]


class RedactionInput(StrictSerializer):
    """What is to be taken out of a copy of the picture."""

    file = VisibleField(queryset=File.objects.all())
    regions = RegionSerializer(many=True)


class RedactionReviewInput(StrictSerializer):
    """Whether the copy may go out; one that goes back says what is still to be seen."""

    state = serializers.ChoiceField(choices=[(each.value, each.label) for each in ACCEPT_OR_RETURN])
    review_note = serializers.CharField(max_length=500, required=False, default="")


class RedactionViewSet(RecordViewSet[Redaction]):
    """Redacted copies in the cases that you work on."""

    policy = SIGNED_IN
    model = Redaction
    serializer_class = RedactionSerializer
    filterset_class = RedactionFilter
    relations = ("case",)
    inputs = {"create": RedactionInput, "review": RedactionReviewInput}

    @extend_schema(request=RedactionInput, responses={201: RedactionSerializer})
    def create(self, request: Request) -> Response:
        """Have a copy drawn without these regions; the picture itself is never touched."""
        asked = self.read_body(request)
        regions = [dict(region) for region in asked["regions"]]
        made = services.ask_redaction(asked["file"], by=person(request), regions=regions)
        return self.show_new(made)

    @extend_schema(request=RedactionReviewInput, responses=RedactionSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str | None = None) -> Response:
        """Look at a copy that another person had drawn: it may go out, or it goes back; once."""
        redaction, said = self.get_object(), self.read_body(request)
        return self.show(services.review_redaction(redaction, by=person(request), **said))
