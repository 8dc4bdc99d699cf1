"""REST: what is claimed, by whom, how it is graded, and what it was taken over from."""

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
from attribution.filters import ClaimFilter
from attribution.models import Actor, Claim, Statement
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Component, Item
from investigations.models import Case, Incident, SourceReport

CLAIM_FACTS = list(services.ClaimFacts.__annotations__)


class ClaimSerializer(RowSerializer[Claim]):
    """A claim; `told_by` is a pseudonym where a source of the case speaks.

    `reliability` F and `credibility` 6 mean unknown. `rests_on` are the claims it was taken over
    from, those that the asking person may read.
    """

    told_by = serializers.CharField(read_only=True)
    rests_on: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Claim
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("told_by", "graded_by", "set_aside_reason", "rests_on", *CLAIM_FACTS),
        ]


class ClaimInput(StrictSerializer, RowSerializer[Claim]):
    """What enters a claim: one proposition, where it stands, and what it is about."""

    case = VisibleField(queryset=Case.objects.all())
    statement = VisibleField(queryset=Statement.objects.all(), required=False, allow_null=True)
    source_report = VisibleField(
        queryset=SourceReport.objects.all(), required=False, allow_null=True
    )
    document = VisibleField(queryset=Item.objects.all(), required=False, allow_null=True)
    incident = VisibleField(queryset=Incident.objects.all(), required=False, allow_null=True)
    item = VisibleField(queryset=Item.objects.all(), required=False, allow_null=True)
    component = VisibleField(queryset=Component.objects.all(), required=False, allow_null=True)
    actor = VisibleField(queryset=Actor.objects.all(), required=False, allow_null=True)
    answers = VisibleField(queryset=Claim.objects.all(), required=False, allow_null=True)
    rests_on = VisibleField(queryset=Claim.objects.all(), required=False, many=True)

    class Meta:
        model = Claim
        fields = ["case", "rests_on", *CLAIM_FACTS]


class ClaimChanges(ClaimInput):
    """What may be said otherwise of a claim; it stays in its case."""

    case: Any = None

    class Meta(ClaimInput.Meta):
        fields = ["rests_on", *CLAIM_FACTS]


class SetAsideInput(StrictSerializer):
    """Why a claim that was entered by mistake leaves every account."""

    reason = serializers.CharField()


class ClaimViewSet(BulkDoor[Claim]):
    """Claims in the cases that you read as a whole; no claim is a finding."""

    policy = SIGNED_IN
    model = Claim
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    relations = ("case", "statement__source", "source_report__source")
    inputs = {"create": ClaimInput, "partial_update": ClaimChanges, "set_aside": SetAsideInput}

    def get_queryset(self) -> QuerySet[Claim]:
        """Each with what it was taken over from, as far as the asking person may read it."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        above = Claim.objects.visible_to(person(self.request)).only("pk")
        return rows.prefetch_related(Prefetch("rests_on", above))

    @extend_schema(request=ClaimInput, responses={201: ClaimSerializer})
    def create(self, request: Request) -> Response:
        """Enter a claim into a case."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> Claim:
        return services.enter_claim(facts.pop("case"), by=person(self.request), **facts)

    @extend_schema(request=ClaimChanges, responses=ClaimSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the claim as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_claim)

    @extend_schema(request=SetAsideInput, responses=ClaimSerializer)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, pk: str | None = None) -> Response:
        """Take out of every account a claim that was entered by mistake; it stays readable."""
        claim, asked = self.get_object(), self.read_body(request)
        return self.show(services.set_aside_claim(claim, by=person(request), **asked))
