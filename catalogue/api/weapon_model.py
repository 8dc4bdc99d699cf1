"""REST: types of weapons as the library knows them, and how they relate; never who used one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from catalogue import services
from catalogue.filters import VariantLinkFilter, WeaponModelFilter
from catalogue.models import QUANTITIES, Country, Maker, VariantLink, WeaponModel
from core.rest import RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer

WEAPON_FACTS = list(services.WeaponFacts.__annotations__)
FIGURES = [f"{quantity.name}_{end}" for quantity in QUANTITIES for end in ("min", "max")]


class WeaponModelSerializer(RowSerializer[WeaponModel]):
    """A type of weapon, countries by two letters.

    Every figure is a range in the unit that its name ends with; `as_stated` keeps the source's own
    words. `design_country` is where it was designed: not where one was made, nor who used it.
    """

    design_country: Any = serializers.SlugRelatedField(
        slug_field="code", read_only=True, allow_null=True
    )
    roles: Any = serializers.ListField(child=serializers.CharField(), read_only=True)
    guidance: Any = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = WeaponModel
        fields = [
            *("id", "version", "created_at", "updated_at", "name", "review_status"),
            *(*WEAPON_FACTS, "stated_countries", "maker_as_stated", "eu_class", "roles"),
            *("guidance", "can_be_armed", *FIGURES, "as_stated", "stated_operators", "source"),
        ]


class WeaponModelInput(StrictSerializer, RowSerializer[WeaponModel]):
    """A type that the library lacks; its figures follow when it is reviewed."""

    design_country = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), required=False, allow_null=True
    )
    maker = serializers.PrimaryKeyRelatedField(
        queryset=Maker.objects.all(), required=False, allow_null=True
    )
    references = serializers.ListField(
        child=serializers.URLField(max_length=500), required=False, help_text="Web addresses."
    )

    class Meta:
        model = WeaponModel
        fields = ["name", *WEAPON_FACTS]


class WeaponReviewInput(StrictSerializer):
    """The version that was checked."""

    version = serializers.IntegerField(min_value=1)


class WeaponModelViewSet(RecordViewSet[WeaponModel]):
    """The library of weapon models, open to everybody who has signed in."""

    policy = SIGNED_IN
    decides = ("review",)
    model = WeaponModel
    serializer_class = WeaponModelSerializer
    filterset_class = WeaponModelFilter
    relations = ("design_country",)
    inputs = {"create": WeaponModelInput, "review": WeaponReviewInput}

    @extend_schema(request=WeaponModelInput, responses={201: WeaponModelSerializer})
    def create(self, request: Request) -> Response:
        """Enter a model; it waits for somebody to check it."""
        facts = self.read_body(request)
        return self.show(services.enter_weapon_model(by=person(request), **facts), status=201)

    @extend_schema(request=WeaponReviewInput, responses=WeaponModelSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str | None = None) -> Response:
        """Say that you have checked this very version; data files no longer change it."""
        model, asked = self.get_object(), self.read_body(request)
        return self.show(services.review_weapon_model(model, by=person(request), **asked))


class VariantLinkSerializer(RowSerializer[VariantLink]):
    """That `model` is like, copied from or derived from `other`, and who says so."""

    class Meta:
        model = VariantLink
        fields = ["id", "created_at", "model", "kind", "other", "source", "stated_on"]


class VariantLinkViewSet(RecordViewSet[VariantLink]):
    """How weapon models relate to one another."""

    policy = SIGNED_IN
    model = VariantLink
    serializer_class = VariantLinkSerializer
    filterset_class = VariantLinkFilter
