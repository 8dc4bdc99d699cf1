"""The exercise in the administration: whether it was loaded, and how far it came."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import DeedAdmin
from workspace.models import ExerciseRun


@admin.register(ExerciseRun)
class ExerciseRunAdmin(DeedAdmin[ExerciseRun]):
    """Loadings of the exercise; they belong to no case."""

    list_display = ["created_at", "requested_by", "state", "step", "done", "total"]
    list_filter = ["state"]
    search_fields = ["requested_by__username", "step", "error"]
    list_select_related = ["requested_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExerciseRun]:
        return ExerciseRun.objects.order_by("-id")
