"""The journal of changes in the administration: it tells of cases, so nobody is shown a row."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import DeedAdmin
from core.models import SYSTEM_LOG
from exchange.models import FeedHead, Step, Touch


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
