"""By what the REST list of a case's activity can be narrowed."""

from django_filters import rest_framework as filters

from ledger.models import Entry


class ActivityFilter(filters.FilterSet):
    """?act=evidence.item_logged&actor=…&subject=…&since=2026-01-31T00:00:00Z"""

    act = filters.CharFilter()
    actor = filters.UUIDFilter("actor_id")
    subject = filters.UUIDFilter("subject_id")
    since = filters.IsoDateTimeFilter("at", lookup_expr="gte")

    class Meta:
        model = Entry
        fields: list[str] = []
