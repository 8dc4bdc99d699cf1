"""Other installations in the admin: who they are, what was sent to them and what came from them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.http import who
from core.admin import DeedAdmin, do_for_each
from exchange import services
from exchange.models import DeliveredRecord, Heard, OwnKey, Peer


class OfNoCaseAtAllAdmin(DeedAdmin[Any]):
    """Rows about installations, which every administrator sees on the pages of peers, too."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.order_by("-pk")
        return rows


class ReasonedActionForm(ActionForm):
    """What is to be done with the selected rows, and why."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=500)


@admin.register(Peer)
class PeerAdmin(DeedAdmin[Peer]):
    """Other installations: stopped and let go on here or on their pages, where they are paired."""

    list_display = [
        *("name", "agency", "ours", "address", "state", "up_to", "trouble"),
        *("agreed_at", "theirs_at", "stopped_by", "why_stopped"),
    ]
    list_filter = ["state"]
    search_fields = ["name", "address", "agency__name"]
    list_select_related = ["agency", "ours", "stopped_by"]
    action_form = ReasonedActionForm
    actions = ["suspend", "resume", "withdraw_key", "ask_again"]

    @admin.action(description=_("Suspend: let nothing pass for the time being (say why)"))
    def suspend(self, request: HttpRequest, queryset: QuerySet[Peer]) -> None:
        by, reason = who(request), request.POST.get("reason", "")
        do_for_each(
            self, request, queryset, lambda row: services.suspend_peer(row, by=by, reason=reason)
        )

    @admin.action(description=_("Resume what another administrator suspended"))
    def resume(self, request: HttpRequest, queryset: QuerySet[Peer]) -> None:
        by = who(request)
        do_for_each(self, request, queryset, lambda row: services.resume_peer(row, by=by))

    @admin.action(description=_("Withdraw the trust in its key for good (say why)"))
    def withdraw_key(self, request: HttpRequest, queryset: QuerySet[Peer]) -> None:
        by, reason = who(request), request.POST.get("reason", "")
        do_for_each(
            self, request, queryset, lambda row: services.revoke_peer(row, by=by, reason=reason)
        )

    @admin.action(description=_("Speak to it again"))
    def ask_again(self, request: HttpRequest, queryset: QuerySet[Peer]) -> None:
        by = who(request)
        do_for_each(self, request, queryset, lambda row: services.ask_for_key(row, by=by))


@admin.register(OwnKey)
class OwnKeyAdmin(OfNoCaseAtAllAdmin):
    """The public halves of our keys; the secret ones are not to be seen anywhere."""

    list_display = ["line", "made_by", "created_at"]
    search_fields = ["line"]
    fields = readonly_fields = ("line", "made_by")


@admin.register(Heard)
class HeardAdmin(OfNoCaseAtAllAdmin):
    """Messages of peers that counted."""

    list_display = ["peer", "sequence", "purpose", "created_at"]
    list_filter = ["purpose"]
    search_fields = ["peer__name", "nonce"]
    list_select_related = ["peer"]


@admin.register(DeliveredRecord)
class DeliveredRecordAdmin(DeedAdmin[DeliveredRecord]):
    """Records that came from peers, and what became of each."""

    list_display = ["origin_ref", "case", "kind", "state", "decided_by", "recalled_at"]
    list_filter = ["kind", "state"]
    search_fields = ["origin_ref", "digest", "case__ref"]
    list_select_related = ["case", "decided_by"]
