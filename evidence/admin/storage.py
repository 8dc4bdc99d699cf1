"""Storage in the administration: places are edited, what was lent and counted is read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.http import who
from core.admin import DeedAdmin, do_for_each
from evidence import services
from evidence.models import Loan, Sighting, Stocktake, StoragePlace


@admin.register(Loan)
class LoanAdmin(DeedAdmin[Loan]):
    """What is or was with others, by when it is back, and on what ground it left."""

    list_display = ["item", "way", "party", "country", "due", "out_at", "back_at", "asked_by"]
    list_filter = ["way", "country"]
    search_fields = ["party", "legal_basis", "item__exhibit_no", "case__ref"]
    list_select_related = ["item", "country", "asked_by"]


@admin.register(Stocktake)
class StocktakeAdmin(DeedAdmin[Stocktake]):
    """Inventory checks: their counts, and nothing of what was counted."""

    list_display = ["place", "started_by", "created_at", "finished_at", "present", "missing"]
    list_filter = ["finished_at"]
    search_fields = ["place__name", "started_by__username"]
    list_select_related = ["place__parent__parent", "started_by"]
    exclude = ["unnamed"]


@admin.register(Sighting)
class SightingAdmin(DeedAdmin[Sighting]):
    """What became of each exhibit in an inventory check."""

    list_display = ["item", "stocktake", "verdict", "seen_by", "created_at"]
    list_filter = ["verdict"]
    search_fields = ["item__exhibit_no", "stocktake__place__name"]
    list_select_related = ["item", "stocktake__place__parent__parent", "seen_by"]


@admin.register(StoragePlace)
class StoragePlaceAdmin(admin.ModelAdmin[StoragePlace]):
    """Sites, rooms, shelves and boxes; what hangs on their content is changed on their pages."""

    list_display = ["name", "kind", "parent", "agency", "capacity", "licensed_for_explosives"]
    list_filter = ["agency", "kind", "licensed_for_explosives"]
    search_fields = ["name", "parent__name", "agency__short_name"]
    list_select_related = ["agency", "parent"]
    actions = ["close"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoragePlace]:
        return StoragePlace.objects.visible_to(who(request)).with_path().order_by("name", "id")

    def get_readonly_fields(
        self, request: HttpRequest, obj: StoragePlace | None = None
    ) -> list[str]:
        settled = ["agency", "parent", "capacity", "licensed_for_explosives"]
        return settled if obj else []

    def save_model(self, request: HttpRequest, obj: StoragePlace, form: Any, change: bool) -> None:
        services.keep_place(obj, by=who(request), fields=form.changed_data)

    @admin.action(description=gettext_lazy("Close the selected places"))
    def close(self, request: HttpRequest, queryset: QuerySet[StoragePlace]) -> None:
        why = _("Closed by an administrator.")
        do_for_each(
            self,
            request,
            queryset,
            lambda row: services.retire_place(row, by=who(request), reason=why),
        )

    def has_delete_permission(self, request: HttpRequest, obj: StoragePlace | None = None) -> bool:
        return False
