"""REST: the steps of a table on its way into a case: read, mapped, written, undone, mended."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.models import Once
from core.parsing import StrictJSONParser
from core.rest import StrictSerializer, VisibleField
from exchange import services
from exchange.api.plan import PlanInput, plan_of
from exchange.formats.tables.plan import TableMap, ready_maps
from exchange.formats.tables.sniffing import DELIMITERS, ENCODINGS
from exchange.http import refused_lines_file
from exchange.models import ColumnMap, TableFormat, TableImport

READ_BY = {TableFormat.CSV: ("encoding", "delimiter"), TableFormat.XLSX: ("sheet",)}
"""What decides how each format is read."""


class ReadTableInput(StrictSerializer):
    """In which letters a text is written and what parts its cells, or which sheet is meant.

    What is not sent stays as it is.
    """

    encoding = serializers.ChoiceField(choices=ENCODINGS, required=False)
    delimiter = serializers.ChoiceField(choices=DELIMITERS, required=False)
    sheet = serializers.CharField(max_length=100, required=False, trim_whitespace=False)


class TakeMapInput(StrictSerializer):
    """A map that was kept, by its id, or one that comes with the program, by its name."""

    kept: Any = VisibleField(queryset=ColumnMap.objects.all(), required=False)
    ready = serializers.CharField(max_length=80, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = super().validate(attrs)
        if len(told) != 1:
            raise serializers.ValidationError(_("Name one map: one that was kept, or a ready one."))
        return told


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "read_as": ReadTableInput,
    "take_map": TakeMapInput,
    "map_columns": PlanInput,
}


class TableDeeds:
    """What may be done to a table that was brought in; the work itself goes on behind."""

    @extend_schema(request=ReadTableInput)
    @action(detail=True, methods=["post"], url_path="read-as")
    def read_as(self: Any, request: Request, pk: str | None = None) -> Response:
        """Read the same bytes otherwise, and guess anew what the columns mean."""
        table, asked = self.get_object(), self.read_body(request)
        told = read_by(table, asked)
        return self.show(services.read_table_as(table, by=person(request), **told))  # type: ignore[no-any-return]

    @extend_schema(request=TakeMapInput)
    @action(detail=True, methods=["post"], url_path="take-map")
    def take_map(self: Any, request: Request, pk: str | None = None) -> Response:
        """Take over a map, as far as the table has its columns; `map` then makes the dry run."""
        table, asked = self.get_object(), self.read_body(request)
        plan = map_named(table, asked)
        return self.show(services.use_map(table, by=person(request), plan=plan))  # type: ignore[no-any-return]

    @extend_schema(request=PlanInput)
    @action(
        detail=True,
        methods=["post"],
        url_path="map",
        url_name="map",
        parser_classes=[StrictJSONParser],
    )
    def map_columns(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say what the columns mean, and have a dry run made, which writes nothing.

        It is over when `state` is `checked`, or `failed` for the reason in `trouble`.
        """
        table, asked = self.get_object(), self.read_body(request)
        plan = plan_of(asked, table.kind)
        return self.show(services.map_table(table, by=person(request), plan=plan))  # type: ignore[no-any-return]

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def write(self: Any, request: Request, pk: str | None = None) -> Response:
        """Have everything written that the dry run showed, in your name."""
        return self.begin(request, services.write_table)  # type: ignore[no-any-return]

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self: Any, request: Request, pk: str | None = None) -> Response:
        """Have everything taken back that the import wrote, as far as that can be."""
        return self.begin(request, services.undo_table)  # type: ignore[no-any-return]

    def begin(self: Any, request: Request, deed: Callable[..., TableImport]) -> Response:
        """Ask for the work; the answer shows that it is under way."""
        return self.show(deed(self.get_object(), by=person(request)))  # type: ignore[no-any-return]

    @extend_schema(request=None, responses={(200, "text/csv"): OpenApiTypes.STR})
    @action(detail=True, methods=["post"], url_path="refused-lines")
    def refused_lines(self: Any, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Take the refused lines away with the reasons, to mend; the ledger says that they left."""
        return self.let_out(request)  # type: ignore[no-any-return]

    def let_out(self: Any, request: Request) -> HttpResponseBase:
        """The refused lines of the newest turn, as CSV."""
        table = self.get_object()
        sheet = services.take_refused(table, by=person(request))
        return refused_lines_file(request._request, table, sheet)

    def again(self: Any, once: Once) -> Any:
        """Lines that are asked for again go out again, and that stands in the ledger too."""
        if self.action == "refused_lines":
            return self.let_out(self.request)
        return super().again(once)  # type: ignore[misc]


def read_by(table: TableImport, asked: dict[str, Any]) -> dict[str, Any]:
    """How the table is read then; refused is what does not decide that for its format."""
    names = READ_BY[TableFormat(table.format)]
    if astray := sorted(set(asked) - set(names)):
        said = _("A table of this format is not read by it: leave it out.")
        raise serializers.ValidationError({name: [said] for name in astray})
    return {name: getattr(table, name) for name in names} | asked


def map_named(table: TableImport, asked: dict[str, Any]) -> TableMap:
    """The map that was named, if it is one for such rows."""
    kept = asked.get("kept")
    plan = TableMap.of(kept.plan) if kept else None
    if kept is None:
        plan = next((each for each in ready_maps() if each.scheme == asked["ready"]), None)
    if plan is None or (kept.kind if kept else plan.kind) != table.kind:
        there = ", ".join(each.scheme for each in ready_maps() if each.kind == table.kind)
        said = _("There is no such map for these records. Ready ones: %(names)s.")
        raise serializers.ValidationError({next(iter(asked)): [said % {"names": there or "–"}]})
    return plan
