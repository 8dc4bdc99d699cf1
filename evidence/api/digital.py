"""REST: deeds on a file: copies and calibration."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.rest import StrictSerializer
from evidence import services
from evidence.models.vocabulary import CopyType

CREATED = 201


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


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "copies": CopyInput,
    "calibrate": CalibrationInput,
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
