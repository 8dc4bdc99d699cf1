"""REST: deeds on a file: copies, redaction, calibration, time and place as established."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from core.rest import StrictSerializer
from evidence import services
from evidence.models import Establishment
from evidence.models.digital_words import RedactionReason
from evidence.models.vocabulary import CopyType

CREATED = 201
FINDING = list(services.Finding.__annotations__)


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


class EstablishmentInput(StrictSerializer, serializers.ModelSerializer[Establishment]):
    """When or where the file was made, by which method, and on what that rests."""

    class Meta:
        model = Establishment
        fields = FINDING


class RegionInput(StrictSerializer):
    """A box in per mille of the picture, and why it goes."""

    left = serializers.IntegerField(min_value=0, max_value=1000)
    top = serializers.IntegerField(min_value=0, max_value=1000)
    width = serializers.IntegerField(min_value=1, max_value=1000)
    height = serializers.IntegerField(min_value=1, max_value=1000)
    reason = serializers.ChoiceField(choices=RedactionReason.choices)


class RedactionInput(StrictSerializer):
    """What is to be taken out of a copy."""

    regions = RegionInput(many=True)


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
    "establish": EstablishmentInput,
    "redact": RedactionInput,
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

    @extend_schema(request=EstablishmentInput)
    @action(detail=True, methods=["post"])
    def establish(self: Any, request: Request, pk: str | None = None) -> Response:
        """Enter when or where the file was made; another person reviews it."""
        file, asked = self.get_object(), self.read_body(request)
        services.establish(file, by=person(request), **asked)
        return self.show(file)  # type: ignore[no-any-return]

    @extend_schema(request=RedactionInput)
    @action(detail=True, methods=["post"])
    def redact(self: Any, request: Request, pk: str | None = None) -> Response:
        """Have a copy drawn without these regions; it appears among the files."""
        file, asked = self.get_object(), self.read_body(request)
        regions = [dict(region) for region in asked["regions"]]
        services.ask_redaction(file, by=person(request), regions=regions)
        return self.show(file)  # type: ignore[no-any-return]

    @extend_schema(request=CalibrationInput)
    @action(detail=True, methods=["post"])
    def calibrate(self: Any, request: Request, pk: str | None = None) -> Response:
        """Say how long a line on the picture is."""
        file, asked = self.get_object(), self.read_body(request)
        ends = {"start": tuple(asked["start"]), "end": tuple(asked["end"])}
        services.calibrate(file, by=person(request), length_mm=asked["length_mm"], **ends)
        return self.show(file)  # type: ignore[no-any-return]
