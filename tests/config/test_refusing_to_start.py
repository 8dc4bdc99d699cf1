"""Unsafe settings stop every program before it serves anybody, with a sentence that says why."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from config.local.places import ROOT

SOUND = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "f3b1c2d4e5a697887766554433221100ffeeddccbbaa99880123456789abcdef",
    "IDENTITY_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210",
    "TLS": "1",
    "ALLOWED_HOSTS": "vestige.example",
    "DATABASE_URL": "postgresql://x:word@db/x",
    "REDIS_URL": "redis://:word@cache:6379/0",
    "BIND": "127.0.0.1",
    "PORT": "0",
}
UNSAFE = {
    "no key": ({"SECRET_KEY": ""}, "at least 40 random characters"),
    "a short key": ({"SECRET_KEY": "sesame"}, "at least 40 random characters"),
    "an example key": ({"SECRET_KEY": "change-me-" * 6}, "at least 40 random characters"),
    "no identity key": ({"IDENTITY_KEY": ""}, "Set IDENTITY_KEY or IDENTITY_KEY_FILE"),
    "a short identity key": ({"IDENTITY_KEY": "sesame"}, "Set IDENTITY_KEY"),
    "an example identity key": ({"IDENTITY_KEY": "change-me-" * 6}, "Set IDENTITY_KEY"),
    "a short former key": ({"IDENTITY_OLD_KEY": "sesame"}, "Set IDENTITY_OLD_KEY"),
    "one key for all": (
        {"IDENTITY_KEY": "f3b1c2d4e5a697887766554433221100ffeeddccbbaa99880123456789abcdef"},
        "another secret than SECRET_KEY",
    ),
    "debugging": ({"DEBUG": "1"}, "DEBUG is for a developer's machine"),
    "any host": ({"ALLOWED_HOSTS": "*"}, "lets any name in"),
    "cookies in the clear": ({"TLS": ""}, "passwords would travel in the clear"),
    "an origin in the clear": (
        {"CSRF_TRUSTED_ORIGINS": "http://vestige.example"},
        "name https:// origins one by one",
    ),
    "any origin": (
        {"CSRF_TRUSTED_ORIGINS": "https://*.example"},
        "name https:// origins one by one",
    ),
    "an open bell": ({"REDIS_URL": "redis://cache:6379/0"}, "REDIS_URL has no password"),
    "no database": ({"DATABASE_URL": ""}, "Set DATABASE_URL"),
    "an address for a host": (
        {"WEBHOOK_HOSTS": "https://hooks.example/in"},
        "write hosts as name or name:port",
    ),
    "webhooks in the clear": (
        {"WEBHOOK_PLAIN_LOOPBACK": "1"},
        "WEBHOOK_PLAIN_LOOPBACK is for trying out",
    ),
    "a lost secret": ({"SECRET_KEY_FILE": "/nowhere/key"}, "where there is no file"),
}
PROGRAMS = {
    "web": ["gunicorn", "--config", "deploy/gunicorn.py", "config.wsgi:application"],
    "worker": ["celery", "-A", "config", "worker", "--pool=solo"],
    "beat": ["celery", "-A", "config", "beat", "--pidfile="],
    "command": ["django", "check", "--settings=config.settings"],
}


def start(program: str, changes: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Start a real program with sound settings but for `changes`; it must end by itself."""
    return subprocess.run(
        [sys.executable, "-m", *PROGRAMS[program]],
        cwd=ROOT,
        env={**SOUND, **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_settings_stop_a_command(name: str) -> None:
    changes, sentence = UNSAFE[name]
    ended = start("command", changes)
    assert ended.returncode != 0
    assert sentence in ended.stderr


@pytest.mark.parametrize("program", ["web", "worker", "beat"])
def test_they_stop_every_program(program: str) -> None:
    changes, sentence = UNSAFE["a short key"]
    ended = start(program, changes)
    assert ended.returncode != 0
    assert sentence in ended.stderr


def test_sound_settings_start() -> None:
    ended = start("command", {})
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("mode", "starts"), [(0o600, True), (0o640, True), (0o644, False), (0o602, False)]
)
def test_a_secret_that_everybody_can_read_is_none(tmp_path: Path, mode: int, starts: bool) -> None:
    key = tmp_path / "secret_key"
    key.write_text(SOUND["SECRET_KEY"])
    key.chmod(mode)
    closed = [folder for folder in tmp_path.parents if not folder.stat().st_mode & 0o001]
    for folder in (*closed, tmp_path):
        folder.chmod(folder.stat().st_mode | 0o001)
    try:
        ended = start("command", {"SECRET_KEY": "", "SECRET_KEY_FILE": str(key)})
    finally:
        for folder in closed:
            folder.chmod(folder.stat().st_mode & ~0o001)
    assert (ended.returncode == 0) is starts, ended.stderr
    assert starts or "Every user of this machine can read" in ended.stderr


def test_a_closed_folder_keeps_a_secret_too(tmp_path: Path) -> None:
    key = tmp_path / "secret_key"
    key.write_text(SOUND["SECRET_KEY"])
    key.chmod(0o644)
    tmp_path.chmod(0o700)
    assert start("command", {"SECRET_KEY": "", "SECRET_KEY_FILE": str(key)}).returncode == 0


def test_a_refusal_is_told_to_the_security_log(tmp_path: Path) -> None:
    log = tmp_path / "security.log"
    start("command", {"SECRET_KEY": "sesame", "SECURITY_LOG": str(log)})
    line = json.loads(log.read_text().splitlines()[0])
    assert line["event"] == "settings.refused"
    assert "sesame" not in log.read_text()


def test_nothing_is_left_to_say_against_a_deployment() -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    ended = subprocess.run(
        command, cwd=ROOT, env=SOUND, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout
