"""REST: the makers whose names stand on products."""

from typing import Any

from rest_framework import serializers

from accounts.policy import SIGNED_IN
from catalogue.filters import MakerFilter
from catalogue.models import Maker
from core.rest import RecordViewSet
from core.row_serializer import RowSerializer


class MakerSerializer(RowSerializer[Maker]):
    """A maker, its country by two letters: not who sold or used a product."""

    country: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = Maker
        fields = [
            *("id", "version", "created_at", "updated_at", "name", "aliases", "country"),
            "review_status",
        ]


class MakerViewSet(RecordViewSet[Maker]):
    """Makers, open to everybody who has signed in."""

    policy = SIGNED_IN
    model = Maker
    serializer_class = MakerSerializer
    filterset_class = MakerFilter
    relations = ("country",)
