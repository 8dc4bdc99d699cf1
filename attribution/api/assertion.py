"""REST: assertions about actors, and the matrix of a case, in words and sources."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import AssertionFilter
from attribution.models import Actor, Assertion, AssertionEvidence, Claim
from comparison.models import Link
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Item
from investigations.models import Case

ASSERTION_FACTS = list(services.AssertionFacts.__annotations__)
CITED = ("claims", "items", "links")


class EvidenceSerializer(RowSerializer[AssertionEvidence]):
    """One thing cited; `has_changed` is true where it is no longer what was cited."""

    has_changed = serializers.BooleanField(read_only=True)

    class Meta:
        model = AssertionEvidence
        fields = ["id", "claim", "item", "link", "version_cited", "as_cited", "has_changed"]


class AssertionSerializer(RowSerializer[Assertion]):
    """One dated and graded sentence about an actor, with what it cites; it is no finding.

    `reliability` F and `credibility` 6 mean unknown. `counters` is the dimension that a
    counter-indicator speaks against, empty for all of them.
    """

    evidence: Any = EvidenceSerializer(many=True, read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Assertion
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("author", "withdrawn_reason", "evidence", *ASSERTION_FACTS),
        ]


class AssertionInput(StrictSerializer, RowSerializer[Assertion]):
    """What enters an assertion; at least one claim, exhibit or confirmed comparison is cited."""

    case = VisibleField(queryset=Case.objects.all())
    actor: Any = VisibleField(queryset=Actor.objects.all())
    claims: Any = VisibleField(queryset=Claim.objects.all(), required=False, many=True)
    items: Any = VisibleField(queryset=Item.objects.all(), required=False, many=True)
    links: Any = VisibleField(queryset=Link.objects.all(), required=False, many=True)

    class Meta:
        model = Assertion
        fields = ["case", *CITED, *ASSERTION_FACTS]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """All that is cited as one list; where none of the three is sent, nothing of it changes."""
        attrs = super().validate(attrs)
        named = [attrs.pop(name) for name in CITED if name in attrs]
        evidence = [one for rows in named for one in rows]
        return {**attrs, "evidence": evidence} if named or not self.partial else attrs


class AssertionChanges(AssertionInput):
    """What may be said otherwise; `claims`, `items` and `links` replace together all it cites."""

    case: Any = None

    class Meta(AssertionInput.Meta):
        fields = [*CITED, *ASSERTION_FACTS]


class WithdrawnInput(StrictSerializer):
    """Why it is no longer held."""

    reason = serializers.CharField()


class AssertionViewSet(RecordViewSet[Assertion]):
    """Assertions in the cases that you read as a whole; nothing adds them up."""

    policy = SIGNED_IN
    model = Assertion
    serializer_class = AssertionSerializer
    filterset_class = AssertionFilter
    relations = ("case",)
    inputs = {
        "create": AssertionInput,
        "partial_update": AssertionChanges,
        "withdraw": WithdrawnInput,
    }

    def get_queryset(self) -> QuerySet[Assertion]:
        """Each with what it cites, as far as the asking person may read it."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        evidence = AssertionEvidence.objects.visible_to(person(self.request)).with_sources()
        return rows.prefetch_related(Prefetch("evidence", evidence))

    @extend_schema(request=AssertionInput, responses={201: AssertionSerializer})
    def create(self, request: Request) -> Response:
        """Hold something of an actor on one dimension, and cite what it rests on."""
        facts = self.read_body(request)
        assertion = services.assert_of_actor(facts.pop("case"), by=person(request), **facts)
        return self.show(assertion, status=201)

    @extend_schema(request=AssertionChanges, responses=AssertionSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the assertion as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_assertion)

    @extend_schema(request=WithdrawnInput, responses=AssertionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take it out of the matrix, with a reason; it stays readable."""
        assertion, asked = self.get_object(), self.read_body(request)
        return self.show(services.withdraw_assertion(assertion, by=person(request), **asked))


class HeldCellSerializer(serializers.Serializer[Any]):
    """What is asserted of one actor on one dimension, and what speaks against it, by id."""

    actor = serializers.UUIDField(source="actor.pk")
    held = serializers.SerializerMethodField()
    against = serializers.SerializerMethodField()

    def get_held(self, cell: Any) -> list[str]:
        return [str(one.pk) for one in cell.held]

    def get_against(self, cell: Any) -> list[str]:
        return [str(one.pk) for one in cell.against]


class DimensionLineSerializer(serializers.Serializer[Any]):
    """One dimension, with a cell for each actor."""

    dimension = serializers.SerializerMethodField()
    cells: Any = HeldCellSerializer(many=True)

    def get_dimension(self, line: Any) -> str:
        return next((str(cell.dimension or "") for cell in line.cells), "")


class SignatureSerializer(serializers.Serializer[Any]):
    """Where like components were found: two examiners confirmed each of `links`."""

    name = serializers.CharField()
    incidents = serializers.SerializerMethodField()
    theatres: Any = serializers.ListField(child=serializers.CharField())
    links = serializers.SerializerMethodField()

    def get_incidents(self, signature: Any) -> list[str]:
        return [str(one.pk) for one in signature.incidents]

    def get_links(self, signature: Any) -> list[str]:
        return [str(one.pk) for one in signature.links]


class ActorMatrixSerializer(serializers.Serializer[Any]):
    """Actors by dimensions, in the order of their names: no figure stands for any of them."""

    actors = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()
    overall: Any = DimensionLineSerializer()
    assertions: Any = AssertionSerializer(many=True)
    signatures: Any = SignatureSerializer(many=True)

    def get_actors(self, matrix: Any) -> list[str]:
        return [str(one.pk) for one in matrix["actors"]]

    @extend_schema_field(DimensionLineSerializer(many=True))
    def get_lines(self, matrix: Any) -> Any:
        lines = [line for group in matrix["groups"] for line in group.lines]
        return DimensionLineSerializer(lines, many=True).data


class ActorMatrixViewSet(GenericViewSet[Case]):
    """The matrix of a case, as far as you may read it."""

    policy = SIGNED_IN
    serializer_class = ActorMatrixSerializer
    queryset = Case.objects.none()

    @extend_schema(responses=ActorMatrixSerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """What is held of each actor of this case, and what speaks against it."""
        reader = person(request)
        case = get_object_or_404(Case.objects.visible_to(reader), pk=pk)
        told = vars(services.matrix_of(case, reader))
        signatures = services.signatures_of(case, reader)
        return Response(ActorMatrixSerializer({**told, "signatures": signatures}).data)
