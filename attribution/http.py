"""How attribution answers: one way to fill in a record's form, one way down to every page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from core.context import address
from core.http import CONFLICT, OK, attempt
from investigations.models import Case

Deed = TypeVar("Deed")
Words = str | Promise


def whole_case(reader: User, key: UUID | str) -> Case:
    """The case, for its team; partners are refused: they are shown nothing that weighs blame."""
    case = Case.objects.read_whole_by(reader).filter(pk=key).first()
    if case is None:
        get_object_or_404(Case.objects.visible_to(reader), pk=key)
        raise PermissionDenied(_("This page is for the team of the case."))
    return case


def fill_in(
    request: HttpRequest,
    form: Any,
    deed: Callable[[], Deed],
    *,
    goes_to: str,
    title: str,
    case: Case | None,
    crumbs: Sequence[dict[str, Any]],
) -> HttpResponse:
    """Show a record's form, or do its deed and go to its page; a refusal keeps all typing.

    When somebody was faster, what is stored now stands beside what was typed.
    """
    status, differences = OK, []
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect(goes_to, getattr(done, "pk", ""))
    if status == CONFLICT:
        differences = form.catch_up()
    context = {
        "form": form,
        "title": title,
        "crumbs": crumbs,
        "case": case,
        "marking": form.instance.handling if case else "",
        "differences": differences,
    }
    return render(request, "attribution/record_form.html", context, status=status)


def way(case: Case | None, route: str, label: Words, *steps: tuple[Words, str]) -> list[Any]:
    """The way down to a page: its case, the list it stands in, then `steps`."""
    start = [(case.ref, address("investigations:case_detail", case.pk))] if case else []
    down = [*start, (label, resolve_url(route)), *steps]
    return [{"label": words, "url": url} for words, url in down]
