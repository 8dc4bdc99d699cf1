"""Passkeys in a real browser, with a virtual device: made, used as second factor, used alone."""

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Page

from accounts.models import User
from ledger.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "let-me-in-please"


@pytest.fixture
def omar_here(omar: User) -> User:
    """Omar, with a password that the server's own hasher knows."""
    hasher = Argon2PasswordHasher()
    User.objects.filter(pk=omar.pk).update(password=hasher.encode(PASSWORD, hasher.salt()))
    return omar


@pytest.fixture
def device(visitor: Callable[..., Page], site: str) -> Iterator[Page]:
    """A browser with a virtual authenticator that recognises its owner, at a name, not a number."""
    page = visitor()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(site.replace("127.0.0.1", "localhost") + "/sign-in/")
    yield page


def sign_in(page: Page) -> None:
    page.fill("[name=login]", "omar")
    page.fill("[name=password]", PASSWORD)
    page.click("#sign-in button[type=submit]")


def add_passkey(page: Page, *, alone: bool) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/security/")
    page.click("a[href$='/passkeys/new/']")
    page.fill("[name=password]", PASSWORD)
    page.click("#confirm button[type=submit]")
    page.fill("[name=name]", "Laptop")
    page.set_checked("[name=passwordless]", alone)
    page.click("#passkey-form button[type=submit]")
    page.wait_for_selector(".recovery-codes li")


def sign_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto(page.url.split("/security")[0] + "/sign-in/")


def test_a_passkey_is_made_and_opens_the_door_by_itself(device: Page, omar_here: User):
    sign_in(device)
    device.wait_for_url("**/")
    add_passkey(device, alone=True)
    assert len(device.locator(".recovery-codes li").all()) == 10
    passkey = Authenticator.objects.get(user=omar_here, type="webauthn")
    assert passkey.wrap().name == "Laptop" and passkey.wrap().is_passwordless
    assert Entry.objects.about(omar_here).filter(act="accounts.factor_added").count() == 2

    sign_out(device)
    device.click("#passkey-form button")
    device.wait_for_url(lambda address: "sign-in" not in address)
    assert device.locator("[data-person]").count() == 1


def test_a_passkey_serves_as_second_factor(device: Page, omar_here: User):
    sign_in(device)
    device.wait_for_url("**/")
    add_passkey(device, alone=False)

    sign_out(device)
    sign_in(device)
    device.wait_for_url("**/sign-in/code/")
    device.click("#passkey-form button")
    device.wait_for_url(lambda address: "sign-in" not in address)
    assert device.locator("[data-person]").count() == 1


def test_a_passkey_is_removed_after_proving_oneself_with_it(device: Page, omar_here: User):
    sign_in(device)
    device.wait_for_url("**/")
    add_passkey(device, alone=True)
    sign_out(device)
    device.click("#passkey-form button")
    device.wait_for_url(lambda address: "sign-in" not in address)

    root = device.url.rstrip("/")
    passkey = Authenticator.objects.get(user=omar_here, type="webauthn")
    device.goto(f"{root}/security/passkeys/{passkey.pk}/remove/")
    device.click("a[href*='/security/confirm/passkey/']")
    device.click("#passkey-form button")
    device.wait_for_selector("#passkey-remove")
    device.click("#passkey-remove button[type=submit]")
    device.wait_for_url("**/security/")
    assert not Authenticator.objects.filter(user=omar_here).exists()


def test_a_device_without_a_passkey_says_so(device: Page, omar_here: User, complaints: list[str]):
    device.click("#passkey-form button")
    device.wait_for_selector("[data-passkey-problem]:not([hidden])", timeout=70_000)


def test_a_bare_address_explains_why_there_are_no_passkeys(
    open_as: Callable[..., Page], omar_here: User
):
    page = open_as(None, "/sign-in/")
    assert page.locator("#passkey-form").is_hidden()
