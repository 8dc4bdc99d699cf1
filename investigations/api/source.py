"""REST: the sources of a case, by their pseudonyms; who they are is never told to a program."""

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
from investigations import services
from investigations.api.committed_value import ErasureInput
from investigations.filters import SourceFilter
from investigations.models import Case, Source
from investigations.models.source import ConsentScope

SOURCE_FACTS = list(services.SourceFacts.__annotations__)


class SourceSerializer(RowSerializer[Source]):
    """A person who told something, by pseudonym: what the team may know, and never who it is.

    `identity_at` is since when it lies sealed who this is, empty while nothing is written down;
    it is written and opened in the browser alone, by whom the case entrusts with it.
    """

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Source
        fields = [
            *("id", "case", "pseudonym", "kind", "version", "created_at", "updated_at"),
            *("handling", "identity_at", *SOURCE_FACTS),
        ]


class SourceChanges(StrictSerializer, RowSerializer[Source]):
    """What the team may know otherwise.

    Consent that was withdrawn is `informed_consent` false with `consent_scopes` empty.
    """

    consent_scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=ConsentScope.choices), required=False
    )

    class Meta:
        model = Source
        fields = SOURCE_FACTS


class SourceInput(SourceChanges):
    """What enters a source; only readers in all of `compartments` will know that there is one."""

    case = VisibleField(queryset=Case.objects.all())
    compartments = serializers.ListField(child=serializers.CharField(), required=False)

    class Meta(SourceChanges.Meta):
        fields = ["case", "kind", "compartments", *SOURCE_FACTS]


class SourceViewSet(RecordViewSet[Source]):
    """Sources in the cases that you work on, those that you may know of.

    No program writes, opens or reads an identity: these stay pages, each opening with its purpose.
    """

    policy = SIGNED_IN
    model = Source
    serializer_class = SourceSerializer
    filterset_class = SourceFilter
    relations = ("case",)
    inputs = {
        "create": SourceInput,
        "partial_update": SourceChanges,
        "ask_to_erase": ErasureInput,
    }

    @extend_schema(request=SourceInput, responses={201: SourceSerializer})
    def create(self, request: Request) -> Response:
        """Enter a person under the next pseudonym of their kind."""
        facts: Any = self.read_body(request)
        source = services.enter_source(facts.pop("case"), by=person(request), **facts)
        return self.show(source, status=201)

    @extend_schema(request=SourceChanges, responses=SourceSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend what the team may know, as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_source)

    @extend_schema(request=ErasureInput, responses=SourceSerializer)
    @action(detail=True, methods=["post"], url_path="ask-to-erase")
    def ask_to_erase(self, request: Request, pk: str | None = None) -> Response:
        """Ask for the identity to be erased for good; a second person agrees in the browser."""
        source, asked = self.get_object(), self.read_body(request)
        services.ask_to_erase(source, by=person(request), **asked)
        return self.show(source)
