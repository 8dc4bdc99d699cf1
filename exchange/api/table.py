"""REST: tables that were brought into cases, and what each of their lines did; to be read."""

from typing import Any

from rest_framework import serializers

from accounts.policy import SIGNED_IN
from core.filters import VisibleFilterSet
from core.rest import HandlingSerializer, RecordViewSet
from exchange.models import TableImport, TableImportRow


class TableImportFilter(VisibleFilterSet):
    """?case=…&kind=incident&state=done&sha256=…"""

    class Meta:
        model = TableImport
        fields = ["case", "kind", "state", "sha256"]


class TableImportSerializer(serializers.ModelSerializer[TableImport]):
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


class TableImportViewSet(RecordViewSet[TableImport]):
    """Tables in the cases that you read as a whole; they are driven in the browser."""

    policy = SIGNED_IN
    model = TableImport
    serializer_class = TableImportSerializer
    filterset_class = TableImportFilter
    relations = ("case",)


class TableRowFilter(VisibleFilterSet):
    """?case=…&table_import=…&verdict=refuse"""

    class Meta:
        model = TableImportRow
        fields = ["case", "table_import", "verdict", "reversal"]


class TableRowSerializer(serializers.ModelSerializer[TableImportRow]):
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
