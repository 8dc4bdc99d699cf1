"""How the pages of a case are answered: the way down, their marking, and filled-in forms."""

from collections.abc import Callable, Iterable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.http import CONFLICT, OK, answer, attempt, wants_part
from core.markings import Handling, joined
from investigations.models import Case, CaseRecord, Incident, Site

FORM = "investigations/record_form.html"


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
    if isinstance(row, Site):
        return reverse("investigations:incident_detail", args=[row.incident_id]) + "#sites"
    return reverse("investigations:case_detail", args=[row.case_id])


def marking_of(*lists: Iterable[Case | CaseRecord]) -> Handling | None:
    """How a page is to be handled: as its most restrictive part; one that shows nothing, anyhow."""
    shown = {row.handling for rows in lists for row in rows}
    return joined(shown) if shown else None


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
