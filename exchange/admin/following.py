"""Whose programs follow the feed: how far behind each is, and making it begin anew."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from accounts.http import who
from core.admin import do_for_each
from exchange import services
from exchange.admin.sharing import OfAdministratorsAdmin
from exchange.models import Follower


@admin.register(Follower)
class FollowerAdmin(OfAdministratorsAdmin):
    """Clients of the feed; of which cases they were told, and how far, is nobody else's to know."""

    list_display = [
        *("user", "agency", "token", "only", "is_narrowed"),
        *("asked_at", "told_at", "lag", "anew_at"),
    ]
    list_filter = ["user__agency", "asked_at", "told_at"]
    search_fields = ["user__username", "token__name", "token__prefix", "user__agency__short_name"]
    list_select_related = ["user__agency", "token"]
    fields = readonly_fields = (
        *("user", "token", "kinds", "is_narrowed", "asked_at", "told_at", "anew_at"),
    )
    actions = ["begin_anew"]

    @admin.display(description=_("agency"))
    def agency(self, follower: Any) -> str:
        return str(follower.user.agency or "")

    @admin.display(description=_("only these kinds"))
    def only(self, follower: Any) -> str:
        return ", ".join(follower.kinds)

    @admin.display(description=_("time since it was told all"))
    def lag(self, follower: Any) -> str:
        return timesince(follower.told_at) if follower.told_at else ""

    @admin.action(description=_("Begin anew: end its cursors, so that it makes a snapshot"))
    def begin_anew(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        by = who(request)
        do_for_each(self, request, queryset, lambda row: services.require_snapshot(row, by=by))
