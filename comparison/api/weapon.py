"""REST: weapons held against each other and against the catalogue."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from comparison.http import key_asked
from comparison.services.similar_model import rank_for
from comparison.services.weapon_set import against, relatives
from evidence.models import Component, WeaponInstance
from evidence.models.weapon_instance import components_of

OTHER = [OpenApiParameter("other", str, required=True)]


class SaidSerializer(serializers.Serializer[Any]):
    """What one date code says; `excluded` is why it says nothing."""

    component = serializers.UUIDField(source="reading.component_id")
    not_before = serializers.DateField(source="statement.not_before", allow_null=True)
    excluded = serializers.CharField(source="statement.excluded")
    bears_it = serializers.BooleanField()


class AgeSerializer(serializers.Serializer[Any]):
    """The day before which it cannot have been finished; a later reading gives the other day."""

    not_before = serializers.DateField(source="terminus.not_before", allow_null=True)
    at_latest_reading = serializers.DateField(source="terminus.at_latest_reading", allow_null=True)
    date_codes: Any = SaidSerializer(many=True, source="said")


@extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
class ComparisonsField(serializers.ListField):
    """Comparisons by their ids."""

    def to_representation(self, links: Any) -> list[str]:
        return [str(link.pk) for link in links]


class RelationSerializer(serializers.Serializer[Any]):
    """How two sets are linked: in words, and by which comparisons."""

    other = serializers.UUIDField(source="other.pk", default=None)
    sentence = serializers.CharField()
    proposals = serializers.CharField(source="proposals_sentence")
    breadth = serializers.IntegerField(source="linked.confirmed.breadth")
    confirmed: Any = ComparisonsField()
    proposed: Any = ComparisonsField()
    weightless: Any = ComparisonsField()


class RelativesSerializer(serializers.Serializer[Any]):
    """The weapons that one links to, the strongest first, and its own age."""

    age = AgeSerializer()
    relations: Any = RelationSerializer(many=True)


class PairSerializer(serializers.Serializer[Any]):
    """Two weapons: how they are linked, and the age of either."""

    relation = RelationSerializer()
    ages = serializers.SerializerMethodField()

    def get_ages(self, pair: Any) -> list[dict[str, Any]]:
        return [dict(AgeSerializer(side.age).data) for side in pair.sides]


class CellSerializer(serializers.Serializer[Any]):
    """How one observation stands to a model: agree, differ or not-recorded."""

    feature = serializers.CharField()
    stand = serializers.CharField()
    seen = serializers.CharField()
    known = serializers.CharField()


class CandidateSerializer(serializers.Serializer[Any]):
    """A model that fits in something; one nobody reviewed says so."""

    model = serializers.UUIDField(source="model.pk")
    name = serializers.CharField(source="model.name")
    review_status = serializers.CharField(source="model.review_status")
    features: Any = CellSerializer(many=True, source="cells")


class NextSerializer(serializers.Serializer[Any]):
    """A feature to find out next, and how many pairs of the first models it tells apart."""

    feature = serializers.CharField()
    told_apart = serializers.IntegerField()
    pairs = serializers.IntegerField()


class RankingSerializer(serializers.Serializer[Any]):
    """Models of the catalogue in the order in which they fit."""

    candidates: Any = CandidateSerializer(many=True)
    next: Any = NextSerializer(many=True)


class WeaponComparisonViewSet(GenericViewSet[WeaponInstance]):
    """What comparison says of a weapon, named by its id."""

    policy = SIGNED_IN
    serializer_class = RelativesSerializer
    queryset = WeaponInstance.objects.none()

    def weapon(self, request: Request, pk: object) -> WeaponInstance:
        """The weapon, if the asking person may see it."""
        rows = WeaponInstance.objects.visible_to(person(request)).with_lists()
        return get_object_or_404(rows, pk=pk)

    @extend_schema(responses=RelativesSerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """The weapons it links to, and before which day it cannot have been finished."""
        found = relatives(self.weapon(request, pk), person(request))
        return Response(RelativesSerializer(found).data)

    @extend_schema(parameters=OTHER, responses=PairSerializer)
    @action(detail=True)
    def against(self, request: Request, pk: str | None = None) -> Response:
        """Held against ?other=…"""
        weapon, other = self.weapon(request, pk), self.weapon(request, key_asked(request))
        return Response(PairSerializer(against(weapon, other, person(request))).data)

    @extend_schema(responses=RankingSerializer)
    @action(detail=True)
    def models(self, request: Request, pk: str | None = None) -> Response:
        """The weapon models of the catalogue that fit it."""
        weapon = self.weapon(request, pk)
        components = components_of(weapon, Component.objects.visible_to(person(request)))
        return Response(RankingSerializer(rank_for(weapon, components)).data)
