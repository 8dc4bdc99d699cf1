"""Lists for people: sorted by their heads and cut by keyset: no page costs more than the first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.functional import Promise

from core.shown import only_those_kept

PAGE_SIZE = 50
MOST_COUNTED = 99
"""Nothing is counted further than anybody would read."""

M = TypeVar("M", bound=Model)
Place = tuple[Any, Any]
"""Where a page ends: the sorted value of its last row, and that row's key."""


@dataclass(frozen=True)
class Column:
    """One column: its head, the model field it sorts by (if it can) and the link that sorts it."""

    label: str | Promise
    sort_key: str = ""
    number: bool = False
    hidden: bool = False
    url: str = ""
    direction: str = "none"


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows to show, the heads above them and the way to the neighbours."""

    rows: list[M]
    columns: list[Column]
    next_url: str = ""
    previous_url: str = ""


def page_of(
    request: HttpRequest,
    rows: QuerySet[M],
    columns: Sequence[Column] = (),
    *,
    sort: str = "-id",
    size: int = PAGE_SIZE,
    first: Callable[[QuerySet[M], int], QuerySet[M]] | None = None,
) -> Page[M]:
    """The page that ?sort=, ?after= or ?before= ask for; `sort` is the order without them.

    `first` is a better way than `rows[:size]` to the first rows in the order of their keys.
    """
    keys = {column.sort_key for column in columns if column.sort_key}
    asked = request.GET.get("sort", "")
    order = asked if asked.removeprefix("-") in keys else sort
    backwards = "before" in request.GET
    place = read_place(request.GET.get("before") or request.GET.get("after", ""), rows, order)
    turned = turn(order) if backwards and place else order
    rest = after(sorted_by(rows, turned), turned, place)
    by_key = first if turned.removeprefix("-") == "id" else None
    found, more = cut(by_key(rest, size + 1) if by_key else rest, size)
    if turned != order:
        found.reverse()
    ahead, behind = (bool(place), more) if turned != order else (more, bool(place))
    return Page(
        found,
        [head(request, column, order) for column in columns],
        link(request, after=mark(found[-1], order)) if found and ahead else "",
        link(request, before=mark(found[0], order)) if found and behind else "",
    )


def cut(rows: QuerySet[M] | list[M], size: int) -> tuple[list[M], bool]:
    """As many rows as a page holds, and whether there are more: the one more is not shown."""
    more = False

    def read() -> list[M]:
        nonlocal more
        found = list(rows[: size + 1])
        more = len(found) > size
        return found[:size]

    return only_those_kept(read), more


def head(request: HttpRequest, column: Column, order: str) -> Column:
    """The column with the link that sorts by it, the other way round when it already does."""
    if not column.sort_key:
        return column
    if order.removeprefix("-") != column.sort_key:
        return replace(column, url=link(request, sort=column.sort_key))
    direction = "descending" if order.startswith("-") else "ascending"
    return replace(column, url=link(request, sort=turn(order)), direction=direction)


def link(request: HttpRequest, **changes: str) -> str:
    """This page's address with other parameters; moving drops the old place."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def turn(order: str) -> str:
    """The same order from the other end."""
    return order.removeprefix("-") if order.startswith("-") else f"-{order}"


def sorted_by(rows: QuerySet[M], order: str) -> QuerySet[M]:
    """Sort with empty values lowest, so that the latest come first and the unknown last."""
    field = order.removeprefix("-")
    if field in {"id", "pk"}:
        return rows.order_by(order)
    falling = order.startswith("-")
    tie = "-id" if falling else "id"
    if not may_be_empty(rows, order):
        return rows.order_by(order, tie)
    value = F(field).desc(nulls_last=True) if falling else F(field).asc(nulls_first=True)
    return rows.order_by(value, tie)


def may_be_empty(rows: QuerySet[M], order: str) -> bool:
    """False where every row has a value: then an ordinary index serves the order."""
    model: Any = rows.model
    for name in keys_of(order):
        field = model._meta.get_field(name)
        if field.null:
            return True
        model = field.related_model
    return False


def after(rows: QuerySet[M], order: str, place: Place | None) -> QuerySet[M]:
    """Only the rows that come after `place` in this order."""
    if place is None:
        return rows
    value, key = place
    field, falling = order.removeprefix("-"), order.startswith("-")
    beyond = "lt" if falling else "gt"
    later_key = Q(**{f"id__{beyond}": key})
    if field in {"id", "pk"}:
        return rows.filter(later_key)
    empty = Q(**{f"{field}__isnull": True})
    if value is None:
        return rows.filter(empty & later_key if falling else (empty & later_key) | ~empty)
    from_here = Q(**{f"{field}__{beyond}e": value})  # said on its own, an index can begin there
    later = from_here & (Q(**{f"{field}__{beyond}": value}) | later_key)
    return rows.filter(later | empty if falling and may_be_empty(rows, order) else later)


def mark(row: Model, order: str) -> str:
    """A row's place, for an address."""
    value: Any = row
    for name in keys_of(order):
        value = getattr(value, name, None)
    text = json.dumps([value, row.pk], cls=DjangoJSONEncoder)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(text: str, rows: QuerySet[M], order: str) -> Place | None:
    """The place an address names; a broken one means the first page."""
    if not text:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        model: Any = rows.model
        names = keys_of(order)
        for name in names[:-1]:
            model = model._meta.get_field(name).related_model
        field = model._meta.get_field(names[-1]) if names[-1] != "pk" else model._meta.pk
        return field.to_python(value), rows.model._meta.pk.to_python(key)
    except (ValueError, TypeError, ValidationError):
        return None


def keys_of(order: str) -> list[str]:
    """The steps of a sort key: `case__ref` is ["case", "ref"]."""
    return order.removeprefix("-").split("__")


def counted_together(questions: Sequence[QuerySet[Any]]) -> list[str]:
    """How many rows each has, all in one question; empty for none."""
    first, *others = (
        rows.order_by().annotate(which=Value(place)).values_list("which", "pk")[: MOST_COUNTED + 1]
        for place, rows in enumerate(questions)
    )
    found = Counter(which for which, _key in first.union(*others, all=True))
    return [count_shown(found[place]) for place in range(len(questions))]


def counted_by(rows: QuerySet[Any], field: str, values: Sequence[str]) -> list[str]:
    """How many rows hold each of these values; empty for none.

    A short list is read through in one easy question; only of a long one is each value asked for.
    """
    bound = MOST_COUNTED * len(values)
    found = Counter(rows.order_by().values_list(field, flat=True)[: bound + 1])
    if found.total() > bound:
        return counted_together([rows.filter(**{field: value}) for value in values])
    return [count_shown(found[value]) for value in values]


def count_shown(count: int) -> str:
    """A count as it is shown: nothing for none, and no further than anybody would read."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
