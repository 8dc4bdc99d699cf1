"""What the OpenAPI document says of every door alike: what can be asked for, and how no is said."""

from typing import Any, Literal

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.asked import expansions_of, readable
from core.problems import PROBLEM, phrase_of

METHODS = ("get", "post", "put", "patch", "delete")
FIRST = 400
"""From here on statuses are refusals."""
ALWAYS = (401, 403, 404, 405, 406, 422, 429)
WITH_BODY = (409, 413, 415)
OF_A_VERSION = (412, 428)
IN_HEAD: Literal["header"] = "header"
AS_READ = "The ETag with which the record was read. Without it 428; 412 where it has changed since."
DONE_ONCE = (
    "1 to 200 printable ASCII characters of your own. Sent again with the same body, it is done "
    "once and answered alike; with another body it is refused (422)."
)
TOO_LONG = {
    "description": "The address is too long for the server in front, which says so itself.",
    "content": {"text/html": {}},
}
SCHEMA = {
    "type": "object",
    "description": "A refusal as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that says what to do."},
        "code": {"type": "string", "description": "The kind of refusal, for programs."},
        "errors": {
            "type": "object",
            "description": "Sentences by the path of each wrong field, such as `rows/17/title`.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def refusals(*statuses: int) -> dict[tuple[int, str], Any]:
    """For a door with refusals of its own: how they are described."""
    return {(status, PROBLEM): OpenApiTypes.OBJECT for status in statuses}


class DoorSchema(AutoSchema):
    """Says of lists and records which fields and which records along can be asked for."""

    view: Any

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Any:
        """What may be told as empty or null says so, though nobody can write it."""
        if isinstance(field, serializers.ChoiceField) and field.read_only:
            field.allow_blank = field.allow_blank or may_be_blank(field)
        if isinstance(field, serializers.JSONField):
            field.allow_null = False  # among any JSON is null: it need not be said twice
        mapped: Any = super()
        return mapped._map_serializer_field(field, direction, bypass_extensions)

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = [*super().get_override_parameters(), *self.header_parameters()]
        is_asked = hasattr(self.view, "asked") and self.view.action in {"list", "retrieve"}
        return parameters + self.asked_parameters() if is_asked else parameters

    def header_parameters(self) -> list[OpenApiParameter]:
        """What a change says it is a change of, and what a deed is known by when sent again."""
        if self.method == "PATCH" and self.view.action in getattr(self.view, "inputs", ()):
            return [OpenApiParameter("If-Match", str, IN_HEAD, required=True, description=AS_READ)]
        if self.method == "POST" and hasattr(self.view, "once"):
            return [OpenApiParameter("Idempotency-Key", str, IN_HEAD, description=DONE_ONCE)]
        return []

    def asked_parameters(self) -> list[OpenApiParameter]:
        """`fields` and `expand`, with the names that each may hold."""
        told = self.view.get_serializer()
        ways = ", ".join(expansions_of(told))
        names = ", ".join(readable(told))
        fields = f"Names between commas; `id` is always told. There are: {names}."
        expand = f"References to be told as records, two steps deep at most. There are: {ways}."
        found = [OpenApiParameter("fields", str, description=fields)]
        return [*found, OpenApiParameter("expand", str, description=expand)] if ways else found


def may_be_blank(field: serializers.Field[Any, Any, Any, Any]) -> bool:
    """True where the column behind a field can be empty."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    try:
        return bool(model and model._meta.get_field(field.source).blank)
    except FieldDoesNotExist:
        return False


def describe_refusals(result: dict[str, Any], **_facts: Any) -> dict[str, Any]:
    """Add to every operation the refusals that it can meet, all of them problem documents."""
    result["components"]["schemas"]["Problem"] = SCHEMA
    for operations in result["paths"].values():
        for method in METHODS:
            if operation := operations.get(method):
                for status in statuses_of(method, operation):
                    describe(operation["responses"], status)
                operation["responses"]["414"] = TOO_LONG
    return result


def statuses_of(method: str, operation: dict[str, Any]) -> list[int]:
    """How this operation may say no, what it says of itself included."""
    own = [int(status) for status in operation["responses"] if status.isdecimal()]
    known = {*ALWAYS, *(status for status in own if status >= FIRST)}
    known |= set(WITH_BODY) if method in {"post", "put", "patch"} else set()
    asks_version = any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
    known |= set(OF_A_VERSION) if method == "patch" or asks_version else set()
    return sorted(known)


def describe(responses: dict[str, Any], status: int) -> None:
    """One refusal, unless the door has described it itself."""
    if responses.get(str(status), {}).get("content"):
        return
    reference = {"$ref": "#/components/schemas/Problem"}
    responses[str(status)] = {
        "description": phrase_of(status),
        "content": {PROBLEM: {"schema": reference}},
    }
