"""REST: trace requests, their steps and replies. The program sends no letter."""

from typing import Any

from django.db.models import Prefetch
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
from evidence.api.lab_exam import MomentInput
from evidence.filters import TraceRequestFilter
from evidence.models import Component, File, TraceHop, TraceReply, TraceRequest
from evidence.models.trace_words import TraceState
from investigations.models import Case

TRACE_FACTS = list(services.TraceFacts.__annotations__)
REPLY_FACTS = list(services.ReplyFacts.__annotations__)
HOP_FACTS = list(services.HopFacts.__annotations__)
ENDS = [TraceState.NO_REPLY, TraceState.NOT_TRACEABLE]


class TraceHopSerializer(RowSerializer[TraceHop]):
    """One step of the way: who passed it on to whom; never who used it."""

    class Meta:
        model = TraceHop
        fields = HOP_FACTS


class TraceReplySerializer(RowSerializer[TraceReply]):
    """A reply with the steps it tells of."""

    hops: Any = TraceHopSerializer(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = TraceReply
        fields = ["id", "created_at", "entered_by", "handling", *REPLY_FACTS, "hops"]


class TraceRequestSerializer(RowSerializer[TraceRequest]):
    """A trace request as it is shown, with its replies."""

    handling = HandlingSerializer(read_only=True)
    replies: Any = TraceReplySerializer(many=True, read_only=True)

    class Meta:
        model = TraceRequest
        fields = [
            *("id", "case", "ref", "version", "created_at", "handling", "components", "photos"),
            *TRACE_FACTS,
            *("owner", "state", "state_reason", "sent_at", "due", "acknowledged_at"),
            *("their_reference", "reminders_due", "reminders_sent", "last_reminded_at"),
            *("closed_at", "replies"),
        ]


class TraceRequestInput(StrictSerializer, RowSerializer[TraceRequest]):
    """What drafts a request."""

    case = VisibleField(queryset=Case.objects.all())
    components: Any = VisibleField(queryset=Component.objects.all(), many=True)
    photos: Any = VisibleField(queryset=File.objects.all(), many=True, required=False)

    class Meta:
        model = TraceRequest
        fields = ["case", "components", "photos", *TRACE_FACTS]


class TraceRequestChanges(TraceRequestInput):
    """What may be said otherwise until it is sent."""

    case: Any = None

    class Meta(TraceRequestInput.Meta):
        fields = ["components", "photos", *TRACE_FACTS]


class SendInput(StrictSerializer):
    """When it went out, and until when an answer is due: in 30 days, if nothing is said."""

    sent_at = serializers.DateTimeField(required=False, allow_null=True)
    due = serializers.DateField(required=False, allow_null=True)


class AcknowledgeInput(MomentInput):
    """When it was acknowledged, and under which number."""

    their_reference = serializers.CharField(max_length=80, required=False, default="")


class TraceReplyInput(StrictSerializer, RowSerializer[TraceReply]):
    """What enters a reply, with the steps of the way in order."""

    letter: Any = VisibleField(queryset=File.objects.all(), required=False, allow_null=True)
    hops: Any = TraceHopSerializer(many=True, required=False)

    class Meta:
        model = TraceReply
        fields = [*REPLY_FACTS, "hops"]
        validators = ()


class TraceEndInput(StrictSerializer):
    """What it came to, and why nothing more is waited for."""

    outcome = serializers.ChoiceField(choices=[(end.value, end.label) for end in ENDS])
    reason = serializers.CharField(max_length=1000)


class TraceRequestViewSet(RecordViewSet[TraceRequest]):
    """Trace requests in the cases that you work on."""

    policy = SIGNED_IN
    model = TraceRequest
    serializer_class = TraceRequestSerializer
    filterset_class = TraceRequestFilter
    relations = ("case",)
    inputs = {
        "create": TraceRequestInput,
        "partial_update": TraceRequestChanges,
        "send": SendInput,
        "acknowledge": AcknowledgeInput,
        "remind": MomentInput,
        "replies": TraceReplyInput,
        "close": TraceEndInput,
    }

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        user = person(self.request)
        hops = TraceHop.objects.visible_to(user).order_by("position")
        replies = TraceReply.objects.visible_to(user).select_related("case")
        return rows.prefetch_related(
            Prefetch("components", Component.objects.visible_to(user)),
            Prefetch("photos", File.objects.visible_to(user)),
            Prefetch("replies", replies.prefetch_related(Prefetch("hops", hops))),
        )

    @extend_schema(request=TraceRequestInput, responses={201: TraceRequestSerializer})
    def create(self, request: Request) -> Response:
        """Draft a question about components."""
        facts = self.read_body(request)
        trace = services.draft_trace(facts.pop("case"), by=person(request), **facts)
        return self.show(trace, status=201)

    @extend_schema(request=TraceRequestChanges, responses=TraceRequestSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change a draft: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_trace)

    @extend_schema(request=SendInput, responses=TraceRequestSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str | None = None) -> Response:
        """Write down that the letter went out; the program itself sends nothing."""
        return self.step(request, services.send_trace)

    @extend_schema(request=AcknowledgeInput, responses=TraceRequestSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str | None = None) -> Response:
        """The recipient says that it has arrived."""
        return self.step(request, services.acknowledge_trace)

    @extend_schema(request=MomentInput, responses=TraceRequestSerializer)
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, pk: str | None = None) -> Response:
        """Write down that a reminder went out."""
        return self.step(request, services.remind_of_trace)

    @extend_schema(request=TraceReplyInput, responses={201: TraceRequestSerializer})
    @action(detail=True, methods=["post"])
    def replies(self, request: Request, pk: str | None = None) -> Response:
        """Enter a reply with the steps of the way."""
        return self.step(request, services.record_reply, status=201)

    @extend_schema(request=TraceEndInput, responses=TraceRequestSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str | None = None) -> Response:
        """Nothing more is waited for."""
        return self.step(request, services.close_trace)

    def step(self, request: Request, deed: Any, *, status: int = 200) -> Response:
        """Do a step, and show the request as it is then."""
        trace, said = self.get_object(), self.read_body(request)
        deed(trace, by=person(request), **said)
        return self.show(trace, status=status)
