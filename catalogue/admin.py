"""The administration of what is known already: rows are edited here, each change in the ledger."""

from typing import Any, TypeVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from accounts.http import who
from catalogue import services
from catalogue.folding import fold
from catalogue.forms import CountryAdminForm, MakerAdminForm, WeaponAdminForm
from catalogue.models import (
    QUANTITIES,
    ComponentCategory,
    Country,
    DataLoad,
    Laboratory,
    Maker,
    Term,
    Theatre,
    VariantLink,
    Vocabulary,
    WeaponModel,
)

Row = TypeVar("Row", bound=models.Model)


class ReferenceAdmin(admin.ModelAdmin[Row]):
    """Saves, changes and removals go through the services, so each leaves a line."""

    list_per_page = 50
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            services.keep_edit(obj, by=who(request), fields=form.changed_data)
        else:
            services.keep_entry(obj, by=who(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        services.remove_row(obj, by=who(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> None:
        for row in queryset:
            self.delete_model(request, row)


class FoldedSearchAdmin(ReferenceAdmin[Row]):
    """Search by name whatever its hyphens, spaces, case and accents."""

    search_fields = ["folded_names"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(Country)
class CountryAdmin(FoldedSearchAdmin[Country]):
    """Countries and territories."""

    list_display = ["code", "iso3", "name", "name_ar", "continent"]
    list_filter = ["continent"]
    form = CountryAdminForm


@admin.register(Theatre)
class TheatreAdmin(FoldedSearchAdmin[Theatre]):
    """Theatres, with the countries they spread over."""

    list_display = ["name", "native_name", "parent", "active_from", "active_to"]
    list_filter = ["countries__continent"]
    list_select_related = ["parent"]
    autocomplete_fields = ["countries", "parent"]


@admin.register(Maker)
class MakerAdmin(FoldedSearchAdmin[Maker]):
    """Makers, and whether somebody has checked them."""

    list_display = ["name", "country", "review_status", "updated_at"]
    list_filter = ["review_status", "country__continent"]
    list_select_related = ["country"]
    autocomplete_fields = ["country"]
    form = MakerAdminForm
    readonly_fields = ["review_status", "normalised", "version"]
    actions = ["review"]

    @admin.action(description=gettext_lazy("I have checked the selected makers"))
    def review(self, request: HttpRequest, queryset: QuerySet[Maker]) -> None:
        for maker in queryset:
            services.review_maker(maker, by=who(request))
        told(self, request, len(queryset))


@admin.register(Laboratory)
class LaboratoryAdmin(FoldedSearchAdmin[Laboratory]):
    """Laboratories, and whether somebody has checked their accreditation."""

    list_display = [
        *("name", "country", "accreditation_no", "accredited_until", "review_status"),
        "updated_at",
    ]
    list_filter = ["review_status", "country__continent"]
    list_select_related = ["country"]
    autocomplete_fields = ["country"]
    fields = [
        *("name", "country", "accreditation_no", "accredited_by", "scope", "accredited_until"),
        *("contact", "review_status", "version"),
    ]
    readonly_fields = ["review_status", "version"]
    actions = ["review"]

    @admin.action(description=gettext_lazy("I have checked the selected laboratories"))
    def review(self, request: HttpRequest, queryset: QuerySet[Laboratory]) -> None:
        for laboratory in queryset:
            services.review_laboratory(laboratory, by=who(request))
        told(self, request, len(queryset))


@admin.register(ComponentCategory)
class ComponentCategoryAdmin(ReferenceAdmin[ComponentCategory]):
    """Kinds of exhibit; exhibits refer to them by code, so a code stays as it is."""

    list_display = ["code", "name", "name_ar", "group", "is_electronic", "is_traceable", "order"]
    list_filter = ["group", "is_electronic", "is_traceable", "is_consumer"]
    search_fields = ["code", "name", "name_ar"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []


class VariantLinkInline(admin.TabularInline[VariantLink, WeaponModel]):
    """How a model relates to others; entered and removed on its own page."""

    model = VariantLink
    fk_name = "model"
    extra = 0
    can_delete = False
    fields = ["kind", "other", "source", "stated_on"]
    readonly_fields = ["kind", "other", "source", "stated_on"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WeaponModel)
class WeaponModelAdmin(FoldedSearchAdmin[WeaponModel]):
    """Weapon models: figures are edited as ranges, and reviewed by an action."""

    list_display = ["name", "type", "design_country", "maker", "nato_class", "review_status"]
    list_filter = ["review_status", "type", "nato_class", "propulsion", "design_country"]
    list_select_related = ["design_country", "maker"]
    autocomplete_fields = ["design_country", "maker"]
    readonly_fields = ["review_status", "source", "source_uuid", "version", "as_stated"]
    form = WeaponAdminForm
    inlines = [VariantLinkInline]
    actions = ["review"]
    fieldsets = [
        (None, {"fields": ["name", "aliases", "type", "roles", "nato_class", "eu_class"]}),
        (
            gettext_lazy("Origin"),
            {
                "fields": [
                    *("design_country", "stated_countries", "maker", "maker_as_stated"),
                    "stated_operators",
                ]
            },
        ),
        (
            gettext_lazy("Build"),
            {
                "fields": [
                    *("propulsion", "powerplant", "guidance", "can_be_armed"),
                    *("expected_components", "recognition"),
                ]
            },
        ),
        (
            gettext_lazy("Figures, from and to"),
            {"fields": [(f"{one.name}_min", f"{one.name}_max") for one in QUANTITIES]},
        ),
        (
            gettext_lazy("Sources"),
            {
                "fields": [
                    *("references", "as_stated", "source", "source_uuid"),
                    *("review_status", "version"),
                ]
            },
        ),
    ]

    @admin.action(description=gettext_lazy("I have checked the selected models"))
    def review(self, request: HttpRequest, queryset: QuerySet[WeaponModel]) -> None:
        for model in queryset:
            services.review_weapon_model(model, by=who(request), version=model.version)
        told(self, request, len(queryset))


@admin.register(VariantLink)
class VariantLinkAdmin(ReferenceAdmin[VariantLink]):
    """Relations between models, with who says so."""

    list_display = ["model", "kind", "other", "source", "stated_on"]
    list_filter = ["kind"]
    list_select_related = ["model", "other"]
    search_fields = ["model__folded_names", "other__folded_names", "source"]
    autocomplete_fields = ["model", "other"]


class TermInline(admin.TabularInline[Term, Vocabulary]):
    """The words of one vocabulary."""

    model = Term
    extra = 0
    can_delete = False
    fields = ["code", "label", "label_ar", "percent_min", "percent_max"]
    readonly_fields = ["code", "label", "label_ar", "percent_min", "percent_max"]
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Vocabulary)
class VocabularyAdmin(ReferenceAdmin[Vocabulary]):
    """Published word lists, by version."""

    list_display = ["title", "key", "version", "licence", "source"]
    list_filter = ["key"]
    search_fields = ["title", "key", "source"]
    inlines = [TermInline]


@admin.register(Term)
class TermAdmin(ReferenceAdmin[Term]):
    """Words of vocabularies."""

    list_display = ["code", "label", "label_ar", "vocabulary", "percent_min", "percent_max"]
    list_filter = ["vocabulary"]
    list_select_related = ["vocabulary"]
    search_fields = ["code", "label", "label_ar", "description"]


@admin.register(DataLoad)
class DataLoadAdmin(admin.ModelAdmin[DataLoad]):
    """What was loaded, and when: a record of the program's, for reading."""

    list_display = ["file", "version", "created_at", "rows_read", "rows_created", "rows_changed"]
    list_filter = ["file"]
    search_fields = ["file", "sha256"]
    date_hierarchy = "created_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def told(page: admin.ModelAdmin[Any], request: HttpRequest, count: int) -> None:
    """Say how many rows are now reviewed."""
    words = ngettext("%(count)d row is reviewed.", "%(count)d rows are reviewed.", count)
    page.message_user(request, words % {"count": count}, messages.SUCCESS)
