"""REST: what was asked of other leads and shared by them; and what other teams ask of you."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison import services
from comparison.filters import AskedFilter, DisclosureFilter
from comparison.models import Disclosure
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer
from investigations.models import Request as Asked
from investigations.models import RequestKind


class DisclosureSerializer(RowSerializer[Disclosure]):
    """What your team asked another to share; `shared` is empty unless they did."""

    agency = serializers.SerializerMethodField()
    handling = HandlingSerializer(read_only=True)
    shared = serializers.SerializerMethodField()

    class Meta:
        model = Disclosure
        fields = [
            *("id", "case", "component", "agency", "band", "asked_by", "reason", "created_at"),
            *("lapses_at", "state", "decided_at", "decision_reason", "shared", "sha256"),
            "handling",
        ]

    def get_agency(self, asked: Disclosure) -> str:
        """The short name of the agency that leads the other case."""
        return str(asked.agency or "")

    def get_shared(self, asked: Disclosure) -> dict[str, Any] | None:
        """The frozen copy: exhibit, markings, photographs by SHA-256, and the whole explanation."""
        return asked.shared if asked.is_shared else None


class DisclosureViewSet(RecordViewSet[Disclosure]):
    """What your teams asked other leads to share."""

    policy = SIGNED_IN
    model = Disclosure
    serializer_class = DisclosureSerializer
    filterset_class = DisclosureFilter
    relations = ("agency", "case")


class AskedSerializer(RowSerializer[Asked]):
    """What another team asks of yours; one alone with exactly what would be shared."""

    handling = HandlingSerializer(read_only=True)
    offer = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField()

    class Meta:
        model = Asked
        fields = [
            *("id", "case", "subject_id", "subject_ref", "asked", "reason", "asked_by"),
            *("created_at", "lapses_at", "state", "decided_by", "decided_at", "decision_reason"),
            *("offer", "sha256", "handling"),
        ]

    def get_offer(self, row: Asked) -> dict[str, Any] | None:
        """Everything that would be, or was, read by those who ask."""
        return services.offered(row) if self.is_alone else None

    def get_sha256(self, row: Asked) -> str | None:
        """Of the offer: a yes says by it what it is a yes to."""
        return services.sha256_of(services.offered(row)) if self.is_alone else None

    @property
    def is_alone(self) -> bool:
        """Whether one row is shown, and not a list."""
        return bool(self.context["view"].action != "list")


class ShareInput(StrictSerializer):
    """A yes to what was looked at; `pictures` are the ids of those let out, all without it."""

    sha256 = serializers.CharField(min_length=64, max_length=64)
    pictures = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=500)


class RefusalInput(StrictSerializer):
    """Why not; those who asked read it."""

    reason = serializers.CharField(max_length=500)


class AskedViewSet(RecordViewSet[Asked]):
    """What other teams ask yours to share: each is answered by the lead of the case."""

    policy = SIGNED_IN
    decides = ("share", "refuse")
    model = Asked
    serializer_class = AskedSerializer
    filterset_class = AskedFilter
    tells_its_kind = False
    relations = ("case",)
    inputs: Any = {"share": ShareInput, "refuse": RefusalInput}

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.filter(kind=RequestKind.DISCLOSURE)

    @extend_schema(request=ShareInput, responses=AskedSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str | None = None) -> Response:
        """Share exactly what was looked at."""
        row, said = self.get_object(), self.read_body(request)
        if "pictures" in said:
            said["pictures"] = [str(key) for key in said["pictures"]]
        return self.show(services.share(row, by=person(request), **said))

    @extend_schema(request=RefusalInput, responses=AskedSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str | None = None) -> Response:
        """Share nothing, with a reason."""
        row, said = self.get_object(), self.read_body(request)
        return self.show(services.refuse_to_share(row, by=person(request), **said))
