"""REST: who reported an attack, each report with its two grades."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from investigations import services
from investigations.filters import SourceReportFilter
from investigations.models import Incident, Source, SourceReport

REPORT_FACTS = ["citation", "reliability", "credibility", "party_to_conflict", "source"]


class GradedReportSerializer(serializers.ModelSerializer[SourceReport]):
    """One report of an attack; `reliability` F and `credibility` 6 mean unknown.

    `pseudonym` stands for a source of the case, empty where none spoke; who it is stands nowhere
    here. `imported_from` names the list that it was read from, if one was.
    """

    pseudonym = serializers.CharField(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = SourceReport
        fields = [
            *("id", "case", "incident", "pseudonym", "imported_from", "created_at", "handling"),
            *REPORT_FACTS,
        ]


class GradedReportInput(StrictSerializer, serializers.ModelSerializer[SourceReport]):
    """What cites a report; without grades it counts as one that cannot be judged."""

    incident = VisibleField(queryset=Incident.objects.all())
    source = VisibleField(queryset=Source.objects.all(), required=False, allow_null=True)

    class Meta:
        model = SourceReport
        fields = ["incident", *REPORT_FACTS]


class SourceReportViewSet(RecordViewSet[SourceReport]):
    """Reports of attacks in the cases that you work on; one that was cited stands as it is."""

    policy = SIGNED_IN
    model = SourceReport
    serializer_class = GradedReportSerializer
    filterset_class = SourceReportFilter
    relations = ("case", "source")
    inputs = {"create": GradedReportInput}

    @extend_schema(request=GradedReportInput, responses={201: GradedReportSerializer})
    def create(self, request: Request) -> Response:
        """Cite a report of an attack, with how reliable the source and how credible the word is."""
        facts: Any = self.read_body(request)
        report = services.cite_source(facts.pop("incident"), by=person(request), **facts)
        return self.show(report, status=201)
