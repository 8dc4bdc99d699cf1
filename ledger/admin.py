"""The ledger in the administration: read, search, and recompute its seals."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import DeedAdmin
from core.models import SYSTEM_LOG
from ledger.models import Entry, Head
from ledger.verification import verify


class ProgramChainAdmin(DeedAdmin[Any]):
    """Only the program's own chain: the chains of cases are read by their teams, on the pages."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.filter(log=SYSTEM_LOG)
        return rows.order_by(*self.ordering) if self.ordering else rows


@admin.register(Entry)
class EntryAdmin(ProgramChainAdmin):
    """Lines about accounts, agencies, keys and the catalogue."""

    list_display = ["position", "at", "actor", "act", "subject_kind", "short_seal"]
    list_filter = ["act", "subject_kind"]
    search_fields = ["act", "subject_id", "seal", "actor__username"]
    list_select_related = ["actor"]
    ordering = ["-position"]
    date_hierarchy = "at"

    @admin.display(description=gettext_lazy("seal"))
    def short_seal(self, entry: Entry) -> str:
        return entry.seal[:16]


@admin.register(Head)
class HeadAdmin(ProgramChainAdmin):
    """How long the chain is, and whether its seals hold."""

    list_display = ["log", "position", "seal"]
    search_fields = ["log", "seal"]
    ordering = ["log"]
    actions = ["check_seals"]

    @admin.action(description=gettext_lazy("Recompute every seal of the selected chains"))
    def check_seals(self, request: HttpRequest, queryset: QuerySet[Head]) -> None:
        for head in queryset:
            verdict = verify(head.log)
            for flaw in verdict.flaws:
                told = _("Line %(position)d: %(reason)s")
                words = {"position": flaw.position, "reason": flaw.reason}
                self.message_user(request, told % words, messages.ERROR)
            if not verdict.flaws:
                told = _("%(lines)d lines read: every seal holds.")
                self.message_user(request, told % {"lines": verdict.entries}, messages.SUCCESS)
