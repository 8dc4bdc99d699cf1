"""REST: countries, and the theatres in which attacks are compared with one another."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.policy import SIGNED_IN
from catalogue.filters import CountryFilter, TheatreFilter
from catalogue.models import Country, Theatre
from core.rest import RecordViewSet
from core.row_serializer import RowSerializer


class CountrySerializer(RowSerializer[Country]):
    """A country or territory by its ISO 3166-1 codes; records name it by `code`."""

    class Meta:
        model = Country
        fields = [
            *("id", "version", "created_at", "updated_at", "code", "iso3", "name", "name_ar"),
            *("continent", "synonyms"),
        ]


class CountryViewSet(RecordViewSet[Country]):
    """Countries, open to everybody who has signed in; listing one implies no recognition."""

    policy = SIGNED_IN
    model = Country
    serializer_class = CountrySerializer
    filterset_class = CountryFilter


class TheatreSerializer(RowSerializer[Theatre]):
    """A theatre, and the countries it spreads over by their two letters."""

    countries: Any = serializers.SlugRelatedField(slug_field="code", read_only=True, many=True)

    class Meta:
        model = Theatre
        fields = [
            *("id", "version", "created_at", "updated_at", "name", "name_ar", "native_name"),
            *("countries", "active_from", "active_to", "parent"),
        ]


class TheatreViewSet(RecordViewSet[Theatre]):
    """Theatres, open to everybody who has signed in."""

    policy = SIGNED_IN
    model = Theatre
    serializer_class = TheatreSerializer
    filterset_class = TheatreFilter

    def get_queryset(self) -> QuerySet[Theatre]:
        """Each with its countries."""
        return super().get_queryset().prefetch_related("countries")
