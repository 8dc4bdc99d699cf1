"""Signing in and out, and choosing a language before anybody is known."""

import pytest
from django.urls import reverse

SIGN_IN, HOME = reverse("accounts:sign_in"), reverse("workspace:home")


def enter(client, **changes):
    typed = {"login": "omar", "password": "let-me-in-please", **changes}
    return client.post(SIGN_IN, typed)


def test_whoever_knows_their_password_goes_where_they_wanted(client, omar):
    assert enter(client).url == HOME
    client.logout()
    assert enter(client, next="/incidents/?q=x").url == "/incidents/?q=x"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_sent_to_another_site(client, omar, elsewhere):
    assert enter(client, next=elsewhere).url == HOME


def test_a_wrong_password_is_refused_without_being_shown_again(client, omar):
    answer = enter(client, password="hunter2-wrong")
    told = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="omar"' in told and "hunter2-wrong" not in told


def test_an_unknown_name_is_told_the_same_as_a_wrong_password(client, omar):
    wrong = enter(client, password="x").context["form"].non_field_errors()
    unknown = enter(client, login="nobody").context["form"].non_field_errors()
    assert wrong == unknown


def test_who_has_left_cannot_sign_in(client, omar):
    omar.is_active = False
    omar.save()
    assert enter(client).status_code == 422


def test_signing_out_is_a_deed_and_ends_the_session(client, omar):
    client.force_login(omar)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.post(reverse("accounts:sign_out")).url == SIGN_IN
    assert client.get(HOME).status_code == 302


def test_the_sign_in_page_speaks_the_language_that_was_chosen(client, db):
    answer = client.post(reverse("accounts:language"), {"language": "ar", "next": SIGN_IN})
    assert answer.url == SIGN_IN
    page = client.get(SIGN_IN)
    assert 'dir="rtl"' in page.content.decode()
    assert page["Content-Language"] == "ar"


def test_a_language_that_does_not_exist_changes_nothing(client, db):
    client.post(reverse("accounts:language"), {"language": "xx"})
    assert not client.cookies


def test_passwords_are_never_kept_as_drafts(client, db):
    assert "data-no-draft" in client.get(SIGN_IN).content.decode()
