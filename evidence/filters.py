"""By what the REST lists of evidence can be narrowed."""

from typing import Any

from django_filters import rest_framework as filters

from core.filters import VisibleFilterSet
from evidence.models import (
    Capture,
    Caveat,
    Component,
    Deliverable,
    Deployment,
    Establishment,
    File,
    Item,
    LabExam,
    Loan,
    Marking,
    Proposal,
    Redaction,
    RightOfReply,
    Stocktake,
    StoragePlace,
    TraceRequest,
    Upload,
    WeaponInstance,
)


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
    """?case=…&item=…&state=waiting&sha256=…&graphic_content=true"""

    class Meta:
        model = File
        fields = ["case", "item", "state", "sha256", "graphic_content"]


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


class MarkingFilter(VisibleFilterSet):
    """?case=…&component=…&photo=…&kind=serial&transcription=single-read"""

    class Meta:
        model = Marking
        fields = ["case", "component", "photo", "kind", "state", "transcription"]


class ProposalFilter(VisibleFilterSet):
    """?case=…&file=…&kind=ocr&standing=true"""

    standing = filters.BooleanFilter("withdrawn_at", lookup_expr="isnull")

    class Meta:
        model = Proposal
        fields = ["case", "file", "kind"]


class EstablishmentFilter(VisibleFilterSet):
    """?case=…&file=…&what=time&state=proposed"""

    class Meta:
        model = Establishment
        fields = ["case", "file", "what", "state"]


class RedactionFilter(VisibleFilterSet):
    """?case=…&file=…&state=drawn"""

    class Meta:
        model = Redaction
        fields = ["case", "file", "state"]


class LoanFilter(VisibleFilterSet):
    """?case=…&item=…&due_before=2026-01-31&out=true"""

    due_before = filters.DateFilter("due", lookup_expr="lt")
    out = filters.BooleanFilter(method="by_place")

    class Meta:
        model = Loan
        fields = ["case", "item", "way"]

    def by_place(self, rows: Any, _name: str, wanted: bool) -> Any:
        """Those out with others now, or all the rest."""
        return rows.out() if wanted else rows.exclude(pk__in=rows.out().values("pk"))


class WeaponInstanceFilter(VisibleFilterSet):
    """?case=…&incident=…&exhibits=…&model=…"""

    class Meta:
        model = WeaponInstance
        fields = ["case", "incident", "exhibits", "model", "type", "propulsion"]


class CaveatFilter(VisibleFilterSet):
    """?case=…&item=…&kind=originator-control&standing=true"""

    standing = filters.BooleanFilter("lifted_at", lookup_expr="isnull")

    class Meta:
        model = Caveat
        fields = ["case", "item", "kind"]


class DeploymentFilter(VisibleFilterSet):
    """?case=…&offer=…&exhibits=…"""

    class Meta:
        model = Deployment
        fields = ["case", "offer", "exhibits"]


class DeliverableFilter(VisibleFilterSet):
    """?case=…&offer=…&due_before=2026-01-31&outstanding=true"""

    due_before = filters.DateFilter("due", lookup_expr="lt")
    outstanding = filters.BooleanFilter("received_on", lookup_expr="isnull")

    class Meta:
        model = Deliverable
        fields = ["case", "offer"]


class CaptureFilter(VisibleFilterSet):
    """?case=…&incident=…&item=…&key=…"""

    class Meta:
        model = Capture
        fields = ["case", "incident", "item", "key"]


class UploadFilter(VisibleFilterSet):
    """?case=…&item=…"""

    class Meta:
        model = Upload
        fields = ["case", "item"]


class PlaceFilter(VisibleFilterSet):
    """?parent=…&kind=room"""

    class Meta:
        model = StoragePlace
        fields = ["parent", "kind"]


class StocktakeFilter(VisibleFilterSet):
    """?place=…"""

    class Meta:
        model = Stocktake
        fields = ["place"]
