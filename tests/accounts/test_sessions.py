"""Where one is signed in: seeing it, ending it, and what else ends it."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import User
from ledger.models import Entry
from tests.accounts.conftest import PASSWORD, enter

HOME, SESSIONS = reverse("workspace:home"), reverse("accounts:session_list")
CHANGE = reverse("account_change_password")
COMMON = ["short-word", "qwertyuiop12", "password1234", "passwordpassword", "Dragon-1984-!"]
NEW = {"password1": "a-longer-new-word", "password2": "a-longer-new-word"}


def device(name: str) -> Client:
    """A browser of Omar's that is signed in."""
    client = Client(headers={"User-Agent": name})
    assert enter(client).url == HOME
    assert client.get(HOME).status_code == 200
    return client


@pytest.fixture
def laptop(omar: User) -> Client:
    return device("Laptop")


@pytest.fixture
def phone(omar: User) -> Client:
    return device("Phone")


def test_every_device_is_listed_with_its_address_and_last_use(laptop, phone):
    page = laptop.get(SESSIONS).content.decode()
    assert "Laptop" in page and "Phone" in page and "127.0.0.1" in page
    assert page.index("Laptop") < page.index("Phone"), "the device in use comes first"


def test_a_revoked_device_is_out_on_its_next_request(laptop, phone, omar):
    session = UserSession.objects.get(user_agent="Phone")
    assert laptop.post(reverse("accounts:session_revoke", args=[session.pk])).url == SESSIONS
    assert phone.get(HOME).status_code == 302
    assert laptop.get(HOME).status_code == 200
    assert Entry.objects.about(omar).filter(act="accounts.session_revoked").exists()


def test_all_others_are_revoked_at_once(laptop, phone, omar):
    tablet = device("Tablet")
    laptop.post(reverse("accounts:sessions_revoke"))
    assert [each.get(HOME).status_code for each in (laptop, phone, tablet)] == [200, 302, 302]
    assert Entry.objects.about(omar).filter(act="accounts.sessions_revoked").exists()


def test_nobody_revokes_the_device_of_another(laptop, client, soraya):
    session = UserSession.objects.get(user_agent="Laptop")
    client.force_login(soraya)
    there = reverse("accounts:session_revoke", args=[session.pk])
    assert client.post(there).status_code == 404
    assert laptop.get(HOME).status_code == 200


def test_another_password_ends_the_other_sessions(laptop, phone, omar):
    answer = laptop.post(CHANGE, {"oldpassword": PASSWORD, **NEW})
    assert answer.url == reverse("accounts:security")
    assert laptop.get(HOME).status_code == 200
    assert phone.get(HOME).status_code == 302
    assert Entry.objects.about(omar).filter(act="accounts.password_changed").count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        "short-word",
        "qwertyuiop12",
        "password1234",
        "administrator",
        "passwordpassword",
        "Dragon-1984-!",
    ],
)
def test_short_and_common_passwords_are_refused(laptop, omar, bad):
    answer = laptop.post(CHANGE, {"oldpassword": PASSWORD, "password1": bad, "password2": bad})
    omar.refresh_from_db()
    assert (answer.status_code, omar.check_password(PASSWORD)) == (422, True)


@pytest.mark.parametrize("good", ["all small letters", "кириллица и ещё", "  blanks stay  x  "])
def test_what_a_password_is_made_of_is_ones_own_affair(laptop, omar, good):
    laptop.post(CHANGE, {"oldpassword": PASSWORD, "password1": good, "password2": good})
    omar.refresh_from_db()
    assert omar.check_password(good)


def test_a_new_password_from_an_administrator_ends_all_sessions(laptop, omar, admin):
    services.give_random_password(omar, by=admin)
    assert laptop.get(HOME).status_code == 302


def test_use_is_noted_once_a_minute_and_no_more(laptop, django_assert_num_queries):
    row = UserSession.objects.get()
    laptop.get(SESSIONS)
    assert UserSession.objects.get().last_seen_at == row.last_seen_at
    session = laptop.session
    session["noted"] -= 61
    session.save()
    laptop.get(SESSIONS)
    assert UserSession.objects.get().last_seen_at > row.last_seen_at
