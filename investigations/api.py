"""REST: cases and incidents. A view finds, asks a service, and answers; nothing more."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from catalogue.models import Country, Theatre, WeaponModel
from core.rest import RecordViewSet, StrictSerializer, VisibleField
from investigations import services
from investigations.filters import CaseFilter, IncidentFilter
from investigations.models import Case, Incident, Role

CASE_FACTS = [
    "title",
    "public_title",
    "mandate",
    "standard_of_proof",
    "embargo_until",
    "tlp",
    "pap",
]
INCIDENT_FACTS = list(services.IncidentFacts.__annotations__)


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case as it is shown."""

    class Meta:
        model = Case
        fields = ["id", "ref", "status", "lead", "version", "created_at", "updated_at", *CASE_FACTS]


class CaseInput(StrictSerializer, serializers.ModelSerializer[Case]):
    """What opens a case."""

    class Meta:
        model = Case
        fields = CASE_FACTS


class MemberInput(StrictSerializer):
    """Whom to admit, and in which roles."""

    user = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))


class StatusInput(StrictSerializer):
    """Where the case stands now, and why."""

    status = serializers.ChoiceField(choices=Case.Status.choices)
    reason = serializers.CharField(max_length=500)


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """An attack as it is shown; countries by their two letters."""

    country: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Incident
        fields = ["id", "case", "ref", "version", "created_at", "updated_at", *INCIDENT_FACTS]


class IncidentInput(StrictSerializer, serializers.ModelSerializer[Incident]):
    """What enters an attack."""

    case = VisibleField(queryset=Case.objects.all())
    country = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), required=False, allow_null=True
    )
    theatre = serializers.PrimaryKeyRelatedField(
        queryset=Theatre.objects.all(), required=False, allow_null=True
    )
    weapon_model = serializers.PrimaryKeyRelatedField(
        queryset=WeaponModel.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Incident
        fields = ["case", *INCIDENT_FACTS]


class IncidentChanges(IncidentInput):
    """What may be said otherwise of an attack; it stays in its case."""

    case: Any = None

    class Meta(IncidentInput.Meta):
        fields = INCIDENT_FACTS


class CaseViewSet(RecordViewSet[Case]):
    """Cases that you work on."""

    policy = SIGNED_IN
    model = Case
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    inputs = {
        "create": CaseInput,
        "partial_update": CaseInput,
        "members": MemberInput,
        "status": StatusInput,
    }

    @extend_schema(request=CaseInput, responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        """Open a case; you become its lead."""
        return self.show(services.open_case(person(request), **self.read_body(request)), status=201)

    @extend_schema(request=CaseInput, responses=CaseSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the case as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_case)

    @extend_schema(request=MemberInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def members(self, request: Request, pk: str | None = None) -> Response:
        """Admit a member, or change the roles of one."""
        case, asked = self.get_object(), self.read_body(request)
        services.admit_member(case, asked["user"], roles=asked["roles"], by=person(request))
        return self.show(case)

    @extend_schema(request=StatusInput, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def status(self, request: Request, pk: str | None = None) -> Response:
        """Move the case to another status, with a reason."""
        case, asked = self.get_object(), self.read_body(request)
        services.change_case_status(case, by=person(request), **asked)
        return self.show(case)


class IncidentViewSet(RecordViewSet[Incident]):
    """Attacks in the cases that you work on."""

    policy = SIGNED_IN
    model = Incident
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter
    relations = ("country",)
    inputs = {"create": IncidentInput, "partial_update": IncidentChanges}

    @extend_schema(request=IncidentInput, responses={201: IncidentSerializer})
    def create(self, request: Request) -> Response:
        """Enter an attack into a case."""
        facts = self.read_body(request)
        incident = services.enter_incident(facts.pop("case"), by=person(request), **facts)
        return self.show(incident, status=201)

    @extend_schema(request=IncidentChanges, responses=IncidentSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the attack as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_incident)
