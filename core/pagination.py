"""How long lists are cut: by keyset, so that the last page costs what the first does."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from core.listing import after, cut, mark, read_place, turn
from core.shown import only_those_kept

NEWEST_FIRST: Mapping[str, str] = {"created_at": "id"}
"""Ids are drawn in the order in which records are entered, so that they serve as its index."""
ON, BACK = "n", "p"


class RecordCursor(CursorPagination):
    """REST lists, newest first or by `?ordering=`; `?limit=` up to 200 rows."""

    ordering = "-id"
    page_size_query_param = "limit"
    max_page_size = 200
    links: tuple[str | None, str | None] | None = None
    """Where to go on and back from here, in an order other than that of the ids."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any] | None:
        """The rows of this page; ties in the order are broken by the ids."""
        order = order_of(request, getattr(view, "orderings", NEWEST_FIRST), self.ordering)
        if order.removeprefix("-") == "id":
            self.ordering = order
            by_id = super().paginate_queryset
            return only_those_kept(lambda: by_id(queryset, request, view) or [])
        self.request = request
        return self.cut(queryset, request, order)

    def cut(self, rows: QuerySet[Any], request: Request, order: str) -> list[Any]:
        """The rows after, or before, the place that the cursor names."""
        size, cursor = self.get_page_size(request) or 1, request.query_params.get("cursor", "")
        backwards, place = cursor.startswith(BACK), place_in(cursor, rows, order)
        turned = turn(order) if backwards else order
        found, more = cut(after(by_index(rows, turned), turned, place), size)
        if backwards:
            found.reverse()
        ahead, behind = (bool(place), more) if backwards else (more, bool(place))
        here = request.build_absolute_uri()
        self.links = (
            self.link(here, ON + mark(found[-1], order)) if found and ahead else None,
            self.link(here, BACK + mark(found[0], order)) if found and behind else None,
        )
        return found

    def link(self, here: str, cursor: str) -> str:
        """This address with another cursor."""
        return str(replace_query_param(here, self.cursor_query_param, cursor))

    def get_next_link(self) -> str | None:
        return self.links[0] if self.links else super().get_next_link()

    def get_previous_link(self) -> str | None:
        return self.links[1] if self.links else super().get_previous_link()

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What the OpenAPI document says of a page."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What the OpenAPI document says of the cut and the order."""
        names = sorted(getattr(view, "orderings", ()))
        choices = [f"{sign}{name}" for name in names for sign in ("", "-")]
        ordering = {
            "name": "ordering",
            "required": False,
            "in": "query",
            "description": "By which field, falling after a minus sign.",
            "schema": {"type": "string", "enum": choices},
        }
        usual = super().get_schema_operation_parameters(view)
        return [*usual, ordering] if names else usual


def order_of(request: Request, orderings: Mapping[str, str], usual: Any) -> str:
    """The order asked for, by the column that has an index for it."""
    asked = request.query_params.get("ordering", "").strip()
    if not asked:
        return str(usual)
    name = asked.removeprefix("-")
    if name not in orderings:
        known = ", ".join(sorted(orderings))
        told = _("Lists are not ordered by this. There are: %(known)s.") % {"known": known}
        raise ValidationError({"ordering": [told]})
    return f"-{orderings[name]}" if asked.startswith("-") else orderings[name]


def by_index(rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    """In an order that the indexes of these columns are kept in: empty values lowest."""
    name = order.removeprefix("-")
    if order.startswith("-"):
        return rows.order_by(F(name).desc(nulls_last=True), "-id")
    return rows.order_by(F(name).asc(nulls_first=True), "id")


def place_in(cursor: str, rows: QuerySet[Any], order: str) -> Any:
    """Where a page ends; a cursor that was not given out for this list is refused."""
    if not cursor:
        return None
    place = read_place(cursor[1:], rows, order) if cursor[0] in (ON, BACK) else None
    if place is None or not is_storable(place[0]):
        raise NotFound(_("This cursor is not one of this list. Begin at its first page."))
    return place


def is_storable(value: Any) -> bool:
    """False for texts that PostgreSQL cannot be asked for."""
    text = str(value)
    return "\0" not in text and all(not "\ud800" <= sign <= "\udfff" for sign in text)
