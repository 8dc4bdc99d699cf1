"""REST: hits with other agencies, and asking the other lead to share what a comparison needs."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison import services
from comparison.filters import HitFilter
from comparison.models import Hit
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer


class HitSerializer(RowSerializer[Hit]):
    """That a case which you may not see holds something alike: the band and the agency."""

    agency = serializers.SerializerMethodField()
    handling = HandlingSerializer(read_only=True)
    sentence = serializers.SerializerMethodField()

    class Meta:
        model = Hit
        fields = ["id", "case", "component", "agency", "band", "told_on", "sentence", "handling"]

    def get_agency(self, hit: Hit) -> str:
        """The short name of the agency that leads the other case."""
        return str(hit.agency or _("another team"))

    def get_sentence(self, hit: Hit) -> str:
        return services.sentence_of_hit(hit)


class AskInput(StrictSerializer):
    """Why the other lead should share it."""

    reason = serializers.CharField(max_length=2000)


class HitViewSet(RecordViewSet[Hit]):
    """Hits of components of your cases with other agencies."""

    policy = SIGNED_IN
    model = Hit
    serializer_class = HitSerializer
    filterset_class = HitFilter
    relations = ("agency", "case")
    inputs: Any = {"disclosure": AskInput}

    @extend_schema(request=AskInput, responses={201: HitSerializer})
    @action(detail=True, methods=["post"])
    def disclosure(self, request: Request, pk: str | None = None) -> Response:
        """Ask the other lead to share it; the answer stands under `disclosures/`."""
        hit, asked = self.get_object(), self.read_body(request)
        services.ask_for_disclosure(hit, by=person(request), **asked)
        return self.show(hit, status=201)
