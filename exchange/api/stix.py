"""REST: a case as STIX, MISP or CASE/UCO to take away; as STIX also on offer, to fetch by TAXII."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.keyed import KeyedViewSet, kept
from core.markings import Tlp
from core.models import Once
from core.rest import StrictSerializer, require_nothing
from exchange import services
from exchange.http import bundle_file
from investigations.models import Case

OF_ONE = [OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)]


class StixInput(StrictSerializer):
    """How strictly what leaves may be marked at most, and whether to leave out what is bound."""

    up_to = serializers.ChoiceField(choices=Tlp.choices)
    leave_out = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Leave out exhibits under a caveat; otherwise they make the request refused.",
    )


class SharedSerializer(serializers.Serializer[services.Shared]):
    """What is on offer now; `sha256` is that of the bundle that would hold all of it."""

    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    objects = serializers.IntegerField()
    withheld = serializers.IntegerField()
    fresh = serializers.IntegerField()
    gone = serializers.IntegerField()


class WithdrawnSerializer(serializers.Serializer[Any]):
    """How many objects went."""

    gone = serializers.IntegerField()


class CaseStixViewSet(KeyedViewSet[Case]):
    """Cases that you work on, in the formats of other programs."""

    policy = SIGNED_IN
    serializer_class = StixInput

    def get_queryset(self) -> Any:
        return Case.objects.visible_to(person(self.request))

    @extend_schema(
        parameters=OF_ONE,
        request=StixInput,
        responses={(200, "application/stix+json"): OpenApiTypes.OBJECT},
    )
    @action(detail=True, methods=["post"])
    def stix(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Take the case away as a bundle; its digest stands in the ledger, hence no GET."""
        return self.let_out(request, services.export_case)

    @extend_schema(
        parameters=OF_ONE,
        request=StixInput,
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    @action(detail=True, methods=["post"])
    def misp(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Take the case away as an event of MISP, which is not published."""
        return self.let_out(request, services.export_event)

    @extend_schema(
        parameters=OF_ONE,
        request=StixInput,
        responses={(200, "application/ld+json"): OpenApiTypes.OBJECT},
    )
    @action(detail=True, methods=["post"], url_path="case-uco")
    def case_uco(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Take the case away as a graph of CASE/UCO in JSON-LD."""
        return self.let_out(request, services.export_graph)

    @extend_schema(parameters=OF_ONE, request=StixInput, responses=SharedSerializer)
    @action(detail=True, methods=["post"], url_path="stix-offer")
    def offer(self, request: Request, pk: str | None = None) -> Response:
        """Put the case on offer as it is now, in place of what was on offer before."""
        return self.put_on_offer(request)

    @extend_schema(parameters=OF_ONE, request=None, responses=WithdrawnSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-stix-offer")
    def withdraw_offer(self, request: Request, pk: str | None = None) -> Response:
        """Take everything of the case off the offer."""
        require_nothing(request)
        told = {"gone": services.withdraw_offer(self.get_object(), by=person(request))}
        return kept(Response(told), told)

    def put_on_offer(self, request: Request) -> Response:
        """What is on offer from now on."""
        told = services.offer_case(self.get_object(), by=person(request), **self.asked(request))
        return Response(asdict(told))

    def let_out(
        self, request: Request, export: Callable[..., services.Exported]
    ) -> HttpResponseBase:
        """The file in one of the formats."""
        case, asked = self.get_object(), self.asked(request)
        return bundle_file(export(case, by=person(request), **asked))

    def asked(self, request: Request) -> dict[str, Any]:
        """What the body says."""
        form = StixInput(data=request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def again(self, once: Once) -> Any:
        """A case that is asked for again goes out again, and that stands in the ledger too."""
        if self.action == "withdraw_offer":
            return Response(once.plain, status=once.status)
        exports: dict[str, Callable[..., services.Exported]] = {
            "stix": services.export_case,
            "misp": services.export_event,
            "case_uco": services.export_graph,
        }
        if export := exports.get(self.action):
            return self.let_out(self.request, export)
        return self.put_on_offer(self.request)
