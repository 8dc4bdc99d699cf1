"""The REST interface as a page that people read, drawn from its own OpenAPI document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from exchange.description import description

METHODS = ("get", "post", "patch", "put", "delete")


@dataclass(frozen=True)
class Field:
    """One field of a body, or one parameter of a list."""

    name: str
    kind: str
    required: bool
    choices: list[str]


@dataclass(frozen=True)
class Operation:
    """One thing that a program can ask for."""

    method: str
    path: str
    summary: str
    parameters: list[Field]
    body: list[Field]
    answers: list[str]


@open_to(SIGNED_IN)
@require_GET
def api_reference(request: SignedInRequest) -> HttpResponse:
    document = description()
    groups: dict[str, list[Operation]] = {}
    for operation in operations(document):
        groups.setdefault(operation.path.split("/")[3], []).append(operation)
    return render(request, "exchange/api_reference.html", {"groups": list(groups.items())})


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of the document, in the order of its addresses."""
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method in METHODS:
            if found := methods.get(method):
                yield Operation(
                    method.upper(),
                    path,
                    found.get("description", "").split("\n")[0],
                    [parameter(part) for part in found.get("parameters", ())],
                    body_fields(found, schemas),
                    list(found["responses"]),
                )


def parameter(found: dict[str, Any]) -> Field:
    """One parameter of an address or of its query."""
    schema = found.get("schema", {})
    required = bool(found.get("required")) and found["in"] != "path"
    return Field(found["name"], kind_of(schema), required, choices_of(schema))


def body_fields(found: dict[str, Any], schemas: dict[str, Any]) -> list[Field]:
    """The fields of the body that an operation takes."""
    for content in found.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        schema = schemas.get(name, {})
        required = schema.get("required", ())
        return [
            Field(field, kind_of(part), field in required, choices_of(resolved(part, schemas)))
            for field, part in schema.get("properties", {}).items()
            if not part.get("readOnly")
        ]
    return []


def resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """A schema with its first reference followed."""
    for part in (schema, *schema.get("oneOf", ()), *schema.get("allOf", ())):
        if "$ref" in part:
            found: dict[str, Any] = schemas.get(part["$ref"].rpartition("/")[2], {})
            return found
    return schema


def kind_of(schema: dict[str, Any]) -> str:
    """The type in one or two words."""
    sort = schema.get("type") or "choice"
    sorts = [each for each in sort if each != "null"] if isinstance(sort, list) else [sort]
    return str(schema.get("format") or " / ".join(sorts))


def choices_of(schema: dict[str, Any]) -> list[str]:
    """The values allowed, when there is a list of them."""
    return [str(choice) for choice in schema.get("enum", ()) if choice]
