"""REST: deeds that take two people; a program reads and refuses, and never agrees."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import RequestFilter
from investigations.models import Case
from investigations.models import Request as Asked

UNSEEN = ("case", "subject_id", "handling")
"""What is left out for those who do not see the case."""


class RequestSerializer(RowSerializer[Asked]):
    """A deed that takes two people: what is asked, about what, and what came of it."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Asked
        fields = [
            *("id", "case", "kind", "subject_kind", "subject_id", "subject_ref", "asked", "reason"),
            *("asked_by", "created_at", "lapses_at", "state", "decided_by", "decided_at"),
            *("decision_reason", "handling"),
        ]

    def to_representation(self, instance: Asked) -> dict[str, Any]:
        """To an administrator, who sees no case, nothing of it but the reference asked for."""
        user = self.context["request"].user
        if Case.objects.visible_to(user).filter(pk=instance.case_id).exists():
            return super().to_representation(instance)
        row = copy(instance)
        row.case = Case()
        return super().to_representation(row) | dict.fromkeys(UNSEEN)


class ReasonInput(StrictSerializer):
    """Why not."""

    reason = serializers.CharField(max_length=500)


class RequestViewSet(RecordViewSet[Asked]):
    """Deeds that wait for a second person. A program reads and refuses; agreeing takes a person."""

    policy = SIGNED_IN
    model = Asked
    serializer_class = RequestSerializer
    filterset_class = RequestFilter
    inputs = {"refuse": ReasonInput}

    @extend_schema(request=None, responses={403: None})
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str | None = None) -> Response:
        """Always refused: the second person agrees in the browser, where they see what to."""
        self.get_object()
        raise PermissionDenied(_("No key agrees to a request: do it in the browser, in person."))

    @extend_schema(request=ReasonInput, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str | None = None) -> Response:
        """Say no, with a reason."""
        row, reason = self.get_object(), self.read_body(request)["reason"]
        return self.show(services.refuse(row, by=person(request), reason=reason))

    @extend_schema(request=None, responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take back what you asked for."""
        return self.show(services.withdraw(self.get_object(), by=person(request)))
