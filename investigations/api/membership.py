"""REST: who works on a case, as what, and until when."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import RecordViewSet
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import MembershipFilter
from investigations.models import Case, Membership


class MembershipSerializer(RowSerializer[Membership]):
    """One person's place on a case, by user name; it counts until `until`, or `ended_at`."""

    user: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "case", "user", "roles", "until", "ended_at", "created_at"]


class MembershipViewSet(RecordViewSet[Membership]):
    """Places on the teams of cases that you read as a whole; a case's `members` gives them."""

    policy = SIGNED_IN
    model = Membership
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter

    def get_queryset(self) -> QuerySet[Membership]:
        """The teams as the pages of those cases show them, and who was on them before."""
        if getattr(self, "swagger_fake_view", False):
            return Membership.objects.none()
        cases = Case.objects.read_whole_by(person(self.request))
        return Membership.objects.filter(case__in=cases).select_related("user")

    @extend_schema(request=None, responses=MembershipSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Take the person off the case from the next request on."""
        return self.show(services.end_membership(self.get_object(), by=person(request)))
