"""Work of cases as administrators see it: how far each has come, and nothing of what it holds."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.http import who
from core.admin import DeedAdmin, do_for_each
from core.models import Job
from core.scope import asked_by_the_system, system_scope
from exchange import services
from exchange.models import Delivery, Shipment, TableImport
from exchange.services.delivery import VERIFY
from exchange.services.shipment import SEND
from exchange.services.table_import import WORK

WHY = "administrators look after work by its state, and see nothing of the case"
ASKED_BY_FILTERS = ("", "exact", "in", "isnull", "id__exact", "pk__exact")
TOGGLE = getattr(admin.ModelAdmin.action_checkbox, "short_description", "")


class Nameless:
    """A row that says nothing of itself but its key: what it is called may be content."""

    def __init__(self, pk: UUID) -> None:
        self.pk = pk

    def __str__(self) -> str:
        return str(self.pk)


class StatesAloneAdmin(DeedAdmin[Any]):
    """Rows of cases: administrators see those of all cases, by `states` alone, and act on them.

    Only the columns named in `states` and `beside` are read for them, and nothing else can be
    searched, filtered or sorted by. Others on the staff see the rows of their own cases, whole.
    """

    states: ClassVar[list[str]]
    beside: ClassVar[list[str]] = []
    related: ClassVar[list[str]] = []
    states_filter: ClassVar[list[str]] = []
    states_search: ClassVar[list[str]] = []
    task = ""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        if not who(request).is_superuser:
            return super().changelist_view(request, extra_context)
        with system_scope(WHY):
            answer: Any = super().changelist_view(request, extra_context)
            return answer.render() if hasattr(answer, "render") else answer

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        if not sees_states_alone():
            return super().get_queryset(request)
        rows: Any = self.model._default_manager.order_by("-pk")
        jobs = Job.objects.of(self.task).filter(row=OuterRef("pk"))
        named = [name for name in self.states if name not in ("key", "work", "agency")]
        rows = rows.annotate(job=Subquery(jobs.values("state")[:1]))
        found: QuerySet[Any] = rows.only("pk", *named, *self.beside)
        return found

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.states if sees_states_alone() else self.list_display

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        if sees_states_alone():
            return None
        return super().get_list_display_links(request, list_display)

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.states_filter if sees_states_alone() else self.list_filter

    def get_list_select_related(self, request: HttpRequest) -> Any:
        return self.related if sees_states_alone() else self.list_select_related

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self.states_search if sees_states_alone() else self.search_fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No question by the address either, beyond the filters that are shown.

        What is no column at all is answered as on every other list: by the list without it.
        """
        if request is None or sees_states_alone():
            name, _sign, rest = lookup.partition("__")
            if request and name not in columns_of(self.model):
                raise IncorrectLookupParameters
            return name in self.states_filter and rest in ASKED_BY_FILTERS
        return super().lookup_allowed(lookup, value, request)

    def get_actions(self, request: HttpRequest) -> Any:
        return super().get_actions(request) if sees_states_alone() else {}

    @admin.display(description=TOGGLE)
    def action_checkbox(self, obj: Model) -> SafeString:
        return super().action_checkbox(Nameless(obj.pk))

    @admin.display(description=_("identifier"))
    def key(self, row: Any) -> str:
        return str(row.pk)

    @admin.display(description=_("worker"))
    def work(self, row: Any) -> str:
        """What became of the job that does it, if there is one."""
        return str(Job.State(row.job).label) if row.job else ""

    def act(self, request: HttpRequest, rows: QuerySet[Any], deed: Callable[..., object]) -> None:
        """Do one deed for each selected row; a refusal names the row by its key alone."""
        by = who(request)
        do_for_each(self, request, rows, lambda row: deed(row, by=by), called=lambda row: row.pk)


def columns_of(model: type[Model]) -> set[str]:
    """Everything by which rows of a table could be asked for."""
    columns = model._meta.get_fields()
    return {
        "pk",
        *(column.name for column in columns),
        *(getattr(c, "attname", "") for c in columns),
    }


def sees_states_alone() -> bool:
    """True while a list is made for an administrator: rows of all cases, and little of each."""
    return asked_by_the_system()


@admin.register(Shipment)
class ShipmentAdmin(StatesAloneAdmin):
    """What was sent to peers."""

    list_display = ["peer", "case", "state", "asked_by", "sent_at", "recalled_at"]
    list_filter = ["state"]
    search_fields = ["peer__name", "case__ref", "sha256"]
    list_select_related = ["peer", "case", "asked_by"]
    states = [
        *("key", "peer", "agency", "asked_by", "state", "work", "size"),
        *("created_at", "sent_at", "recalled_at"),
    ]
    related = ["peer__agency", "asked_by"]
    states_filter = ["state", "peer"]
    states_search = ["peer__name", "asked_by__username"]
    task = SEND
    actions = ["try_again", "stop"]

    @admin.display(description=_("agency it stands for"))
    def agency(self, shipment: Any) -> str:
        return str(shipment.peer.agency)

    @admin.action(description=_("Try again: send it, or tell of its recall"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act(request, queryset, services.try_shipment_again)

    @admin.action(description=_("Stop what is on its way"))
    def stop(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act(request, queryset, services.stop_shipment)


@admin.register(Delivery)
class DeliveryAdmin(StatesAloneAdmin):
    """What came from peers."""

    list_display = [
        *("peer", "origin_ref", "state", "fixity", "exit_code", "created_at", "recalled_at")
    ]
    list_filter = ["fixity", "state"]
    search_fields = ["peer__name", "origin_ref", "sha256"]
    list_select_related = ["peer"]
    states = [
        *("key", "peer", "agency", "state", "work", "size", "exit_code", "fixity"),
        *("created_at", "verified_at", "taken_at", "recalled_at"),
    ]
    related = ["peer__ours"]
    states_filter = ["state", "fixity", "peer"]
    states_search = ["peer__name"]
    task = VERIFY
    actions = ["try_again"]

    @admin.display(description=_("agency of ours that is paired"))
    def agency(self, delivery: Any) -> str:
        return str(delivery.peer.ours)

    @admin.action(description=_("Try again: verify it"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act(request, queryset, services.try_verifying_again)


@admin.register(TableImport)
class TableImportAdmin(StatesAloneAdmin):
    """Tables that were brought in."""

    list_display = ["name", "case", "kind", "state", "fixity", "created", "changed", "refused"]
    list_filter = ["fixity", "kind", "state"]
    search_fields = ["name", "sha256", "case__ref"]
    list_select_related = ["case"]
    states = [
        *("key", "kind", "imported_by", "agency", "state", "work", "format", "size", "position"),
        *("created", "changed", "same", "refused", "has_written", "fixity", "created_at"),
    ]
    related = ["imported_by__agency"]
    states_filter = ["state", "kind", "fixity"]
    states_search = ["imported_by__username"]
    task = WORK
    actions = ["try_again", "stop"]

    @admin.display(description=_("agency"))
    def agency(self, table: Any) -> str:
        return str(table.imported_by.agency or "")

    @admin.action(description=_("Try again: have a worker go on with it"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act(request, queryset, services.try_table_again)

    @admin.action(description=_("Stop it where it is"))
    def stop(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act(request, queryset, services.stop_table)
