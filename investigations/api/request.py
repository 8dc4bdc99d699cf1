"""REST: deeds that take two people; a program reads and refuses, and never agrees."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from investigations import services
from investigations.models import Case
from investigations.models import Request as Asked


class RequestSerializer(serializers.ModelSerializer[Asked]):
    """A deed that takes two people: what is asked, about what, and what came of it."""

    handling = serializers.SerializerMethodField()

    class Meta:
        model = Asked
        fields = [
            *("id", "case", "kind", "subject_kind", "subject_id", "subject_ref", "asked", "reason"),
            *("asked_by", "created_at", "lapses_at", "state", "decided_by", "decided_at"),
            *("decision_reason", "handling"),
        ]

    @extend_schema_field(HandlingSerializer(allow_null=True))
    def get_handling(self, row: Asked) -> Any:
        """Nothing to an administrator, who sees no case and is shown only that one is asked for."""
        seen = Case.objects.visible_to(self.context["request"].user).filter(pk=row.case_id).first()
        return HandlingSerializer(seen.handling.joined(row.own_handling)).data if seen else None


class ReasonInput(StrictSerializer):
    """Why not."""

    reason = serializers.CharField(max_length=500)


class RequestViewSet(RecordViewSet[Asked]):
    """Deeds that wait for a second person. A program reads and refuses; agreeing takes a person."""

    policy = SIGNED_IN
    model = Asked
    serializer_class = RequestSerializer
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
