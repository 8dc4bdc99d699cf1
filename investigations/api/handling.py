"""REST: how a case or a record is handled, by its kind and its id."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.keyed import KeyedViewSet
from core.markings import Handling
from core.models import Once
from core.rest import HandlingSerializer, StrictSerializer
from investigations import services
from investigations.api.request import RequestSerializer
from investigations.forms.handling import handling_form
from investigations.http import marked_or_404
from investigations.models import Case, CaseRecord
from investigations.models import Request as Asked
from investigations.services.label import require_marker


class AgenciesField(serializers.ListField):
    """Agencies of the team, or that evidence is sent to; each by its id or its short name."""

    child = serializers.CharField(max_length=80)


class HandlingInput(StrictSerializer, HandlingSerializer):
    """How it is to be handled from now on; what is left out stays as it is. And why.

    Agencies are named by their ids or their short names.
    """

    releasable_to = AgenciesField()  # type: ignore[assignment]
    originators = AgenciesField()  # type: ignore[assignment]
    shared_with = AgenciesField()  # type: ignore[assignment]
    reason = serializers.CharField(max_length=500)


@extend_schema(parameters=[OpenApiParameter("id", UUID, OpenApiParameter.PATH)])
class HandlingViewSet(KeyedViewSet[Any]):
    """How a case or a record is handled, by its kind (such as `evidence.item`) and its id."""

    policy = SIGNED_IN
    serializer_class = HandlingSerializer

    @extend_schema(responses=HandlingSerializer)
    def retrieve(self, request: Request, kind: str, pk: str) -> Response:
        """What holds for it: the strictest of its case, what it is drawn from, and its label."""
        return self.told(marked_or_404(person(request), kind, pk))

    @extend_schema(request=HandlingInput, responses=HandlingSerializer)
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, kind: str, pk: str) -> Response:
        """Handle it more strictly, at once."""
        subject = marked_or_404(person(request), kind, pk)
        handling, reason = self.read(request, subject)
        services.mark_more_strictly(subject, handling, by=person(request), reason=reason)
        return self.told(marked_or_404(person(request), kind, pk))

    @extend_schema(request=HandlingInput, responses={201: RequestSerializer})
    @action(detail=True, methods=["post"])
    def lower(self, request: Request, kind: str, pk: str) -> Response:
        """Ask for a less strict handling; a second person agrees in the browser."""
        subject = marked_or_404(person(request), kind, pk)
        handling, reason = self.read(request, subject)
        asked = services.ask_to_lower(subject, handling, by=person(request), reason=reason)
        return self.shown(asked, 201)

    def again(self, once: Once) -> Response:
        """What holds now, or the request as it stands."""
        subject = marked_or_404(person(self.request), self.kwargs["kind"], self.kwargs["pk"])
        if once.subject is None:
            return self.told(subject)
        mine = Asked.objects.visible_to(person(self.request))
        return self.shown(get_object_or_404(mine, pk=once.subject), once.status)

    def shown(self, asked: Asked, status: int) -> Response:
        """The request for a second person's word."""
        told = RequestSerializer(asked, context={"request": self.request})
        return Response(told.data, status=status)

    def read(self, request: Request, subject: Case | CaseRecord) -> tuple[Handling, str]:
        """What is asked for, on the same terms as in the browser's form."""
        require_marker(subject, person(request))
        body = HandlingInput(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        form = handling_form(request.data, subject, person(request))
        if not form.is_valid():
            wrong = {name: [str(one) for one in found] for name, found in form.errors.items()}
            raise serializers.ValidationError(wrong)
        return form.handling, form.cleaned_data["reason"]

    def told(self, subject: Case | CaseRecord) -> Response:
        """What holds now."""
        return Response(HandlingSerializer(subject.handling).data)
