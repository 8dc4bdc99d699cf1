"""What every answer tells the browser to refuse, and what becomes of the browser's reports."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from config.local.places import ROOT
from evidence.models import Item
from tests.security.conftest import Lines

REPORT = {
    "csp-report": {
        "document-uri": "https://vestige.example/search/?q=Shahed-136",
        "effective-directive": "script-src-elem",
        "blocked-uri": "inline",
        "script-sample": "alert('the witness lives at')",
        "line-number": 12,
    }
}
MODERN = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://vestige.example/?q=secret",
            "effectiveDirective": "img-src",
            "blockedURL": "https://tracker.example/x.png?who=amal",
            "sample": "witness",
        },
    }
]


def test_a_page_lets_nothing_run_that_it_did_not_bring(
    client: Client, amal: User, gyro: Item
) -> None:
    client.force_login(amal)
    answer = client.get(reverse("evidence:item_detail", args=[gyro.pk]))
    policy = answer.headers["Content-Security-Policy"]
    for words in ("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"):
        assert words in policy
    assert "unsafe" not in policy and "*" not in policy
    assert "report-uri /csp-report/" in policy and "report-to" not in policy
    over_tls = client.get("/sign-in/", secure=True).headers["Content-Security-Policy"]
    assert "report-to pages" in over_tls
    assert answer.headers["Reporting-Endpoints"] == 'pages="/csp-report/"'
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_administration_differs_only_in_trusted_types(client: Client, admin: User) -> None:
    client.force_login(admin)
    policy = client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    assert "trusted-types" not in policy and "script-src 'self'" in policy


@pytest.mark.parametrize(
    ("body", "kind", "directive"),
    [
        (REPORT, "application/csp-report", "script-src-elem"),
        (MODERN, "application/reports+json", "img-src"),
    ],
)
def test_a_report_is_noted_without_what_was_typed_or_read(
    db: None, noted: Lines, body: Any, kind: str, directive: str
) -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/csp-report/", json.dumps(body), content_type=kind)
    assert answer.status_code == 204
    (line,) = noted.lines
    assert (line["event"], line["directive"]) == ("policy.broken", directive)
    assert not {"Shahed", "secret", "witness", "amal"} & set(str(line).replace("?", " ").split())
    assert "q=" not in str(line) and "who=" not in str(line)


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{", "[1, null]", '{"csp-report": 7}', "[" * 9000, "x" * 20_000]
)
def test_nonsense_is_taken_calmly(db: None, noted: Lines, body: str) -> None:
    answer = Client().post("/csp-report/", body, content_type="application/csp-report")
    assert answer.status_code == 204
    assert "x" * 50 not in str(noted.lines)


def test_many_reports_at_once_are_cut(db: None, noted: Lines) -> None:
    Client().post("/csp-report/", json.dumps(MODERN * 60), content_type="application/reports+json")
    assert len(noted.lines) == 10


COOKIES = """
import json
from config import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME,
  s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.FORM_TARGETS]))
"""


def test_with_tls_a_cookie_belongs_to_this_host_alone() -> None:
    environment = {
        "SECRET_KEY": "f3b1c2d4e5a697887766554433221100ffeeddccbbaa9988",
        "OPENS_IDENTITIES": "0",
        "TLS": "1",
        "ALLOWED_HOSTS": "vestige.example",
        "DATABASE_URL": "postgresql://x@db/x",
        "REDIS_URL": "redis://:word@cache:6379/0",
        "OIDC_ISSUER": "https://login.example/realms/x",
        "OIDC_CLIENT_ID": "vestige",
        "OIDC_CLIENT_SECRET": "x",
    }
    told = subprocess.run(
        [sys.executable, "-c", COOKIES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == [
        *("__Host-session", "__Host-csrf", "__Host-language", True, True, "Lax"),
        ["https://login.example"],
    ]


def test_a_cookie_of_ours_is_out_of_reach_for_scripts_and_other_sites(
    client: Client, amal: User
) -> None:
    client.post(reverse("accounts:language"), {"language": "ar"})
    client.get(reverse("accounts:sign_in"))
    client.force_login(amal)
    client.get(reverse("accounts:profile"))
    assert {"language", "csrf"} <= set(client.cookies)
    for name in ("language", "csrf"):
        assert client.cookies[name]["httponly"] and client.cookies[name]["samesite"] == "Lax"
