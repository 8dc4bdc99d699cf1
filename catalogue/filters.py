"""By what the REST lists of the reference library can be narrowed."""

from typing import Any

from django_filters import rest_framework as filters

from catalogue.models import (
    ComponentCategory,
    Country,
    Laboratory,
    Maker,
    Term,
    Theatre,
    VariantLink,
    Vocabulary,
    WeaponModel,
)
from core.filters import VisibleFilterSet


class NamedFilterSet(VisibleFilterSet):
    """Narrows by a part of any name, whatever its hyphens, spaces, case and accents."""

    name = filters.CharFilter(method="by_name")

    def by_name(self, rows: Any, _field: str, text: str) -> Any:
        return rows.named(text)


class WeaponModelFilter(NamedFilterSet):
    """?name=samad 3&type=one-way-attack-uav&country=IR&review_status=reviewed"""

    country = filters.CharFilter(method="by_country")

    class Meta:
        model = WeaponModel
        fields = ["type", "nato_class", "propulsion", "review_status", "maker"]

    def by_country(self, rows: Any, _field: str, code: str) -> Any:
        """Designed there, or tied to that country by a source."""
        country = Country.objects.coded([code]).first()
        return rows.tied_to(country) if country else rows.none()


class VariantLinkFilter(VisibleFilterSet):
    """?model=…&other=…&kind=copy-of"""

    class Meta:
        model = VariantLink
        fields = ["model", "other", "kind"]


class LaboratoryFilter(NamedFilterSet):
    """?name=institute&country=IQ&review_status=reviewed"""

    country = filters.CharFilter("country__code")

    class Meta:
        model = Laboratory
        fields = ["review_status"]


class MakerFilter(NamedFilterSet):
    """?name=kestrel&country=IQ&review_status=reviewed"""

    country = filters.CharFilter("country__code")

    class Meta:
        model = Maker
        fields = ["review_status"]


class TheatreFilter(NamedFilterSet):
    """?name=red sea&country=YE&parent=…"""

    country = filters.CharFilter("countries__code")

    class Meta:
        model = Theatre
        fields = ["parent"]


class CountryFilter(NamedFilterSet):
    """?code=YE, or ?name=yemen&continent=AS"""

    class Meta:
        model = Country
        fields = ["code", "iso3", "continent"]


class CategoryFilter(VisibleFilterSet):
    """?code=gyroscope-imu, or ?group=electronics&is_traceable=true"""

    class Meta:
        model = ComponentCategory
        fields = ["code", "group", "is_electronic", "is_traceable", "is_consumer"]


class VocabularyFilter(VisibleFilterSet):
    """?key=…&version=2"""

    class Meta:
        model = Vocabulary
        fields = ["key", "version"]


class TermFilter(VisibleFilterSet):
    """?vocabulary=…&code=…"""

    class Meta:
        model = Term
        fields = ["vocabulary", "code"]
