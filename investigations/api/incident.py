"""REST: attacks, as the asking person may see them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue.models import Country, Theatre, WeaponModel
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import IncidentFilter
from investigations.models import Case, Incident, SourceReport

INCIDENT_FACTS = list(services.IncidentFacts.__annotations__)


class SourceReportSerializer(RowSerializer[SourceReport]):
    """Who reported it, with both grades; a source of the case by its pseudonym alone."""

    source: Any = serializers.SlugRelatedField(
        slug_field="pseudonym", read_only=True, allow_null=True
    )
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = SourceReport
        fields = [
            *("id", "citation", "reliability", "credibility", "party_to_conflict"),
            *("source", "handling"),
        ]


class IncidentSerializer(RowSerializer[Incident]):
    """An attack as it is shown; countries by their two letters."""

    country: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    handling = HandlingSerializer(read_only=True)
    reported_by = SourceReportSerializer(source="source_reports", many=True, read_only=True)

    class Meta:
        model = Incident
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling"),
            *("reported_by", *INCIDENT_FACTS),
        ]


class IncidentInput(StrictSerializer, RowSerializer[Incident]):
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


class IncidentViewSet(BulkDoor[Incident]):
    """Attacks in the cases that you work on."""

    policy = SIGNED_IN
    model = Incident
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter
    relations = ("case", "country")
    inputs = {"create": IncidentInput, "partial_update": IncidentChanges}

    def get_queryset(self) -> QuerySet[Incident]:
        """Each with the reports of it that the asking person may see."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        reports = SourceReport.objects.visible_to(person(self.request))
        reports = reports.select_related("case", "source")
        return rows.prefetch_related(Prefetch("source_reports", reports))

    @extend_schema(request=IncidentInput, responses={201: IncidentSerializer})
    def create(self, request: Request) -> Response:
        """Enter an attack into a case."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> Incident:
        return services.enter_incident(facts.pop("case"), by=person(self.request), **facts)

    @extend_schema(request=IncidentChanges, responses=IncidentSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the attack as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_incident)
