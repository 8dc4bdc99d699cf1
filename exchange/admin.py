"""The exchange room in the administration: to be read; what is decided is decided on the pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import DeedAdmin
from core.models import SYSTEM_LOG
from exchange.models import (
    Arrival,
    ArrivedObject,
    ColumnMap,
    FeedHead,
    Step,
    StixVersion,
    TableImport,
    TableImportRow,
    TheirReference,
    Touch,
)


@admin.register(StixVersion)
class StixVersionAdmin(DeedAdmin[StixVersion]):
    """Objects as they left."""

    list_display = ["stix_id", "case", "kind", "modified", "offered_at", "gone_at"]
    list_filter = ["kind"]
    search_fields = ["stix_id", "case__ref"]
    list_select_related = ["case"]


@admin.register(Arrival)
class ArrivalAdmin(DeedAdmin[Arrival]):
    """Bundles that came in."""

    list_display = ["name", "case", "count", "sha256", "received_by", "created_at"]
    search_fields = ["name", "sha256", "case__ref"]
    list_select_related = ["case", "received_by"]


@admin.register(ArrivedObject)
class ArrivedObjectAdmin(DeedAdmin[ArrivedObject]):
    """Objects of bundles that came in."""

    list_display = ["stix_id", "case", "kind", "name", "state", "decided_by"]
    list_filter = ["state", "kind"]
    search_fields = ["stix_id", "name", "case__ref"]
    list_select_related = ["case", "decided_by"]


@admin.register(TableImport)
class TableImportAdmin(DeedAdmin[TableImport]):
    """Tables that were brought in."""

    list_display = ["name", "case", "kind", "state", "created", "changed", "refused"]
    list_filter = ["kind", "state"]
    search_fields = ["name", "sha256", "case__ref"]
    list_select_related = ["case"]


@admin.register(TableImportRow)
class TableImportRowAdmin(DeedAdmin[TableImportRow]):
    """What each of their lines did."""

    list_display = ["number", "table_import", "case", "verdict", "reversal"]
    list_filter = ["verdict"]
    search_fields = ["key", "case__ref"]
    list_select_related = ["case", "table_import"]


@admin.register(TheirReference)
class TheirReferenceAdmin(DeedAdmin[TheirReference]):
    """What our records are called elsewhere."""

    list_display = ["reference", "scheme", "kind", "case"]
    list_filter = ["kind"]
    search_fields = ["reference", "scheme", "case__ref"]
    list_select_related = ["case"]


@admin.register(ColumnMap)
class ColumnMapAdmin(DeedAdmin[ColumnMap]):
    """Maps that people keep."""

    list_display = ["name", "kind", "owner", "agency"]
    list_filter = ["kind"]
    search_fields = ["name", "owner__username"]
    list_select_related = ["owner", "agency"]


class OfNoCaseAdmin(DeedAdmin[Any]):
    """Rows of no case at all, of which there are none: what teams do is theirs to know."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.filter(log=SYSTEM_LOG)
        return rows.order_by("pk")


@admin.register(FeedHead)
class FeedHeadAdmin(OfNoCaseAdmin):
    """How far each case has come."""

    list_display = ["log", "position"]
    search_fields = ["log"]


@admin.register(Step)
class StepAdmin(OfNoCaseAdmin):
    """Transactions that touched a case."""

    list_display = ["log", "position", "at"]
    search_fields = ["log", "batch"]


@admin.register(Touch)
class TouchAdmin(OfNoCaseAdmin):
    """Rows that they touched."""

    list_display = ["kind", "subject", "op"]
    list_filter = ["kind", "op"]
    search_fields = ["kind", "subject"]
