"""REST: weapons that were found, and what was observed of them."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue.models import WeaponModel
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import WeaponInstanceFilter
from evidence.models import Item, WeaponInstance
from investigations.models import Incident

OBSERVED = list(services.WeaponObserved.__annotations__)


class WeaponInstanceSerializer(RowSerializer[WeaponInstance]):
    """A weapon as it is shown, with those of its exhibits that may be seen."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = WeaponInstance
        fields = [
            *("id", "case", "incident", "ref", "version", "created_at", "handling"),
            *("exhibits", *OBSERVED),
        ]


class WeaponInstanceInput(StrictSerializer, RowSerializer[WeaponInstance]):
    """What describes a weapon."""

    incident = VisibleField(queryset=Incident.objects.all())
    exhibits = VisibleField(queryset=Item.objects.all(), many=True, required=False)
    model = serializers.PrimaryKeyRelatedField(
        queryset=WeaponModel.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = WeaponInstance
        fields = ["incident", "exhibits", *OBSERVED]
        validators = ()


class WeaponInstanceChanges(WeaponInstanceInput):
    """What may be said otherwise of a weapon; it stays with its incident."""

    incident: Any = None

    class Meta(WeaponInstanceInput.Meta):
        fields = ["exhibits", *OBSERVED]


class WeaponInstanceViewSet(BulkDoor[WeaponInstance]):
    """Weapons that were found in the incidents that you work on."""

    policy = SIGNED_IN
    model = WeaponInstance
    serializer_class = WeaponInstanceSerializer
    filterset_class = WeaponInstanceFilter
    relations = ("case",)
    inputs = {"create": WeaponInstanceInput, "partial_update": WeaponInstanceChanges}

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        seen = Item.objects.visible_to(person(self.request)).order_by("exhibit_no")
        return rows.prefetch_related(Prefetch("exhibits", seen))

    @extend_schema(request=WeaponInstanceInput, responses={201: WeaponInstanceSerializer})
    def create(self, request: Request) -> Response:
        """Describe a weapon of an incident."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> WeaponInstance:
        return services.enter_weapon(facts.pop("incident"), by=person(self.request), **facts)

    @extend_schema(request=WeaponInstanceChanges, responses=WeaponInstanceSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Amend the weapon as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_weapon)
