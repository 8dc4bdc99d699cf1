"""REST: the hypotheses that compete in a case; a finding needs the id of one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import HypothesisFilter
from attribution.models import Actor, Hypothesis
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations.models import Case

HYPOTHESIS_FACTS = list(services.HypothesisFacts.__annotations__)


class HypothesisSerializer(RowSerializer[Hypothesis]):
    """One answer that competes with others; it is no finding.

    `kind` tells the two that every case has from those that somebody proposed. `status_reason` is
    why it no longer competes: where it was superseded, the reference of the newer one, which names
    it in `supersedes`.
    """

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Hypothesis
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("kind", "status", "status_reason", "proposer", "supersedes", *HYPOTHESIS_FACTS),
        ]


class SupersedingInput(StrictSerializer, RowSerializer[Hypothesis]):
    """The better words; what is not sent stays as the older hypothesis has it."""

    subject = VisibleField(queryset=Actor.objects.all(), required=False, allow_null=True)
    level = serializers.IntegerField(min_value=0, max_value=7, required=False)

    class Meta:
        model = Hypothesis
        fields = HYPOTHESIS_FACTS


class HypothesisInput(SupersedingInput):
    """What proposes a hypothesis: a sentence that evidence could show to be wrong, and by which."""

    case = VisibleField(queryset=Case.objects.all())

    class Meta(SupersedingInput.Meta):
        fields = ["case", *HYPOTHESIS_FACTS]
        extra_kwargs = {"refuted_by": {"required": True, "allow_blank": False}}


class HypothesisChanges(SupersedingInput):
    """What may be said otherwise, as long as no finding rests on its words."""


class RejectedInput(StrictSerializer):
    """Why it no longer competes."""

    reason = serializers.CharField()


class HypothesisViewSet(RecordViewSet[Hypothesis]):
    """Hypotheses in the cases that you read as a whole.

    A matrix asks for at least two that were proposed, beside the two that every case has.
    """

    policy = SIGNED_IN
    model = Hypothesis
    serializer_class = HypothesisSerializer
    filterset_class = HypothesisFilter
    relations = ("case",)
    inputs = {
        "create": HypothesisInput,
        "partial_update": HypothesisChanges,
        "reject": RejectedInput,
        "supersede": SupersedingInput,
    }

    @extend_schema(request=HypothesisInput, responses={201: HypothesisSerializer})
    def create(self, request: Request) -> Response:
        """Propose an answer; the first of a case brings its two standing rivals."""
        facts = self.read_body(request)
        hypothesis = services.propose_hypothesis(facts.pop("case"), by=person(request), **facts)
        return self.show(hypothesis, status=201)

    @extend_schema(request=HypothesisChanges, responses=HypothesisSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Reword the hypothesis as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_hypothesis)

    @extend_schema(request=RejectedInput, responses=HypothesisSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str | None = None) -> Response:
        """Take a proposed one out of the competition, with a reason; two at least must be left."""
        hypothesis, asked = self.get_object(), self.read_body(request)
        return self.show(services.reject_hypothesis(hypothesis, by=person(request), **asked))

    @extend_schema(request=None, responses=HypothesisSerializer)
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Request, pk: str | None = None) -> Response:
        """Let a rejected hypothesis compete again."""
        return self.show(services.reinstate_hypothesis(self.get_object(), by=person(request)))

    @extend_schema(request=SupersedingInput, responses={201: HypothesisSerializer})
    @action(detail=True, methods=["post"])
    def supersede(self, request: Request, pk: str | None = None) -> Response:
        """Put a better worded one in its place, which is told; the old one stays readable."""
        old, asked = self.get_object(), self.read_body(request)
        facts: Any = {name: getattr(old, name) for name in HYPOTHESIS_FACTS} | asked
        newer = services.supersede_hypothesis(old, by=person(request), **facts)
        return self.show(newer, status=201)
