"""REST: what is to be looked at again after a measure."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import FollowUpFilter
from attribution.models import FollowUp, Measure
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer

FOLLOW_UP_FACTS = list(services.FollowUpFacts.__annotations__)


class FollowUpSerializer(RowSerializer[FollowUp]):
    """One follow-up; `is_overdue` once its day has passed and nothing was written down."""

    owner = serializers.CharField(source="owner.username", read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = FollowUp
        fields = [
            *("id", "case", "ref", "version", "created_at", "updated_at", "handling", "measure"),
            *("set_by", "closed_at", "closed_by", "outcome", "is_overdue", *FOLLOW_UP_FACTS),
        ]


class FollowUpChanges(StrictSerializer, RowSerializer[FollowUp]):
    """What may be said otherwise; `owner` is a user name. A new day is reminded of anew."""

    owner: Any = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )

    class Meta:
        model = FollowUp
        fields = FOLLOW_UP_FACTS


class FollowUpInput(FollowUpChanges):
    """What is to be looked at again, of which measure."""

    measure: Any = VisibleField(queryset=Measure.objects.all())

    class Meta(FollowUpChanges.Meta):
        fields = ["measure", *FOLLOW_UP_FACTS]


class OutcomeInput(StrictSerializer):
    """What came of it."""

    outcome = serializers.CharField()


class FollowUpViewSet(RecordViewSet[FollowUp]):
    """Follow-ups of the cases that you read as a whole."""

    policy = SIGNED_IN
    model = FollowUp
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    relations = ("case", "owner")
    inputs = {"create": FollowUpInput, "partial_update": FollowUpChanges, "close": OutcomeInput}

    @extend_schema(request=FollowUpInput, responses={201: FollowUpSerializer})
    def create(self, request: Request) -> Response:
        """Set a follow-up of a measure."""
        facts = self.read_body(request)
        follow_up = services.set_follow_up(facts.pop("measure"), by=person(request), **facts)
        return self.show(follow_up, status=201)

    @extend_schema(request=FollowUpChanges, responses=FollowUpSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the follow-up as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_follow_up)

    @extend_schema(request=OutcomeInput, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str | None = None) -> Response:
        """Close it with what came of it."""
        follow_up, asked = self.get_object(), self.read_body(request)
        return self.show(services.close_follow_up(follow_up, by=person(request), **asked))
