"""The ledger in the administration: read, search, recompute its seals; and what the signer says."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import DeedAdmin
from core.models import SYSTEM_LOG
from core.scope import system_scope
from ledger.models import Alarm, Checkpoint, Entry, FormerState, Head, SignerKey, Tile, TimeStamp
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


class SignersAdmin(DeedAdmin[Any]):
    """What the signer wrote down; it names chains, and says nothing of what is in them."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        with system_scope("whoever runs the installation sees whether its ledger is signed"):
            rows: QuerySet[Any] = self.model._default_manager.all()
        return rows.order_by(*self.get_ordering(request))


@admin.register(Alarm)
class AlarmAdmin(SignersAdmin):
    """Chains that the signer refuses to sign, and why."""

    list_display = ["log", "reason", "signed_size", "found_size", "since", "last_at", "over_at"]
    list_filter = ["reason", "over_at"]
    search_fields = ["log"]
    ordering = ["-last_at"]


@admin.register(SignerKey)
class SignerKeyAdmin(SignersAdmin):
    """The signer's public keys, and when it last worked."""

    list_display = ["line", "since", "seen_at"]
    search_fields = ["line"]
    ordering = ["-since"]


@admin.register(TimeStamp)
class TimeStampAdmin(SignersAdmin):
    """What the authorities were asked, and answered."""

    list_display = ["authority", "state", "stamped_at", "tries", "next_try_at", "problem"]
    list_filter = ["state", "authority"]
    search_fields = ["authority", "problem"]
    ordering = ["-next_try_at"]
    exclude = ["token"]


@admin.register(Checkpoint)
class CheckpointAdmin(ProgramChainAdmin):
    """The signed checkpoints of the program's own chain."""

    list_display = ["at", "size", "root", "register_index"]
    search_fields = ["root"]
    ordering = ["-size"]


@admin.register(Tile)
class TileAdmin(ProgramChainAdmin):
    """The tree of the program's own chain."""

    list_display = ["log", "level", "index"]
    search_fields = ["log"]
    ordering = ["level", "index"]
    exclude = ["hashes"]


@admin.register(FormerState)
class FormerStateAdmin(DeedAdmin[FormerState]):
    """Those in the program's own chain, such as places of storage; of cases, their pages tell."""

    list_display = ["subject_kind", "subject_id", "entry"]
    list_filter = ["subject_kind"]
    search_fields = ["subject_kind", "subject_id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FormerState]:
        return FormerState.objects.filter(entry__log=SYSTEM_LOG).order_by("-id")
