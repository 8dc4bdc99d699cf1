"""People, agencies and keys in the administration; each change leaves a line in the ledger."""

from http import HTTPStatus
from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts import services
from accounts.forms import PersonForm
from accounts.http import who
from accounts.models import Agency, ApiToken, Compartment, Guesses, User
from core.admin import DeedAdmin, do_for_each

KEPT_FROM_VIEW = [Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken]
"""What the libraries show of themselves: nothing to edit here, and partly secrets."""

admin.site.unregister([*KEPT_FROM_VIEW, UserSession])
admin.site.site_header = "Vestige"
admin.site.site_title = "Vestige"
admin.site.index_title = gettext_lazy("Administration")


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """Organisations that investigate or help."""

    list_display = ["short_name", "name", "country", "kind", "requires_second_factor"]
    list_filter = ["kind", "country", "requires_second_factor"]
    search_fields = ["name", "short_name", "native_name"]

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        services.keep_account_edit(obj, by=who(request), fields=form.changed_data)

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """People: admitted and switched off here, never deleted; what they did stays theirs."""

    form = PersonForm
    list_display = [
        "username",
        "display_name",
        "agency",
        "clearance",
        "is_active",
        "may_open_cases",
        "is_superuser",
        "last_login",
    ]
    list_filter = ["agency", "is_active", "may_open_cases", "is_superuser"]
    search_fields = ["username", "display_name", "native_name", "email"]
    list_select_related = ["agency"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (
            gettext_lazy("Person"),
            {"fields": ["display_name", "native_name", "email", "agency", "language", "time_zone"]},
        ),
        (
            gettext_lazy("Rights"),
            {"fields": ["is_active", "may_open_cases", "is_staff", "is_superuser"]},
        ),
        (
            gettext_lazy("What they are cleared for"),
            {"fields": ["clearance", "compartments"]},
        ),
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    actions = ["give_password", "remove_factors", "revoke_keys"]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = who(request)
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        fields = form.changed_data if change else ["username"]
        services.keep_account_edit(obj, by=who(request), fields=fields)

    @transaction.atomic
    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        answer = super().user_change_password(request, id, form_url)
        if answer.status_code == HTTPStatus.FOUND:
            services.note_password_set(User.objects.get(pk=id), by=who(request))
        return answer

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Give a new random password (shown once)"))
    def give_password(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse:
        """Show the passwords on this very page: they are kept in no message and no cookie."""
        given = [
            (user.username, services.give_random_password(user, by=who(request)))
            for user in queryset
        ]
        context = {**self.admin_site.each_context(request), "given": given}
        return render(request, "admin/passwords_given.html", context)

    @admin.action(description=gettext_lazy("Remove all second factors (phone or key lost)"))
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        do_for_each(
            self, request, queryset, lambda user: services.remove_factors(user, by=who(request))
        )

    @admin.action(description=gettext_lazy("Revoke all API keys (left, or lost a device)"))
    def revoke_keys(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        do_for_each(
            self, request, queryset, lambda user: services.revoke_keys_of(user, by=who(request))
        )


@admin.register(Compartment)
class CompartmentAdmin(admin.ModelAdmin[Compartment]):
    """Circles of readers; labels name them by their code, which therefore stays."""

    list_display = ["code", "name"]
    search_fields = ["code", "name"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Compartment | None = None
    ) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Compartment, form: Any, change: bool) -> None:
        services.keep_account_edit(obj, by=who(request), fields=form.changed_data)

    def has_delete_permission(self, request: HttpRequest, obj: Compartment | None = None) -> bool:
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(DeedAdmin[ApiToken]):
    """Keys: who has them, until when, and when they were last used."""

    list_display = [
        *("prefix", "name", "user", "agency", "may", "bound_to"),
        *("created_at", "expires_at", "last_used_at", "revoked"),
    ]
    list_filter = ["user__agency", "expires_at", "last_used_at", "revoked_at"]
    search_fields = ["prefix", "name", "user__username", "user__agency__short_name"]
    list_select_related = ["user__agency"]
    exclude = ["digest"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        everyones = ApiToken.objects.order_by("-created_at")
        return everyones if who(request).is_superuser else everyones.filter(user=who(request))

    @admin.display(description=gettext_lazy("agency"))
    def agency(self, token: ApiToken) -> Agency | None:
        return token.user.agency

    @admin.display(description=gettext_lazy("scopes"))
    def may(self, token: ApiToken) -> str:
        return " · ".join(token.scope_names)

    @admin.display(description=gettext_lazy("bound to cases"))
    def bound_to(self, token: ApiToken) -> int:
        return len(token.case_ids)

    @admin.display(description=gettext_lazy("revoked"), boolean=True)
    def revoked(self, token: ApiToken) -> bool:
        return token.revoked_at is not None

    @admin.action(description=gettext_lazy("Revoke the selected keys"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        do_for_each(
            self, request, queryset, lambda token: services.revoke_token(token, by=who(request))
        )


@admin.register(Guesses)
class GuessesAdmin(DeedAdmin[Guesses]):
    """How much guessing goes on; whose account or address it is cannot be read from it."""

    list_display = ["key", "count", "created_at", "forgotten_at"]
    list_filter = ["forgotten_at"]
    search_fields = ["key"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guesses]:
        everyones = Guesses.objects.order_by("-count")
        return everyones if who(request).is_superuser else everyones.none()
