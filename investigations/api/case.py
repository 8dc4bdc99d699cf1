"""REST: cases, their team and where they stand."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer
from investigations import services
from investigations.api.committed_value import CommittedValueSerializer, ErasureInput
from investigations.filters import CaseFilter
from investigations.models import Case, CaseQuerySet
from investigations.models.membership import GRANTED

CASE_FACTS = [
    "title",
    "public_title",
    "mandate",
    "standard_of_proof",
    "embargo_until",
    "tlp",
    "pap",
]


class CaseSerializer(RowSerializer[Case]):
    """A case as it is shown; to who does not read the whole of it, by its public title alone."""

    title = serializers.CharField(source="title_shown", read_only=True)
    mandate = serializers.CharField(source="mandate_shown", read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Case
        fields = [
            *("id", "ref", "status", "stage", "outcome", "lead"),
            *("version", "created_at", "updated_at", "handling"),
            *CASE_FACTS,
        ]


class CaseInput(StrictSerializer, RowSerializer[Case]):
    """What opens a case."""

    class Meta:
        model = Case
        fields = CASE_FACTS


class CaseChanges(CaseInput):
    """What may be said otherwise of a case; its handling has an endpoint of its own."""

    class Meta(CaseInput.Meta):
        fields = [name for name in CASE_FACTS if name not in {"tlp", "pap"}]


class MemberInput(StrictSerializer):
    """Whom to admit, in which roles, and until when if not for good."""

    user = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    roles = serializers.ListField(child=serializers.ChoiceField(choices=GRANTED))
    until = serializers.DateTimeField(required=False, allow_null=True)


class StatusInput(StrictSerializer):
    """Where the case stands now, and why."""

    status = serializers.ChoiceField(choices=Case.Status.choices)
    reason = serializers.CharField(max_length=500)


class CaseViewSet(RecordViewSet[Case]):
    """Cases that you work on."""

    policy = SIGNED_IN
    model = Case
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    inputs = {
        "create": CaseInput,
        "partial_update": CaseChanges,
        "members": MemberInput,
        "status": StatusInput,
        "ask_to_erase_identities": ErasureInput,
    }

    def get_queryset(self) -> CaseQuerySet:
        """Each with the texts that the asking person may read."""
        rows = cast("CaseQuerySet", super().get_queryset())
        fake = getattr(self, "swagger_fake_view", False)
        return rows if fake else rows.titled_for(person(self.request))

    @extend_schema(request=CaseInput, responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        """Open a case; you become its lead."""
        return self.show(services.open_case(person(request), **self.read_body(request)), status=201)

    @extend_schema(request=CaseChanges, responses=CaseSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the case as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_case)

    @extend_schema(request=MemberInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def members(self, request: Request, pk: str | None = None) -> Response:
        """Admit a member, or change the roles of one."""
        case = self.get_object()
        asked = self.read_body(request)
        services.admit_member(case, asked.pop("user"), by=person(request), **asked)
        return self.show(case)

    @extend_schema(request=StatusInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def status(self, request: Request, pk: str | None = None) -> Response:
        """Move the case to another status, with a reason."""
        case = self.get_object()
        asked = self.read_body(request)
        services.change_case_status(case, by=person(request), **asked)
        return self.show(case)

    @extend_schema(request=ErasureInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="ask-to-erase-identities")
    def ask_to_erase_identities(self, request: Request, pk: str | None = None) -> Response:
        """Ask for who all sources are, and their key, to go; a second person agrees elsewhere."""
        case, asked = self.get_object(), self.read_body(request)
        services.ask_to_erase_all(case, by=person(request), **asked)
        return self.show(case)

    @extend_schema(responses=CommittedValueSerializer(many=True))
    @action(detail=True, url_path="committed-values", pagination_class=None, filterset_class=None)
    def committed_values(self, request: Request, pk: str | None = None) -> Response:
        """What is kept apart here, never the values: for those who guard them."""
        rows = services.values_of(self.get_object(), by=person(request))
        return Response(CommittedValueSerializer(rows, many=True).data)
