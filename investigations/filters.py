"""By what the REST lists of cases and incidents can be narrowed."""

from django_filters import rest_framework as filters

from core.filters import VisibleFilterSet
from investigations.models import Case, Incident, Site


class CaseFilter(VisibleFilterSet):
    """?status=open&created_after=2026-01-01"""

    created_after = filters.IsoDateTimeFilter("created_at", lookup_expr="gte")

    class Meta:
        model = Case
        fields = ["ref", "status", "stage", "outcome", "tlp"]


class IncidentFilter(VisibleFilterSet):
    """?case=…&theatre=…&occurred_after=…&attack_mode=…"""

    occurred_after = filters.IsoDateTimeFilter("occurred_from", lookup_expr="gte")
    occurred_before = filters.IsoDateTimeFilter("occurred_from", lookup_expr="lt")

    class Meta:
        model = Incident
        fields = ["case", "theatre", "country", "attack_mode", "status", "weapon_model"]


class SiteFilter(VisibleFilterSet):
    """?case=…&incident=…&kind=impact"""

    class Meta:
        model = Site
        fields = ["case", "incident", "kind", "safe_status"]
