"""The production files: hardened containers, no secret in them, commands that exist."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.local.places import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("vestige:")]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_write_nowhere_and_gain_nothing(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert name == "prepare" or "healthcheck" in service
    assert name == "proxy" or "ports" not in service, "only the proxy is open to the outside"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_run_as_nobody_special(name: str) -> None:
    assert SERVICES[name]["user"] == "10001:10001"
    assert "USER vestige" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_no_secret_is_written_in_the_files() -> None:
    for secret in COMPOSE["secrets"].values():
        assert secret["file"].startswith("secrets/")
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("PASSWORD", "SECRET")):
                assert str(value).startswith("/run/secrets/"), name
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert "secrets" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_only_web_is_given_the_key_of_identities() -> None:
    given = {name for name in OURS if "identity_key" in SERVICES[name]["secrets"]}
    opening = {name for name in OURS if SERVICES[name]["environment"]["OPENS_IDENTITIES"] == "1"}

    assert given == opening == {"web"}


def test_every_queue_has_a_worker_and_beat_is_one(settings: Any) -> None:
    commands = {name: " ".join(SERVICES[name]["command"]) for name in OURS}
    served = {
        command.split("-Q ")[1].split()[0] for command in commands.values() if "-Q " in command
    }
    routes = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}

    assert served == routes | {settings.CELERY_TASK_DEFAULT_QUEUE}
    assert [name for name, command in commands.items() if " beat " in command] == ["beat"]


def test_every_file_that_is_named_exists() -> None:
    mounted = [
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    asked = [part for name in OURS for part in SERVICES[name]["command"] if "/" in part]
    for path in [*mounted, *(part for part in asked if part.startswith("deploy/"))]:
        assert (ROOT / path).is_file(), path


def test_secrets_are_made_once_and_are_long_enough(tmp_path: Path) -> None:
    script = tmp_path / "deploy" / "make-secrets"
    script.parent.mkdir()
    script.write_bytes((ROOT / "deploy" / "make-secrets").read_bytes())

    def make() -> dict[str, str]:
        subprocess.run(["sh", str(script)], check=True, capture_output=True)
        return {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}

    made = make()
    assert set(made) == set(COMPOSE["secrets"])
    assert all(len(secret.strip()) >= 40 for secret in made.values())
    assert len(set(made.values())) == len(made)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    assert make() == made
