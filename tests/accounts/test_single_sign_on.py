"""Single sign-on opens accounts that exist, and nothing else."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts.models import User
from config import env
from investigations.models import Membership
from ledger.models import Entry
from tests.accounts.identity_provider import CLIENT, SECRET, IdentityProvider

HOME, SIGN_IN = reverse("workspace:home"), reverse("accounts:sign_in")
SSO = {"provider_id": "sso"}
GO = reverse("openid_connect_login", kwargs=SSO)
BACK = reverse("openid_connect_callback", kwargs=SSO)
OMAR = {"sub": "77", "email": "Omar@Mission.example", "email_verified": True, "name": "Omar"}


@pytest.fixture
def provider(settings, monkeypatch) -> Iterator[IdentityProvider]:
    """Set up by the environment, as an operator does."""
    running = IdentityProvider()
    monkeypatch.setenv("OIDC_NAME", "Ministry")
    monkeypatch.setenv("OIDC_ISSUER", running.address)
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = env.single_sign_on()
    yield running
    running.close()


@pytest.fixture
def known(omar: User) -> User:
    """Omar, whose address an administrator has entered."""
    User.objects.filter(pk=omar.pk).update(email="omar@mission.example")
    return omar


def come_back(client, provider, **person):  # type: ignore[no-untyped-def]
    """Go there, be signed in there as this person, and come back."""
    provider.person = {**OMAR, **person}
    there = urlsplit(client.get(f"{GO}?next=/evidence/").url)
    asked = parse_qs(there.query)
    assert there.path == "/authorize" and asked["code_challenge_method"] == ["S256"]
    return client.get(BACK, {"code": "once", "state": asked["state"][0]})


def test_the_sign_in_page_offers_it_by_its_name(client, db, provider):
    page = client.get(SIGN_IN).content.decode()
    assert "Sign in with Ministry" in page and GO in page


def test_whoever_has_an_account_with_the_same_verified_address_comes_in(client, provider, known):
    assert come_back(client, provider).url == "/evidence/"
    assert client.get(HOME).context["user"] == known
    assert SocialAccount.objects.get().user == known
    assert Entry.objects.about(known).filter(act="accounts.single_sign_on_linked").count() == 1


def test_the_second_visit_knows_them_even_by_another_address(client, provider, known):
    come_back(client, provider)
    client.post(reverse("accounts:sign_out"))
    assert come_back(client, provider, email="moved@mission.example").url == "/evidence/"
    assert Entry.objects.about(known).filter(act="accounts.single_sign_on_linked").count() == 1


@pytest.mark.parametrize(
    "person",
    [
        {"email": "stranger@mission.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
        {"email": "omar"},
    ],
)
def test_everybody_else_is_refused_in_one_sentence(client, provider, known, person):
    answer = come_back(client, provider, **person)
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.content.decode()
    assert client.get(HOME).status_code == 302
    assert User.objects.count() == 1 and not SocialAccount.objects.exists()


def test_it_gives_no_place_on_any_case(client, provider, known):
    come_back(client, provider)
    known.refresh_from_db()
    assert not Membership.objects.filter(user=known).exists()
    assert not known.is_superuser and not known.may_open_cases


def test_a_closed_account_stays_closed(client, provider, known):
    come_back(client, provider)
    client.post(reverse("accounts:sign_out"))
    User.objects.update(is_active=False)
    assert come_back(client, provider).url == SIGN_IN
    assert client.get(HOME).status_code == 302


def test_the_second_factor_is_still_asked_for(client, provider, careful, known):
    assert come_back(client, provider).url == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302


def test_an_answer_that_was_not_asked_for_is_refused(client, provider, known):
    answer = client.get(BACK, {"code": "once", "state": "made-up"})
    assert answer.status_code == 403
    assert client.get(HOME).status_code == 302


def test_accounts_are_not_linked_by_asking_for_it(client, provider, known):
    assert client.get(f"{GO}?process=connect").status_code == 404


def test_it_is_off_unless_it_is_set_up(client, db, monkeypatch):
    assert env.single_sign_on() == {}
    assert client.get(GO).status_code == 404
    monkeypatch.setenv("OIDC_ISSUER", "https://id.example")
    with pytest.raises(ImproperlyConfigured):
        env.single_sign_on()
