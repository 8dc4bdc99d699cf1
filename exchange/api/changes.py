"""REST: following what changes in the cases that one sees, and a snapshot to begin with."""

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.policy import SIGNED_IN
from core.json_text import QuickRenderer
from core.shown import nothing_gathered
from exchange.api.asking import (
    PROBLEM,
    ChangesPage,
    FollowInput,
    NarrowedInput,
    asked_of,
    holder_of,
    problem,
    read_query,
)
from exchange.api.reader import Reader
from exchange.api.rows import note_told
from exchange.api.snapshot import Snapshot
from exchange.api.waiting import page_within
from exchange.services.cursor import Cursor, read, written
from exchange.services.follower import follower_of, note_following, require_going_on
from exchange.services.refusals import CursorRefused
from investigations.models import Case

NDJSON = "application/x-ndjson"
REFUSED = {(status, PROBLEM): OpenApiTypes.OBJECT for status in (403, 410, 422)}


class LineRenderer(QuickRenderer):
    """Lets clients ask for lines of JSON; a refusal is one line."""

    media_type = NDJSON
    format = "ndjson"


class ChangesViewSet(GenericViewSet[Case]):
    """What changed in the cases that you see, in an order in which nothing is left out."""

    policy = SIGNED_IN
    queryset = Case.objects.none()
    serializer_class = ChangesPage

    @extend_schema(
        operation_id="changes",
        parameters=[FollowInput],
        responses={200: ChangesPage, **REFUSED},
        filters=False,
    )
    def follow(self, request: Request) -> Response:
        """Lines after the cursor `since`, and the next cursor; without one everything you see.

        With `wait` an answer without lines comes after so many seconds, and one with lines at once.
        """
        told = read_query(request, FollowInput)
        reader, asked = Reader(request), asked_of(told)
        holder = holder_of(reader, told)
        try:
            follower = follower_of(holder)
            cursor = read(told["since"], holder) if "since" in told else Cursor()
            require_going_on(follower, cursor)
            with nothing_gathered():
                page = page_within(reader, asked, cursor, wait=told["wait"])
        except CursorRefused as refusal:
            return problem(refusal)
        note_following(follower, holder, is_behind=page.more)
        note_told(page.lines, page.now)
        answer = {
            "changes": page.lines,
            "cursor": written(page.cursor, holder),
            "more": page.more,
        }
        return Response(answer)


class SnapshotViewSet(GenericViewSet[Case]):
    """Everything that you see now."""

    policy = SIGNED_IN
    queryset = Case.objects.none()
    serializer_class = NarrowedInput
    renderer_classes = (QuickRenderer, LineRenderer)

    @extend_schema(
        operation_id="snapshot",
        parameters=[NarrowedInput],
        responses={(200, NDJSON): OpenApiTypes.STR, **REFUSED},
        filters=False,
    )
    def stream(self, request: Request) -> StreamingHttpResponse | Response:
        """Lines of JSON: every record, kind after kind, and at last the cursor to follow from.

        An answer whose last line is not the cursor was broken off: ask again.
        """
        told = read_query(request, NarrowedInput)
        reader = Reader(request)
        try:
            snapshot = Snapshot(reader, asked_of(told), holder_of(reader, told))
        except CursorRefused as refusal:
            return problem(refusal)
        return StreamingHttpResponse(snapshot.pieces(), content_type=NDJSON)
