"""REST: offers to companies to answer, and what came of them."""

from typing import Any

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
from evidence.filters import RightOfReplyFilter
from evidence.models import File, RightOfReply, TraceRequest
from evidence.models.trace_words import OfferState
from investigations.models import Case

OFFER_FACTS = list(services.OfferFacts.__annotations__)
ENDS = [end for end in OfferState if end != OfferState.OFFERED]


class RightOfReplySerializer(RowSerializer[RightOfReply]):
    """An offer as it is shown."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = RightOfReply
        fields = [
            *("id", "case", "version", "created_at", "handling", "offered_by", "state"),
            *OFFER_FACTS,
            *("answered_at", "answer", "answer_file"),
        ]


class RightOfReplyInput(StrictSerializer, RowSerializer[RightOfReply]):
    """What writes an offer down."""

    case = VisibleField(queryset=Case.objects.all())
    trace: Any = VisibleField(queryset=TraceRequest.objects.all(), required=False, allow_null=True)

    class Meta:
        model = RightOfReply
        fields = ["case", *OFFER_FACTS]
        validators = ()


class SettleInput(StrictSerializer):
    """What came of it."""

    state = serializers.ChoiceField(choices=[(end.value, end.label) for end in ENDS])
    answer = serializers.CharField(required=False, default="")
    answered_at = serializers.DateTimeField(required=False, allow_null=True)
    answer_file: Any = VisibleField(queryset=File.objects.all(), required=False, allow_null=True)


class RightOfReplyViewSet(RecordViewSet[RightOfReply]):
    """Offers to answer in the cases that you work on."""

    policy = SIGNED_IN
    model = RightOfReply
    serializer_class = RightOfReplySerializer
    filterset_class = RightOfReplyFilter
    relations = ("case",)
    inputs = {"create": RightOfReplyInput, "settle": SettleInput}

    @extend_schema(request=RightOfReplyInput, responses={201: RightOfReplySerializer})
    def create(self, request: Request) -> Response:
        """Write down that a company was told, and until when it may answer."""
        facts = self.read_body(request)
        offer = services.offer_reply(facts.pop("case"), by=person(request), **facts)
        return self.show_new(offer)

    @extend_schema(request=SettleInput, responses=RightOfReplySerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str | None = None) -> Response:
        """Write down what came of it."""
        offer, said = self.get_object(), self.read_body(request)
        return self.show(services.settle_offer(offer, by=person(request), **said))
