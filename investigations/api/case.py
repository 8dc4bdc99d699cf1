"""REST: cases, their team and where they stand."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from core.errors import Refused
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from investigations import services
from investigations.filters import CaseFilter
from investigations.models import Case, CaseQuerySet, CommittedValue, Duty
from investigations.models.membership import GRANTED, Membership

CASE_FACTS = [
    "title",
    "public_title",
    "mandate",
    "standard_of_proof",
    "embargo_until",
    "tlp",
    "pap",
]


class CaseSerializer(serializers.ModelSerializer[Case]):
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


class CaseInput(StrictSerializer, serializers.ModelSerializer[Case]):
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


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """One place on the case: whose, in which roles, and until when if not for good."""

    username = serializers.CharField(source="user.username", read_only=True)
    roles = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "user", "username", "roles", "until", "created_at"]


class EndMembershipInput(StrictSerializer):
    """Who leaves the case."""

    user = serializers.CharField(max_length=150, help_text="A username.")


class StatusInput(StrictSerializer):
    """Where the case stands now, and why."""

    status = serializers.ChoiceField(choices=Case.Status.choices)
    reason = serializers.CharField(max_length=500)


class CommittedValueSerializer(serializers.ModelSerializer[CommittedValue]):
    """What the ledger holds a commitment to; the value itself is opened in the browser alone."""

    class Meta:
        model = CommittedValue
        fields = ["id", "about", "commitment", "created_at", "erased_at"]


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
        "end_membership": EndMembershipInput,
        "status": StatusInput,
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
    @action(detail=True, methods=["post"], pagination_class=None, filterset_class=None)
    def members(self, request: Request, pk: str | None = None) -> Response:
        """Admit a member, or change the roles of one."""
        case = self.get_object()
        asked = self.read_body(request)
        services.admit_member(case, asked.pop("user"), by=person(request), **asked)
        return self.show(case)

    @extend_schema(responses=MemberSerializer(many=True))
    @members.mapping.get
    def team(self, request: Request, pk: str | None = None) -> Response:
        """Who has a place on the case now, in which roles and until when."""
        case = self.get_object()
        if not Case.objects.read_whole_by(person(request)).filter(pk=case.pk).exists():
            raise PermissionDenied(_("Only those who read the whole case are told who is on it."))
        places = case.memberships.current().select_related("user")
        return Response(MemberSerializer(places, many=True).data)

    @extend_schema(request=EndMembershipInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="end-membership")
    def end_membership(self, request: Request, pk: str | None = None) -> Response:
        """Take a person off the case from their next request on; what they did stays theirs."""
        case, by = self.get_object(), person(request)
        case.require(by, Duty.MANAGE)
        left = self.read_body(request)["user"]
        place = case.memberships.current().filter(user__username=left).first()
        if place is None:
            raise Refused(_("This person has no place on the case."))
        services.end_membership(place, by=by)
        return self.show(case)

    @extend_schema(request=StatusInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def status(self, request: Request, pk: str | None = None) -> Response:
        """Move the case to another status, with a reason."""
        case = self.get_object()
        asked = self.read_body(request)
        services.change_case_status(case, by=person(request), **asked)
        return self.show(case)

    @extend_schema(responses=CommittedValueSerializer(many=True))
    @action(detail=True, url_path="committed-values", pagination_class=None, filterset_class=None)
    def committed_values(self, request: Request, pk: str | None = None) -> Response:
        """What is kept apart here, never the values: for those who guard them."""
        rows = services.values_of(self.get_object(), by=person(request))
        return Response(CommittedValueSerializer(rows, many=True).data)
