"""The OpenAPI document says what happens: no door fails, and none answers what is not written."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import issue_token
from catalogue.services import load_catalogue
from core.scope import system_scope
from tests.browser.conftest import Server, collected
from workspace.exercise.load import load

__all__ = ["collected"]
CHECKER = Path(sys.executable).parent / "st"
HELD = "not_a_server_error,status_code_conformance,content_type_conformance"
HELD += ",response_schema_conformance"


@pytest.fixture
def lead(transactional_db: None, admin: User) -> User:
    """The lead of the exercise."""
    load_catalogue()
    with system_scope("load the exercise"):
        load(by=admin, on_step=lambda _text, _done, _steps: None)
        return User.objects.get(username="soraya")


@pytest.fixture
def site(collected: Path) -> Iterator[str]:
    """A server that counts no requests."""
    serving = Server(collected)
    serving.environment |= {"RATE_LIMITS": "off"}
    serving.start()
    try:
        yield serving.address
    finally:
        serving.stop()


def test_whatever_is_sent_every_door_answers_as_it_is_written(lead, site, tmp_path):
    _token, key = issue_token(lead, by=lead, name="checker", days=1)
    written = Client().get("/api/v1/openapi.json", headers={"Authorization": f"Bearer {key}"})
    document = tmp_path / "openapi.json"
    document.write_bytes(written.content)
    said = tmp_path / "said.json"
    checked = subprocess.run(
        [
            *(str(CHECKER), "run", str(document), "--url", site, "-c", HELD),
            *("-H", f"Authorization: Bearer {key}", "--phases", "fuzzing", "--workers", "2"),
            *("--max-examples", "6", "--no-shrink", "--generation-deterministic"),
            *("--suppress-health-check", "all", "--request-timeout", "60", "--no-color"),
            *("--warnings", "off", "--continue-on-failure", "--max-failures", "1000"),
            *("--report-json-path", str(said)),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "tests.document.bodies",
            "PYTHONPATH": str(Path.cwd()),
        },
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert checked.returncode == 0, checked.stdout[-12_000:] + checked.stderr[-2_000:]
    operations = sum(len(way) for way in json.loads(written.content)["paths"].values())
    assert f"{operations} selected / {operations} total" in checked.stdout
