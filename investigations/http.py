"""How the pages of a case are answered: the way down, their marking, and filled-in forms."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User
from core.context import address
from core.http import CONFLICT, OK, answer, attempt, wants_part
from core.markings import Handling, joined
from core.settled import AmongFirst, Settled
from investigations.models import (
    Case,
    CaseRecord,
    Incident,
    Notice,
    Request,
    Site,
    SourceReport,
    Stage,
)
from investigations.models.row_security import case_record_models

FORM = "investigations/record_form.html"
UNMARKED = (Notice, Request)
"""They bear the label of what they are about."""
FEW_CASES = 40
"""Up to so many cases, looking into each costs less than passing by the rows of all others."""

Row = TypeVar("Row", bound=CaseRecord)


def crumbs_to(case: Case | None, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way down to a page: all cases, its case, then `steps` as (label, address)."""
    way = [(_("Cases"), reverse("investigations:case_list"))]
    if case:
        way.append((case.ref, home_of(case)))
    return [{"label": label, "url": url} for label, url in [*way, *steps]]


def home_of(row: Case | CaseRecord) -> str:
    """The page on which a record is seen: its own, its incident's or its case's."""
    if isinstance(row, Case):
        return reverse("investigations:case_detail", args=[row.pk])
    if isinstance(row, Incident):
        return reverse("investigations:incident_detail", args=[row.pk])
    if isinstance(row, Site | SourceReport):
        part = "#sites" if isinstance(row, Site) else "#sources"
        return reverse("investigations:incident_detail", args=[row.incident_id]) + part
    page = address(f"{row._meta.app_label}:{row._meta.model_name}_detail", row.pk)
    return page or reverse("investigations:case_detail", args=[row.case_id])


def asked_case(request: SignedInRequest) -> Case | None:
    """The case that a list is narrowed to; what makes no sense, or is not theirs, is left out."""
    try:
        key = UUID(request.GET.get("case", ""))
    except ValueError:
        return None
    return Case.objects.visible_to(request.user).filter(pk=key).first()


def stages_of(case: Case) -> list[dict[str, Any]]:
    """The way of a case in steps, those behind it ticked."""
    order = list(Stage)
    here = order.index(Stage(case.stage))
    return [
        {"label": stage.label, "done": at < here, "current": at == here}
        for at, stage in enumerate(order)
    ]


def newest_for(reader: User) -> Callable[[QuerySet[Row], int], QuerySet[Row]]:
    """How the first rows by their keys are found for whoever has few cases among many.

    The first of each case, then the first of these: what lies between them in the cases of others
    is not walked past.
    """
    cases = Case.objects.visible_to(reader).order_by()
    few = list(cases.values_list("pk", flat=True)[: FEW_CASES + 1])

    def first(rows: QuerySet[Row], size: int) -> QuerySet[Row]:
        if len(few) > FEW_CASES:
            return rows[:size]
        of_each = rows.filter(case=OuterRef("pk")).values("pk")[:size]
        keys = Func(ArraySubquery(of_each), function="unnest")
        of_all = Settled.wholly(cases.filter(pk__in=few).values(first=keys))
        return rows.filter(AmongFirst("pk", of_all))[:size]

    return first


def name_of(row: Case | CaseRecord) -> str:
    """What a record is called on a page: its number where it has one."""
    number = getattr(row, "ref", "") or getattr(row, "exhibit_no", "")
    return str(number) or f"{capfirst(str(row._meta.verbose_name))} · {row}"


def marking_of(*lists: Iterable[Case | CaseRecord]) -> Handling | None:
    """How a page is to be handled: as its most restrictive part; one that shows nothing, anyhow."""
    shown = {row.handling for rows in lists for row in rows}
    return joined(shown) if shown else None


def handling_of(rows: Iterable[CaseRecord], *beside: CaseRecord | None) -> Handling | str:
    """How a page is to be handled that shows these rows and, of the same cases, those beside."""
    shown = [row.handling for row in rows]
    shown += [row.own_handling for row in beside if row is not None]
    return joined(shown) if shown else ""


def marked_or_404(user: User, kind: str, key: object) -> Case | CaseRecord:
    """The case or the record, if there is one of that kind and this person sees it."""
    models: list[type[Case] | type[CaseRecord]] = [Case, *case_record_models()]
    for model in models:
        if model._meta.label_lower == kind and model not in UNMARKED:
            rows: Any = model._default_manager.all()
            found: Case | CaseRecord | None = rows.visible_to(user).filter(pk=key).first()
            if found is not None:
                return found
    raise Http404


def fill_in(
    request: HttpRequest,
    form: Any,
    deed: Callable[[], Case | CaseRecord],
    *,
    page: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Show a record's form, or do its deed and go where it is seen; a refusal keeps all typing.

    When somebody was faster, what is stored now stands beside what was typed.
    """
    status, differences = OK, []
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect(home_of(done))
    if status == CONFLICT:
        differences = form.catch_up()
    context = {"form": form, "differences": differences, **context}
    return render(request, page, context, status=status)


def settle(
    request: HttpRequest,
    form: BaseForm,
    deed: Callable[[], object],
    *,
    shown: Callable[..., dict[str, Any]],
    name: str,
    page: str,
    part: str,
    there: str,
) -> HttpResponse:
    """Do a deed asked for on a page of many parts, and answer with the part it changed.

    `shown` gives the page's context and takes a refused form under `name`. A browser without
    scripts goes back to the page, `there`; a refusal shows the whole page with everything typed.
    """
    done, status = attempt(form, deed)
    if done is not None and not wants_part(request):
        return redirect(there)
    context = shown() if done is not None else shown(**{name: form})
    return answer(request, context, page=page, part=part, status=status)


def done_or_refused(
    request: SignedInRequest,
    row: CaseRecord,
    form: Any,
    deed: Callable[..., object],
    *,
    shown: Callable[..., dict[str, Any]],
    name: str,
    page: str,
) -> HttpResponse:
    """Do to a record what its form says and go where it is seen, or show its page with the form.

    `shown` gives the page's context as it is now, and takes the refused form under `name`.
    """
    _done, status = attempt(form, lambda: deed(row, by=request.user, **form.cleaned_data))
    if status == OK:
        return redirect(home_of(row))
    return render(request, page, shown(**{name: form}), status=status)
