"""REST: how many people came to harm in an attack, counted by group and harm."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import CasualtyFilter
from investigations.models import CasualtyCount, Incident

COUNT_FACTS = list(services.CountFacts.__annotations__)


class CasualtyCountSerializer(RowSerializer[CasualtyCount]):
    """A least and a most, in persons, as of a moment; empty means unknown, never zero."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = CasualtyCount
        fields = [
            *("id", "case", "incident", "version", "created_at", "updated_at", "handling"),
            *("harm", "group", *COUNT_FACTS),
        ]


class CountChanges(StrictSerializer, RowSerializer[CasualtyCount]):
    """What is counted otherwise; whom it counts, and what befell them, stays."""

    class Meta:
        model = CasualtyCount
        fields = COUNT_FACTS


class CountInput(CountChanges):
    """What counts a group for the first time; without `group` it is not known who they were."""

    incident = VisibleField(queryset=Incident.objects.all())
    group = serializers.ChoiceField(choices=CasualtyCount.Group.choices, required=False)

    class Meta(CountChanges.Meta):
        fields = ["incident", "harm", "group", *COUNT_FACTS]
        validators: tuple[Any, ...] = ()  # the deed says which count there is already


class CasualtyViewSet(RecordViewSet[CasualtyCount]):
    """Casualties of attacks in the cases that you work on; nothing adds them up."""

    policy = SIGNED_IN
    model = CasualtyCount
    serializer_class = CasualtyCountSerializer
    filterset_class = CasualtyFilter
    relations = ("case",)
    inputs = {"create": CountInput, "partial_update": CountChanges}

    @extend_schema(request=CountInput, responses={201: CasualtyCountSerializer})
    def create(self, request: Request) -> Response:
        """Count how many of a group came to harm; what is counted already is corrected instead."""
        facts: Any = self.read_body(request)
        count = services.enter_count(facts.pop("incident"), by=person(request), **facts)
        return self.show(count, status=201)

    @extend_schema(request=CountChanges, responses=CasualtyCountSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Correct the count as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.correct_count)
