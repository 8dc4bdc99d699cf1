"""REST: what is claimed of each fact, side by side, and from how many independent origins."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.models.claim_words import Fact
from investigations.models import Case


class SideSerializer(serializers.Serializer[Any]):
    """Claims, by id, that say the same of a fact; `origins` counts what shares one origin once."""

    denies = serializers.BooleanField()
    says = serializers.CharField()
    origins = serializers.IntegerField(min_value=0)
    claims = serializers.SerializerMethodField()

    def get_claims(self, side: Any) -> list[str]:
        return [str(one.pk) for one in side.claims]


class ClaimAccountSerializer(serializers.Serializer[Any]):
    """All that is claimed of one fact of one thing, the side with most origins first."""

    about_kind = serializers.CharField(source="subject._meta.model_name")
    about = serializers.UUIDField(source="subject.pk")
    fact = serializers.ChoiceField(choices=Fact.choices)
    is_contested = serializers.BooleanField()
    origins = serializers.IntegerField(min_value=0)
    sides: Any = SideSerializer(many=True)


class CaseAccountsSerializer(serializers.Serializer[Any]):
    """Facts with what is claimed of them: no side is true for having more origins.

    `contradictions` are pairs of claims that cannot both be true; `unconfirmed` are graded as
    confirmed by others although no second origin says the same; `taken_back` were retracted.
    """

    accounts: Any = ClaimAccountSerializer(many=True)
    contradictions = serializers.ListField(
        child=serializers.ListField(child=serializers.UUIDField())
    )
    unconfirmed = serializers.ListField(child=serializers.UUIDField())
    taken_back = serializers.ListField(child=serializers.UUIDField())


class ClaimAccountViewSet(GenericViewSet[Case]):
    """The standing claims of a case weighed against each other, as far as you may read them."""

    policy = SIGNED_IN
    serializer_class = CaseAccountsSerializer
    queryset = Case.objects.none()

    @extend_schema(responses=CaseAccountsSerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """What is claimed in this case, fact by fact, and what conflicts."""
        reader = person(request)
        case = get_object_or_404(Case.objects.visible_to(reader), pk=pk)
        weighed = services.weigh(case, reader)
        claims = weighed.claims.values()
        told = {
            "accounts": weighed.accounts(claims),
            "contradictions": sorted(sorted(pair) for pair in weighed.pairs),
            "unconfirmed": [one.pk for one in claims if weighed.lacks_confirmation(one)],
            "taken_back": sorted(weighed.withdrawn),
        }
        return Response(CaseAccountsSerializer(told).data)
