"""A server that would be unsafe does not start, and what it sends is guarded."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import env
from config.local.places import ROOT

SOUND = "f3b1c2d4e5a697887766554433221100ffeeddccbbaa9988"


@pytest.mark.parametrize(
    "key", ["", "short", "change-me-" * 5, "django-insecure-" + SOUND, "a" * 60]
)
def test_a_missing_short_or_example_key_stops_the_program(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="at least 40 random characters"):
        env.secret_key()


def test_debugging_stops_a_server_with_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "1")
    monkeypatch.setenv("TLS", "")
    assert env.debugging()
    monkeypatch.setenv("TLS", "1")
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        env.debugging()


def test_cookies_of_a_server_with_tls_never_leave_it_in_the_clear() -> None:
    script = (
        "from config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )
    environment = {
        "SECRET_KEY": SOUND,
        "OPENS_IDENTITIES": "0",
        "TLS": "1",
        "DATABASE_URL": "postgresql://x@db/x",
        "REDIS_URL": "redis://:word@cache:6379/0",
    }
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["True"] * 5 + ["False"]


@pytest.mark.parametrize(
    ("address", "status", "host"),
    [("/nowhere/", 404, "localhost"), ("/", 302, "localhost"), ("/", 400, "evil.example")],
)
def test_every_answer_is_guarded_also_that_of_an_error(
    db: None, address: str, status: int, host: str
) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"host": host})
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Referrer-Policy" in answer.headers
