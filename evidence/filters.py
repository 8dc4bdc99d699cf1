"""By what the REST lists of exhibits, components and files can be narrowed."""

from django_filters import rest_framework as filters

from core.filters import VisibleFilterSet
from evidence.models import Component, File, Item, LabExam, RightOfReply, TraceRequest


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


class LabExamFilter(VisibleFilterSet):
    """?case=…&exhibits=…&laboratory=…&discipline=metallurgy&state=begun"""

    class Meta:
        model = LabExam
        fields = ["case", "exhibits", "laboratory", "discipline", "state", "examiner"]


class TraceRequestFilter(VisibleFilterSet):
    """?case=…&components=…&state=sent&due_before=2026-01-31"""

    due_before = filters.DateFilter("due", lookup_expr="lt")

    class Meta:
        model = TraceRequest
        fields = ["case", "components", "recipient_kind", "state", "owner"]


class RightOfReplyFilter(VisibleFilterSet):
    """?case=…&trace=…&state=offered"""

    class Meta:
        model = RightOfReply
        fields = ["case", "trace", "state"]
