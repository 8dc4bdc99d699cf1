"""REST: what sources said, under their pseudonyms."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import StatementFilter
from attribution.models import Statement
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import Item
from investigations.models import Source, SourceKind
from investigations.models.source import ConsentScope

STATEMENT_FACTS = list(services.StatementFacts.__annotations__)


class StatementSerializer(RowSerializer[Statement]):
    """What a source said; who the source is stands nowhere here."""

    pseudonym = serializers.CharField(source="source.pseudonym", read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Statement
        fields = [
            *("id", "case", "ref", "source", "pseudonym", "version", "created_at"),
            *("updated_at", "handling", *STATEMENT_FACTS),
        ]


class StatementInput(StrictSerializer, RowSerializer[Statement]):
    """What takes down a statement; a detainee's needs a `coercion_note`."""

    source: Any = VisibleField(queryset=Source.objects.all())
    recording = VisibleField(queryset=Item.objects.all(), required=False, allow_null=True)
    consent_scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=ConsentScope.choices), required=False
    )
    speaks_as = serializers.ChoiceField(choices=SourceKind.choices, required=False)

    class Meta:
        model = Statement
        fields = ["source", *STATEMENT_FACTS]


class StatementChanges(StatementInput):
    """What may be said otherwise of a statement; its source stays."""

    source: Any = None

    class Meta(StatementInput.Meta):
        fields = STATEMENT_FACTS


class StatementViewSet(BulkDoor[Statement]):
    """Statements in the cases that you read as a whole."""

    policy = SIGNED_IN
    model = Statement
    serializer_class = StatementSerializer
    filterset_class = StatementFilter
    relations = ("case", "source")
    inputs = {"create": StatementInput, "partial_update": StatementChanges}

    @extend_schema(request=StatementInput, responses={201: StatementSerializer})
    def create(self, request: Request) -> Response:
        """Take down what a source said."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> Statement:
        return services.take_statement(facts.pop("source"), by=person(self.request), **facts)

    @extend_schema(request=StatementChanges, responses=StatementSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the statement as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_statement)
