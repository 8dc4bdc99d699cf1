"""REST: who reported an attack, each report with its two grades."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.grading import Credibility, Reliability
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import SourceReportFilter
from investigations.models import Incident, Source, SourceReport

REPORT_FACTS = list(services.ReportFacts.__annotations__)


class GradedReportSerializer(RowSerializer[SourceReport]):
    """One report of an attack; `reliability` F and `credibility` 6 mean unknown.

    `pseudonym` stands for a source of the case, empty where none spoke; who it is stands nowhere
    here. `imported_from` names the list that it was read from, if one was.
    """

    pseudonym = serializers.CharField(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = SourceReport
        fields = [
            *("id", "case", "incident", "version", "created_at", "updated_at", "handling"),
            *("source", "pseudonym", "imported_from", *REPORT_FACTS),
        ]


class GradedReportChanges(StrictSerializer, RowSerializer[SourceReport]):
    """What may be said otherwise of a report; its attack and who spoke stay."""

    class Meta:
        model = SourceReport
        fields = REPORT_FACTS


class GradedReportInput(GradedReportChanges):
    """What cites a report; without grades it counts as one that cannot be judged."""

    incident = VisibleField(queryset=Incident.objects.all())
    source = VisibleField(  # type: ignore[assignment]
        queryset=Source.objects.all(), required=False, allow_null=True
    )
    reliability = serializers.ChoiceField(choices=Reliability.choices, default=Reliability.F)
    credibility = serializers.ChoiceField(
        choices=Credibility.choices, default=Credibility.CANNOT_BE_JUDGED
    )

    class Meta(GradedReportChanges.Meta):
        fields = ["incident", "source", *REPORT_FACTS]


class SourceReportViewSet(RecordViewSet[SourceReport]):
    """Reports of attacks in the cases that you work on."""

    policy = SIGNED_IN
    model = SourceReport
    serializer_class = GradedReportSerializer
    filterset_class = SourceReportFilter
    relations = ("case", "source")
    inputs = {"create": GradedReportInput, "partial_update": GradedReportChanges}

    @extend_schema(request=GradedReportInput, responses={201: GradedReportSerializer})
    def create(self, request: Request) -> Response:
        """Cite a report of an attack, with how reliable the source and how credible the word is."""
        facts: Any = self.read_body(request)
        report = services.cite_source(facts.pop("incident"), by=person(request), **facts)
        return self.show(report, status=201)

    @extend_schema(request=GradedReportChanges, responses=GradedReportSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Grade the report anew, as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_report)
