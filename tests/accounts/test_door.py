"""The one door: by name or address, the same answer for everybody, noted without secrets."""

import json
import logging

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse

from accounts import services
from accounts.models import User
from core.security_log import LOGGER, JsonLine
from tests.accounts.conftest import CODE, PASSWORD, SIGN_IN, code, confirmed, enter

HOME = reverse("workspace:home")


@pytest.fixture
def addressed(omar: User) -> User:
    """Omar with an e-mail address."""
    User.objects.filter(pk=omar.pk).update(email="omar@mission.example")
    return omar


@pytest.mark.parametrize("name", ["omar", "OMAR", "omar@mission.example", "Omar@Mission.Example"])
def test_name_and_address_both_open_the_door(client, addressed, name):
    assert enter(client, login=name).url == HOME


def test_a_name_that_looks_like_anothers_address_opens_only_its_own_account(client, addressed):
    other = User.objects.create_user("omar@mission.example", password="another-password")
    assert enter(client, login="omar@mission.example").status_code == 422
    enter(client, login="omar@mission.example", password="another-password")
    assert client.get(HOME).context["user"] == other


@pytest.fixture
def hashing(settings, monkeypatch) -> list[str]:
    """How often Argon2 was made to take its time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    done: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def counted_encode(self, *words):  # type: ignore[no-untyped-def]
        done.append("hash")
        return encode(self, *words)

    def counted_verify(self, *words):  # type: ignore[no-untyped-def]
        done.append("hash")
        return verify(self, *words)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted_encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", counted_verify)
    return done


@pytest.mark.parametrize("name", ["omar", "omar@mission.example", "nobody", "no@body.example"])
def test_known_and_unknown_take_as_long(
    client, addressed, hashing, name, django_assert_max_num_queries
):
    addressed.set_password(PASSWORD)
    addressed.save()
    hashing.clear()
    with django_assert_max_num_queries(20) as asked:
        assert enter(client, login=name, password="wrong-password").status_code == 422
    assert hashing == ["hash"]
    people = [each for each in asked if 'FROM "accounts_user"' in each["sql"]]
    assert len(people) == 2


def test_a_closed_account_is_refused_in_the_same_words(client, omar):
    wrong = enter(client, password="wrong-password").context["form"].errors
    User.objects.update(is_active=False)
    assert enter(client).context["form"].errors == wrong


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup"])
def test_nobody_signs_themselves_up(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_administration_has_no_door_of_its_own(client, admin):
    there = client.get("/admin/", follow=True)
    assert there.redirect_chain[-1][0] == f"{SIGN_IN}?next=%2Fadmin%2F"
    assert (
        client.post("/admin/login/", {"username": "admin", "password": PASSWORD}).status_code == 405
    )
    assert enter(client, login="admin", next="/admin/").url == "/admin/"
    assert client.get("/admin/password_change/").url == reverse("account_change_password")


def test_colleagues_are_refused_at_the_administration(client, omar):
    client.force_login(omar)
    assert client.get("/admin/login/").status_code == 403


def test_the_libraries_show_nothing_of_themselves_in_the_administration(client, admin):
    client.force_login(admin)
    page = client.get("/admin/").content.decode()
    for secret in ("authenticator", "socialaccount", "usersession", "emailaddress"):
        assert secret not in page.lower()


@pytest.fixture
def heard() -> list[dict[str, object]]:
    """What the security log was told, as it is written."""
    lines: list[dict[str, object]] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(JsonLine().format(record)))

    ear = Ear()
    LOGGER.addHandler(ear)
    yield lines
    LOGGER.removeHandler(ear)


def test_what_guards_the_account_is_noted_without_secrets(client, careful, heard):
    enter(client, password="a-wrong-password")
    enter(client, login="my-password-in-the-wrong-field")
    enter(client)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code()})
    confirmed(client).post(reverse("mfa_deactivate_totp"))
    client.post(reverse("accounts:sessions_revoke"))
    client.post(reverse("accounts:sign_out"))
    events = [line["event"] for line in heard]
    assert events[:2] == ["secret.wrong", "secret.wrong"]
    for event in ("signin.succeeded", "factor.changed", "session.revoked", "signout"):
        assert event in events
    told = json.dumps(heard)
    for secret in (PASSWORD, "a-wrong-password", "wrong-field", "000000"):
        assert secret not in told
    assert heard[0]["account"] == str(careful.pk) and heard[0]["address"] == "127.0.0.1"


def test_being_slowed_down_is_noted(client, omar, heard):
    for _ in range(11):
        enter(client, password="a-wrong-password")
    assert heard[-1]["event"] == "secret.slowed"


def test_only_administrators_give_passwords_and_take_factors(omar, soraya):
    for deed in (services.give_random_password, services.remove_factors):
        with pytest.raises(PermissionDenied):
            deed(omar, by=soraya)
