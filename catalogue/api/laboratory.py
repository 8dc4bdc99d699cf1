"""REST: laboratories that examine exhibits, and what they are accredited for."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue import services
from catalogue.filters import LaboratoryFilter
from catalogue.models import Country, Laboratory
from core.rest import RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer

LABORATORY_FACTS = list(services.LaboratoryFacts.__annotations__)


class LaboratorySerializer(RowSerializer[Laboratory]):
    """A laboratory; `is_accredited` while its accreditation, as far as it is known, is valid."""

    country: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    is_accredited = serializers.BooleanField(read_only=True)

    class Meta:
        model = Laboratory
        fields = [
            *("id", "version", "created_at", "updated_at", "is_accredited", "review_status"),
            *LABORATORY_FACTS,
        ]


class LaboratoryInput(StrictSerializer, RowSerializer[Laboratory]):
    """A laboratory that is missing, its country by two letters."""

    country = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Laboratory
        fields = LABORATORY_FACTS


class LaboratoryViewSet(RecordViewSet[Laboratory]):
    """The register of laboratories, open to everybody who has signed in."""

    policy = SIGNED_IN
    decides = ("review",)
    model = Laboratory
    serializer_class = LaboratorySerializer
    filterset_class = LaboratoryFilter
    relations = ("country",)
    inputs = {"create": LaboratoryInput, "partial_update": LaboratoryInput}

    @extend_schema(request=LaboratoryInput, responses={201: LaboratorySerializer})
    def create(self, request: Request) -> Response:
        """Enter a laboratory; it waits for somebody to check it."""
        facts = self.read_body(request)
        return self.show(services.enter_laboratory(by=person(request), **facts), status=201)

    @extend_schema(request=LaboratoryInput, responses=LaboratorySerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend it as you read it: send its ETag as `If-Match`; a reviewed one takes a curator."""
        return self.amend(request, services.amend_laboratory)

    @extend_schema(request=None, responses=LaboratorySerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str | None = None) -> Response:
        """Say that you have checked its accreditation."""
        return self.show(services.review_laboratory(self.get_object(), by=person(request)))
