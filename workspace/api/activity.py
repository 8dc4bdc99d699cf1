"""REST: what was done in a case, in words, as far as the asking person may see it."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution.http import whole_case
from core.asked import require_parameters
from core.pagination import RecordCursor
from core.rest import HandlingSerializer
from core.row_serializer import RowSerializer
from investigations.models import Case
from ledger.models import Entry
from workspace.filters import ActivityFilter
from workspace.models import told_to

OF_ONE = [OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)]


class DeedSerializer(RowSerializer[Entry]):
    """One line of the ledger in words: who did what, to which record, and which `fields` changed.

    `actor` is null for the program itself. The line and its proof are at `ledger/entries/ID/`.
    """

    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    words = serializers.CharField()
    kind = serializers.CharField()
    named = serializers.CharField(allow_blank=True)
    fields_changed = serializers.ListField(source="fields", child=serializers.CharField())
    reason = serializers.CharField(allow_blank=True)
    handling = HandlingSerializer()

    class Meta:
        model = Entry
        fields = [
            *("id", "position", "at", "actor", "act", "words", "subject_kind", "subject_id"),
            *("kind", "named", "fields_changed", "reason", "handling"),
        ]


class LineCursor(RecordCursor):
    """Lines of one chain, the newest first; no two of them have one position."""

    ordering = "-position"

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any] | None:
        return CursorPagination.paginate_queryset(self, queryset, request, view)

    def decode_cursor(self, request: Request) -> Cursor | None:
        cursor = super().decode_cursor(request)
        if cursor and not str(cursor.position or 0).isdecimal():
            raise NotFound(self.invalid_cursor_message)
        return cursor


class ActivityViewSet(GenericViewSet[Entry]):
    """What was done in the cases that you read as a whole.

    Of records that you may not see nothing is told, so that a page may hold fewer deeds than its
    `limit`, or none: go on as long as there is a `next`.
    """

    policy = SIGNED_IN
    queryset = Entry.objects.none()
    serializer_class = DeedSerializer
    filterset_class = ActivityFilter
    pagination_class = LineCursor

    @extend_schema(parameters=OF_ONE, responses=DeedSerializer(many=True))
    @action(detail=True, methods=["get"])
    def activity(self, request: Request, pk: str) -> Response:
        """The deeds of one case, the newest first."""
        require_parameters(request.query_params, ["limit", "cursor", *ActivityFilter.base_filters])
        case = whole_case(person(request), pk)
        rows: Any = self.paginate_queryset(self.filter_queryset(lines_of(case))) or []
        lines = told_to(rows, person(request))
        for line in lines:
            line.handling = case.handling.joined(line.handling)
        return self.get_paginated_response(self.get_serializer(lines, many=True).data)


def lines_of(case: Case) -> QuerySet[Entry]:
    """The chain of a case."""
    return Entry.objects.of_log(case.pk)
