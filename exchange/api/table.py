"""REST: tables that are brought into cases, and what each of their lines did."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.filters import VisibleFilterSet
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence.models import File
from exchange import services
from exchange.api.table_deeds import INPUTS, TableDeeds
from exchange.models import RecordKind, TableImport, TableImportRow
from investigations.models import Case


class TableImportFilter(VisibleFilterSet):
    """?case=…&kind=incident&state=done&sha256=…"""

    class Meta:
        model = TableImport
        fields = ["case", "kind", "state", "sha256"]


class TableImportSerializer(RowSerializer[TableImport]):
    """An import; `sha256` is that of the file as it came, `plan` says what its columns mean.

    `created`, `changed`, `same` and `refused` count the lines of its last dry run or run.
    """

    handling = HandlingSerializer(read_only=True)
    head: Any = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = TableImport
        fields = [
            *("id", "case", "version", "created_at", "updated_at", "handling", "name", "kind"),
            *("sha256", "size", "format", "encoding", "delimiter", "sheet", "head", "plan"),
            *("state", "created", "changed", "same", "refused", "trouble"),
            *("imported_by", "undone_by"),
        ]


class TableInput(StrictSerializer):
    """A CSV or XLSX, and what its rows are: a `file` of its own, or one that the case has already.

    A long table comes in by `uploads/`, and what it became there is named in `original`.
    """

    case = VisibleField(queryset=Case.objects.all())
    kind = serializers.ChoiceField(choices=RecordKind.choices)
    file = serializers.FileField(required=False)
    original: Any = VisibleField(queryset=File.objects.all(), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = super().validate(attrs)
        if ("file" in told) == ("original" in told):
            raise serializers.ValidationError(_("Send a file, or name one of this case."))
        if "original" in told and told["original"].case_id != told["case"].pk:
            raise serializers.ValidationError({"original": [_("It belongs to another case.")]})
        return told


class TableImportViewSet(TableDeeds, RecordViewSet[TableImport]):
    """Tables in the cases that you read as a whole, and what is done with them."""

    policy = SIGNED_IN
    model = TableImport
    serializer_class = TableImportSerializer
    filterset_class = TableImportFilter
    relations = ("case",)
    inputs = {"create": TableInput, **INPUTS}

    @extend_schema(request=TableInput, responses={201: TableImportSerializer})
    def create(self, request: Request) -> Response:
        """Bring a table in; how it is read and what its columns mean is guessed, no more."""
        asked, by = self.read_body(request), person(request)
        kind, sent = asked["kind"], asked.get("file")
        if sent is None:
            return self.show_new(
                services.receive_file_as_table(asked["original"], by=by, kind=kind)
            )
        table = services.receive_table(
            asked["case"], by=by, kind=kind, name=sent.name or "", chunks=sent.chunks()
        )
        return self.show_new(table)


class TableRowFilter(VisibleFilterSet):
    """?case=…&table_import=…&verdict=refuse"""

    class Meta:
        model = TableImportRow
        fields = ["case", "table_import", "verdict", "reversal"]


class TableRowSerializer(RowSerializer[TableImportRow]):
    """One line: what it did, or would do; `changes` has for each field what it was and is."""

    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = TableImportRow
        fields = [
            *("id", "case", "handling", "table_import", "number", "key", "verdict", "reason"),
            *("changes", "reversal"),
        ]


class TableRowViewSet(RecordViewSet[TableImportRow]):
    """Lines of imported tables."""

    policy = SIGNED_IN
    model = TableImportRow
    serializer_class = TableRowSerializer
    filterset_class = TableRowFilter
    relations = ("case",)
