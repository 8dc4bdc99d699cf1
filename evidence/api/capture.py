"""REST: photographs sealed on phones; their bytes come by `uploads/` first."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.rest import RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from evidence import services
from evidence.filters import CaptureFilter
from evidence.models import Capture, File
from investigations.models import Incident

SAID = [
    *("has_scale", "taken_at", "taken_zone", "taken_as_stated", "latitude", "longitude"),
    *("accuracy_m", "place_by_hand", "place_as_stated", "note"),
]


class CaptureSerializer(RowSerializer[Capture]):
    """A capture as it was entered, with what its file and its exhibit are called."""

    sha256 = serializers.CharField(source="file.sha256", read_only=True)
    exhibit_no = serializers.SerializerMethodField()

    class Meta:
        model = Capture
        fields = [
            *("id", "key", "case", "incident", "item", "exhibit_no", "file", "sha256", "tag"),
            *(*SAID, "taken_by", "created_at"),
        ]

    def get_exhibit_no(self, capture: Capture) -> str:
        return capture.item.exhibit_no if capture.item else ""


class CaptureInput(StrictSerializer, RowSerializer[Capture]):
    """What the phone says of a photograph that is stored already."""

    key = serializers.UUIDField()
    incident = VisibleField(queryset=Incident.objects.all())
    file = VisibleField(queryset=File.objects.all())
    taken_along = serializers.BooleanField(default=True)
    in_situ = serializers.BooleanField(default=False)

    class Meta:
        model = Capture
        fields = ["key", "incident", "file", "tag", "taken_along", "in_situ", *SAID]


class CaptureViewSet(RecordViewSet[Capture]):
    """Captures of the cases that you work on."""

    policy = SIGNED_IN
    model = Capture
    serializer_class = CaptureSerializer
    filterset_class = CaptureFilter
    relations = ("case", "item", "file")
    inputs = {"create": CaptureInput}

    @extend_schema(request=CaptureInput, responses={201: CaptureSerializer})
    def create(self, request: Request) -> Response:
        """Enter a capture; the same `key` again is the same capture."""
        asked = self.read_body(request)
        incident = asked.pop("incident")
        return self.show(
            services.receive_capture(incident, by=person(request), **asked), status=201
        )
