"""The exchange room in the administration: to be read, but for receivers, entered here alone."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.http import who
from core.admin import DeedAdmin, do_for_each
from core.models import SYSTEM_LOG
from exchange import services
from exchange.forms import ReceiverForm
from exchange.models import (
    Arrival,
    ArrivedObject,
    ColumnMap,
    FeedHead,
    Step,
    StixVersion,
    TableImportRow,
    TheirReference,
    Touch,
    WebhookDelivery,
    WebhookReceiver,
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

    list_display = ["name", "case", "format", "count", "sha256", "received_by", "created_at"]
    list_filter = ["format"]
    search_fields = ["name", "sha256", "case__ref"]
    list_select_related = ["case", "received_by"]


@admin.register(ArrivedObject)
class ArrivedObjectAdmin(DeedAdmin[ArrivedObject]):
    """Objects of bundles that came in."""

    list_display = ["stix_id", "case", "kind", "name", "state", "decided_by"]
    list_filter = ["state", "kind"]
    search_fields = ["stix_id", "name", "case__ref"]
    list_select_related = ["case", "decided_by"]


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


class OfAdministratorsAdmin(DeedAdmin[Any]):
    """Rows of no case that administrators look after; nobody else on the staff sees them."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        ordering = self.get_ordering(request)
        rows = rows.order_by(*ordering) if ordering else rows
        return rows if who(request).is_superuser else rows.none()


@admin.register(WebhookReceiver)
class WebhookReceiverAdmin(OfAdministratorsAdmin):
    """Who is told of changes by webhooks: entered, tested, suspended and resumed here."""

    form = ReceiverForm
    list_display = [
        *("name", "agency", "user", "token", "address"),
        *("state", "reason", "listened_at", "waiting"),
    ]
    list_filter = ["state", "reason", "agency"]
    search_fields = ["name", "address", "user__username", "agency__short_name"]
    list_select_related = ["agency", "user", "token"]
    readonly_fields = ["state", "reason", "listened_at", "given_up", "former_until"]
    actions = [
        *("send_test", "suspend", "resume"),
        *("renew_secret", "end_former_secret", "begin_anew"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        unsent = Count("deliveries", filter=Q(deliveries__status=WebhookDelivery.Status.WAITING))
        rows: QuerySet[Any] = super().get_queryset(request).annotate(unsent=unsent)
        return rows

    def has_add_permission(self, request: HttpRequest) -> bool:
        return who(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who(request).is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["agency", "user"] if obj else []
        return [*self.readonly_fields, *fixed]

    @admin.display(description=_("deliveries that wait"))
    def waiting(self, receiver: Any) -> int:
        return int(receiver.unsent)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            services.amend_receiver(obj, by=who(request))
        else:
            services.enter_receiver(obj, by=who(request))

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.show_once(request, [(str(obj), obj.shown_once)])

    def show_once(self, request: HttpRequest, given: list[tuple[str, str]]) -> HttpResponse:
        """Show secrets on this very page: they are kept in no message and no cookie."""
        context = {**self.admin_site.each_context(request), "given": given}
        return render(request, "admin/webhook_secrets.html", context)

    @admin.action(description=_("Send a test"))
    def send_test(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_for_each(self, request, queryset, lambda row: services.send_test(row, by=who(request)))

    @admin.action(description=_("Suspend: tell nothing until it is resumed"))
    def suspend(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_for_each(
            self, request, queryset, lambda row: services.suspend_receiver(row, by=who(request))
        )

    @admin.action(description=_("Resume: send what waits, then what is new"))
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_for_each(
            self, request, queryset, lambda row: services.resume_receiver(row, by=who(request))
        )

    @admin.action(description=_("Give a new secret (shown once; both are used for a day)"))
    def renew_secret(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        given = [(str(row), services.renew_secret(row, by=who(request))) for row in queryset]
        return self.show_once(request, given)

    @admin.action(description=_("End the former secret now"))
    def end_former_secret(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_for_each(
            self, request, queryset, lambda row: services.end_former_secret(row, by=who(request))
        )

    @admin.action(description=_("Begin anew: the receiver is told to make a snapshot"))
    def begin_anew(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_for_each(self, request, queryset, lambda row: services.begin_anew(row, by=who(request)))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(OfAdministratorsAdmin):
    """What was sent and what came of it; of the cases it tells nothing."""

    list_display = [
        *("message_id", "receiver", "sort", "count", "status", "attempts"),
        *("answer_code", "problem", "took", "created_at", "next_at", "ended_at"),
    ]
    list_filter = ["status", "sort", "receiver"]
    search_fields = ["receiver__name", "digest", "problem"]
    list_select_related = ["receiver"]
    fields = readonly_fields = (
        *("message_id", "receiver", "sort", "count", "digest", "status", "attempts"),
        *("round_at", "next_at", "ended_at", "answer_code", "answer", "problem", "took"),
    )
    actions = ["send_again"]

    @admin.display(description="webhook-id")
    def message_id(self, delivery: Any) -> str:
        return str(delivery.message_id)

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_for_each(self, request, queryset, lambda row: services.send_again(row, by=who(request)))
