"""By what the REST list of comparisons can be narrowed."""

from uuid import UUID

from django.db.models import Q
from django_filters import rest_framework as filters

from comparison.models import Link
from comparison.models.link import LinkQuerySet


class LinkFilter(filters.FilterSet):
    """?state=proposed&band=strong&cross_theatre=true&component=…&case=…"""

    component = filters.UUIDFilter(method="of_component")
    case = filters.UUIDFilter(method="of_case")

    class Meta:
        model = Link
        fields = ["state", "band", "outcome", "cross_theatre"]

    def of_component(self, rows: LinkQuerySet, name: str, value: UUID) -> LinkQuerySet:
        return rows.filter(Q(left=value) | Q(right=value))

    def of_case(self, rows: LinkQuerySet, name: str, value: UUID) -> LinkQuerySet:
        return rows.filter(Q(case=value) | Q(other_case=value))
