"""Lists that tell of exhibits as tables to take away: what a caveat keeps here is left out."""

from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.http import UNPROCESSABLE
from evidence.models import Door, Item
from evidence.services.caveat import Bound, bound_among
from investigations.http import marking_of
from investigations.tables import Listed, taken_away

HELD = "evidence/export_held.html"

Rows = TypeVar("Rows", bound=QuerySet[Any])


def unbound_taken(
    request: SignedInRequest, rows: QuerySet[Any], listed: Listed[Any], *paths: str, at: str
) -> HttpResponseBase:
    """The rows as a file, but for those of exhibits that may not leave in a table.

    `paths` lead from a row to its exhibits; `at` is the address of the list. As long as nobody
    has said that the table may go without them, these exhibits are named instead.
    """
    bound = bound_behind(request, rows, *paths)
    if bound and not goes_without(request):
        return held(request, bound, at=at)
    return taken_away(request, without(rows, bound, *paths), listed, left_out=len(bound))


def bound_behind(request: SignedInRequest, rows: QuerySet[Any], *paths: str) -> list[Bound]:
    """The exhibits behind these rows that may not leave in a table."""
    within = Q()
    for path in paths:
        within |= Q(pk__in=rows.order_by().values(path))
    return bound_among(Door.TABLE, Item.objects.visible_to(request.user).filter(within))


def goes_without(request: SignedInRequest) -> bool:
    """True when the person has said that the table may go without what a caveat keeps."""
    return bool(request.POST.get("leave_out"))


def without(rows: Rows, bound: list[Bound], *paths: str) -> Rows:
    """The rows that tell of none of these exhibits."""
    keys = [each.item.pk for each in bound]
    for path in paths if keys else ():
        rows = rows.exclude(**{f"{path}__in": keys})
    return rows


def held(request: SignedInRequest, bound: list[Bound], *, at: str) -> HttpResponse:
    """Which exhibits caveats keep here, and the way to take the others."""
    marking, match = marking_of([each.item for each in bound]), request.resolver_match
    back = f"{reverse(at, kwargs=match.kwargs if match else {})}?{request.GET.urlencode()}"
    context = {"bound": bound, "marking": marking, "back": back}
    return render(request, HELD, context, status=UNPROCESSABLE)
