"""The OpenAPI document keeps its word: whatever is sent, every answer is one that it describes."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.services import issue_token
from attribution import services as attribution
from config.api import router
from core.rest import RecordViewSet
from core.scope import asking_as
from evidence import services as evidence
from exchange.description import description

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("VESTIGE_SCHEMA_EXAMPLES", "3"))
"""So many of sound and so many of wrong requests for each operation; more of them find more."""
PATIENT = {"wait", "cursor", "since"}
"""Left out of questions: the first makes answers wait, the others are nothing without a server."""
DOORS = {prefix: door for prefix, door, _name in router.registry if issubclass(door, RecordViewSet)}


@schemathesis.serializer("application/offset+octet-stream")
def bytes_as_they_are(_context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture
def furnished(night_raid, gyro, strike, amal, soraya):
    """A case with something behind most doors, so that not every answer is 404."""
    evidence.describe_component(gyro, by=amal, category=gyro.kind, serial_number="SN-7")
    evidence.receive_file(night_raid, by=amal, chunks=[b"log"], name="log.txt", item=gyro)
    attribution.enter_claim(
        night_raid, by=amal, incident=strike, text="A drone came.", citation="Radio"
    )
    return soraya


def rows_of(person: Any) -> dict[str, str]:
    """The key of one record behind each door, where there is one for this person."""
    found = {}
    with asking_as(person):
        for prefix, door in DOORS.items():
            row = door.model._default_manager.all().visible_to(person).first()
            if row is not None:
                found[prefix] = str(row.pk)
    return found


def operations() -> Iterator[Any]:
    document = json.loads(OpenApiJsonRenderer().render(description()))
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    for found in schema.get_all_operations():
        yield found.ok()


def aim(case: Any, rows: dict[str, str]) -> None:
    """Let a sound request name a record that is there, and never one that answers late."""
    prefix = case.path.removeprefix("/api/v1/").partition("/{id}")[0]
    if "id" in (case.path_parameters or {}) and prefix in rows:
        case.path_parameters["id"] = rows[prefix]
    for name in PATIENT & set(case.query or ()):
        case.query.pop(name)


def complaints(operation: Any, mode: GenerationMode, key: str, rows: dict[str, str]) -> set[str]:
    """What of the answers to one operation is not as it was described."""
    found: set[str] = set()

    @seed(2026)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode == GenerationMode.POSITIVE:
            aim(case, rows)
        with transaction.atomic():
            answer = case.call(headers={"Authorization": f"Bearer {key}"})
            transaction.set_rollback(True)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            found.update(f"{operation.label}: {each}"[:600] for each in group.exceptions)

    ask()
    return found


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_document_describes(mode, furnished, settings):
    settings.RATE_LIMITS = {}
    settings.ALLOWED_HOSTS = ["*"]
    rows = rows_of(furnished)
    _token, key = issue_token(furnished, by=furnished, name="schema", days=1)
    problems: set[str] = set()
    for operation in operations():
        problems |= complaints(operation, mode, key, rows)
    assert not problems, "\n".join(sorted(problems))
