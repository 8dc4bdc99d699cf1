"""REST: deeds on a file: copies, calibration, what it shows and how it was acquired."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.rest import StrictSerializer
from core.row_serializer import RowSerializer
from evidence import services
from evidence.models import File
from evidence.models.vocabulary import CopyType

CREATED = 201
ACQUISITION = ["acquisition_method", "acquired_at", "acquired_by", "tool", "tool_version"]


class CopyInput(StrictSerializer):
    """The bytes of a copy, and what was done to make it."""

    file = serializers.FileField()
    copy_type = serializers.ChoiceField(
        choices=[choice for choice in CopyType.choices if choice[0] != CopyType.ORIGINAL]
    )
    tool = serializers.CharField(max_length=120)
    tool_version = serializers.CharField(max_length=60)
    parameters = serializers.CharField(max_length=1000, required=False, default="")
    reason = serializers.CharField(max_length=500)


class CalibrationInput(StrictSerializer):
    """A line in pixels of the upright picture, and how long it is."""

    start = serializers.ListField(
        child=serializers.IntegerField(min_value=0), min_length=2, max_length=2
    )
    end = serializers.ListField(
        child=serializers.IntegerField(min_value=0), min_length=2, max_length=2
    )
    length_mm = serializers.DecimalField(max_digits=10, decimal_places=2)


class CaptionInput(StrictSerializer):
    """What the file shows, and whether it was taken before the thing was moved."""

    caption = serializers.CharField(max_length=300, allow_blank=True)
    in_situ = serializers.BooleanField()


class AcquisitionInput(StrictSerializer, RowSerializer[File]):
    """How, when, by whom and with which tool; what is not sent stays as it is."""

    class Meta:
        model = File
        fields = ACQUISITION


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "copies": CopyInput,
    "calibrate": CalibrationInput,
    "caption": CaptionInput,
    "acquisition": AcquisitionInput,
}


class DigitalDeeds:
    """What may be done to a file beside taking it in."""

    @extend_schema(request={"multipart/form-data": CopyInput})
    @action(detail=True, methods=["post"])
    def copies(self: Any, request: Request, pk: str | None = None) -> Response:
        """Put a copy that was made elsewhere onto the file that it was made of."""
        file, asked = self.get_object(), self.read_body(request)
        sent, kind = asked.pop("file"), asked.pop("copy_type")
        copy = services.receive_copy(
            file,
            services.Step(**asked),
            by=person(request),
            chunks=sent.chunks(),
            name=sent.name or "",
            copy_type=kind,
        )
        return self.show(copy, status=CREATED)  # type: ignore[no-any-return]

    @extend_schema(request=CalibrationInput)
    @action(detail=True, methods=["post"])
    def calibrate(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say how long a line on the picture is."""
        file, asked = self.get_object(), self.read_body(request)
        ends = {"start": tuple(asked["start"]), "end": tuple(asked["end"])}
        services.calibrate(file, by=person(request), length_mm=asked["length_mm"], **ends)
        return self.show(file)  # type: ignore[no-any-return]

    @extend_schema(request=CaptionInput)
    @action(detail=True, methods=["post"])
    def caption(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say what the file shows, for those who cannot see it too."""
        file, asked = self.get_object(), self.read_body(request)
        return self.show(services.caption_file(file, by=person(request), **asked))  # type: ignore[no-any-return]

    @extend_schema(request=AcquisitionInput)
    @action(detail=True, methods=["post"])
    def acquisition(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say how the file was acquired."""
        file, asked = self.get_object(), self.read_body(request)
        told = {name: getattr(file, name) for name in ACQUISITION} | asked
        return self.show(services.describe_acquisition(file, by=person(request), **told))  # type: ignore[no-any-return]
