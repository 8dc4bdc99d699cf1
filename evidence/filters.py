"""By what the REST lists of exhibits, components and files can be narrowed."""

from django_filters import rest_framework as filters

from core.filters import VisibleFilterSet
from evidence.models import Component, File, Item


class ItemFilter(VisibleFilterSet):
    """?case=…&incident=…&kind=gyroscope-imu&status=stored&holder=…"""

    logged_after = filters.IsoDateTimeFilter("created_at", lookup_expr="gte")

    class Meta:
        model = Item
        fields = ["case", "incident", "site", "parent", "kind", "status", "holder", "exhibit_no"]


class ComponentFilter(VisibleFilterSet):
    """?case=…&item=…&category=…&part_number=…"""

    class Meta:
        model = Component
        fields = ["case", "item", "category", "maker", "part_number", "serial_number", "lot_code"]


class FileFilter(VisibleFilterSet):
    """?case=…&item=…&state=waiting&sha256=…"""

    class Meta:
        model = File
        fields = ["case", "item", "state", "sha256"]
