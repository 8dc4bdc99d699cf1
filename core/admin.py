"""How rows that change only by deeds look in the administration: to be read, searched, acted on."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import jobs
from core.errors import Refused
from core.models import Job, Once

Row = TypeVar("Row", bound=models.Model)


class DeedAdmin(admin.ModelAdmin[Row]):
    """Read-only, and only what the person may see on the pages too; actions call services."""

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        rows: Any = self.model._default_manager.all()
        rows = rows.visible_to(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows  # type: ignore[no-any-return]

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


def do_for_each(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    rows: Iterable[Row],
    deed: Callable[[Row], object],
    *,
    called: Callable[[Row], object] = str,
) -> int:
    """Do one deed for every selected row; a refusal is told and the rest goes on.

    `called` says what a row is called where it is refused.
    """
    done = 0
    for row in rows:
        try:
            deed(row)
            done += 1
        except (Refused, PermissionDenied) as refusal:
            model_admin.message_user(request, f"{called(row)}: {refusal}", messages.ERROR)
    told = ngettext("%(done)d row done.", "%(done)d rows done.", done) % {"done": done}
    model_admin.message_user(request, told, messages.SUCCESS if done else messages.WARNING)
    return done


@admin.register(Job)
class JobAdmin(DeedAdmin[Job]):
    """Work that is owed or was done; it names tasks and rows, and nothing of any case."""

    list_display = ["task", "row", "state", "attempt", "failures", "last_error", "finished_at"]
    list_filter = ["state", "task"]
    search_fields = ["task", "row", "last_error"]
    actions = ["try_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return Job.objects.order_by("-id")

    @admin.action(description=_("Try again what has failed"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        do_for_each(self, request, queryset, jobs.try_again)


@admin.register(Once)
class OnceAdmin(DeedAdmin[Once]):
    """Requests that carried a key; of their answers only where they are found."""

    list_display = ["user", "status", "subject", "created_at"]
    list_filter = ["status"]
    search_fields = ["user__username", "subject"]
    list_select_related = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Once]:
        return Once.objects.order_by("-id")
