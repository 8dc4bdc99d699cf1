"""REST: remarks on a case or on one of its attacks; a note is added, never rewritten."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import NoteFilter
from investigations.forms.note import LONGEST_NOTE
from investigations.models import Case, Incident, Note


class NoteSerializer(RowSerializer[Note]):
    """One signed and dated remark, as its author wrote it (Markdown); `author` is a user name."""

    author = serializers.CharField(source="author.username", read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Note
        fields = ["id", "case", "incident", "created_at", "handling", "author", "text"]


class NoteInput(StrictSerializer):
    """A remark on a case, or on one of its attacks; who of the team is named as @username is told.

    A partner's note is read by both agencies.
    """

    case = VisibleField(queryset=Case.objects.all())
    incident = VisibleField(queryset=Incident.objects.all(), required=False, allow_null=True)
    text = serializers.CharField(max_length=LONGEST_NOTE)


class NoteViewSet(RecordViewSet[Note]):
    """Notes on the cases that you work on."""

    policy = SIGNED_IN
    model = Note
    serializer_class = NoteSerializer
    filterset_class = NoteFilter
    relations = ("case", "author")
    inputs = {"create": NoteInput}

    @extend_schema(request=NoteInput, responses={201: NoteSerializer})
    def create(self, request: Request) -> Response:
        """Write a note; it stays as it is."""
        asked: dict[str, Any] = self.read_body(request)
        note = services.write_note(asked.pop("case"), by=person(request), **asked)
        return self.show(note, status=201)
