"""What tests of signing in share: a person's browser, and codes of an authenticator app."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from accounts.models import User

SIGN_IN, CODE = reverse("accounts:sign_in"), reverse("mfa_authenticate")
PASSWORD = "let-me-in-please"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(*, ahead: int = 0) -> str:
    """What the app shows now, or some half minutes ahead."""
    return format_hotp_value(hotp_value(SEED, int(time.time()) // 30 + ahead))


@pytest.fixture
def careful(omar: User) -> User:
    """Omar, who has set up an authenticator app and has recovery codes."""
    TOTP.activate(omar, SEED)
    RecoveryCodes.activate(omar)
    return omar


@pytest.fixture
def halfway(client: Client, careful: User) -> Client:
    """A browser in which Omar has given his password and not yet his code."""
    assert enter(client).url == CODE
    return client


def enter(client: Client, **changes: str):  # type: ignore[no-untyped-def]
    """Give name and password."""
    return client.post(SIGN_IN, {"login": "omar", "password": PASSWORD, **changes})


def confirmed(client: Client) -> Client:
    """The same browser after its owner proved once more who they are."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client
