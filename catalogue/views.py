"""The reference library in the browser: what is known already, open to everyone signed in."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from catalogue import services
from catalogue.forms import LaboratoryForm, WeaponFilterForm, WeaponForm
from catalogue.models import Country, Laboratory, ReviewStatus, VariantLink, WeaponModel
from core.errors import Refused, Stale
from core.export import Taken, unmarked
from core.forms import typed
from core.http import CONFLICT, OK, answer, attempt
from core.listing import Column, page_of

LIST = "catalogue/weapon_list.html"
ROWS = "catalogue/_weapon_list.html"
DETAIL = "catalogue/weapon_detail.html"
ENTER = "catalogue/weapon_enter.html"
COLUMNS = [
    Column(_("Name"), "folded_name"),
    Column(_("Type"), "type"),
    Column(_("Country of design"), "design_country__name"),
    Column(_("Propulsion"), "propulsion"),
    Column(_("Range (km)"), "range_km_max", number=True),
    Column(_("Endurance (h)"), "endurance_h_max", number=True),
    Column(_("Top speed (km/h)"), "top_speed_kmh_max", number=True),
    Column(_("Review"), "review_status"),
]

WEAPONS_TAKEN: list[Taken[WeaponModel]] = [
    (_("Name"), lambda row: row.name),
    (_("Other names"), lambda row: " · ".join(row.aliases)),
    (_("Type"), lambda row: row.get_type_display()),
    (_("Country of design"), lambda row: row.design_country),
    (_("Propulsion"), lambda row: row.get_propulsion_display()),
    (_("Range (km)"), lambda row: row.range_km if row.range_km_min is not None else ""),
    (_("Endurance (h)"), lambda row: row.endurance_h if row.endurance_h_min is not None else ""),
    (
        _("Top speed (km/h)"),
        lambda row: row.top_speed_kmh if row.top_speed_kmh_min is not None else "",
    ),
    (_("Review"), lambda row: row.get_review_status_display()),
]

LABORATORIES_TAKEN: list[Taken[Laboratory]] = [
    (_("Name"), lambda row: row.name),
    (_("Country"), lambda row: row.country),
    (_("Accreditation (ISO/IEC 17025)"), lambda row: row.accreditation_no),
    (_("Valid until"), lambda row: row.accredited_until),
    (_("Review"), lambda row: row.get_review_status_display()),
]

LABORATORIES = [
    Column(_("Name"), "name"),
    Column(_("Country"), "country__name"),
    Column(_("Accreditation (ISO/IEC 17025)"), "accreditation_no"),
    Column(_("Valid until"), "accredited_until"),
    Column(_("Review"), "review_status"),
]


@open_to(SIGNED_IN)
@require_GET
def weapon_list(request: SignedInRequest) -> HttpResponse:
    form = WeaponFilterForm(request.GET)
    models = form.narrow(WeaponModel.objects.visible_to(request.user))
    page = page_of(request, models.select_related("design_country"), COLUMNS, sort="folded_name")
    context = {"form": form, "page": page, "narrowed": any(form.cleaned_data.values())}
    return answer(request, context, page=LIST, part=ROWS)


@open_to(SIGNED_IN)
@require_POST
def weapon_export(request: SignedInRequest) -> HttpResponseBase:
    rows = WeaponFilterForm(request.GET).narrow(WeaponModel.objects.visible_to(request.user))
    rows = rows.select_related("design_country").order_by("folded_name", "id")
    return unmarked(request, rows.iterator(), WEAPONS_TAKEN, name="weapon-models")


@open_to(SIGNED_IN)
@require_GET
def weapon_detail(request: SignedInRequest, model_id: UUID) -> HttpResponse:
    model = get_object_or_404(WeaponModel.objects.visible_to(request.user), pk=model_id)
    return render(request, DETAIL, detail_context(request, model))


@open_to(SIGNED_IN)
@require_POST
def weapon_review(request: SignedInRequest, model_id: UUID) -> HttpResponse:
    model = get_object_or_404(WeaponModel.objects.visible_to(request.user), pk=model_id)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else 0
    try:
        services.review_weapon_model(model, by=request.user, version=version)
    except Stale as error:
        context = {**detail_context(request, model), "refusal": str(error)}
        return render(request, DETAIL, context, status=409)
    return redirect("catalogue:weapon_detail", model.pk)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def weapon_enter(request: SignedInRequest) -> HttpResponse:
    form = WeaponForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        try:
            model = services.enter_weapon_model(by=request.user, **form.cleaned_data)
            return redirect("catalogue:weapon_detail", model.pk)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    context = {"form": form, "crumbs": crumbs(_("Enter a model"))}
    return render(request, ENTER, context, status=422 if form.is_bound else 200)


@open_to(SIGNED_IN)
@require_GET
def laboratory_list(request: SignedInRequest) -> HttpResponse:
    rows = Laboratory.objects.visible_to(request.user).select_related("country")
    page = page_of(request, rows, LABORATORIES, sort="name")
    context = {"page": page, "crumbs": crumbs(_("Laboratories"))}
    return render(request, "catalogue/laboratory_list.html", context)


@open_to(SIGNED_IN)
@require_POST
def laboratory_export(request: SignedInRequest) -> HttpResponseBase:
    rows = Laboratory.objects.visible_to(request.user).select_related("country")
    rows = rows.order_by("name", "id")
    return unmarked(request, rows.iterator(), LABORATORIES_TAKEN, name="laboratories")


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def laboratory_enter(request: SignedInRequest) -> HttpResponse:
    form = LaboratoryForm(typed(request))
    deed = partial(services.enter_laboratory, by=request.user)
    title = _("Enter a laboratory")
    return keep_laboratory(request, form, lambda: deed(**form.facts()), title)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def laboratory_edit(request: SignedInRequest, laboratory_id: UUID) -> HttpResponse:
    rows = Laboratory.objects.visible_to(request.user)
    laboratory = get_object_or_404(rows, pk=laboratory_id)
    form = LaboratoryForm(typed(request), instance=laboratory)
    deed = partial(services.amend_laboratory, laboratory, by=request.user)
    return keep_laboratory(
        request,
        form,
        lambda: deed(version=form.version_read, **form.facts()),
        laboratory.name,
    )


def keep_laboratory(
    request: SignedInRequest, form: LaboratoryForm, deed: Callable[[], Laboratory], title: Any
) -> HttpResponse:
    """Show a laboratory's form, or keep what was typed; a refusal keeps the typing."""
    status, differences = OK, []
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect("catalogue:laboratory_list")
    if status == CONFLICT:
        differences = form.catch_up()
    shelf = {"label": _("Laboratories"), "url": resolve_url("catalogue:laboratory_list")}
    steps = crumbs(title)
    context = {
        "form": form,
        "title": title,
        "differences": differences,
        "crumbs": [steps[0], shelf, steps[1]],
    }
    return render(request, "catalogue/laboratory_form.html", context, status=status)


def detail_context(request: SignedInRequest, model: WeaponModel) -> dict[str, Any]:
    """What the page of one model shows."""
    country = {row.code: str(row) for row in Country.objects.coded(model.stated_codes)}
    return {
        "model": model,
        "crumbs": crumbs(model.name),
        "stated_countries": [country.get(code, code) for code in model.stated_countries],
        "stated_operators": [country.get(code, code) for code in model.stated_operators],
        "links": VariantLink.objects.about(model).select_related("model", "other"),
        "spelled_like": WeaponModel.objects.spelled_like(model)[:6],
        "reviewed": model.review_status == ReviewStatus.REVIEWED,
        "may_review": request.user.has_perm("catalogue.change_weaponmodel"),
    }


def crumbs(here: Any) -> list[dict[str, Any]]:
    """The way from the library to this page."""
    library = {"label": _("Reference"), "url": resolve_url("catalogue:weapon_list")}
    return [library, {"label": here, "url": ""}]
