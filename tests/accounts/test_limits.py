"""Guessing gets slow: for each account, from each address, for every kind of secret."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Guesses, User
from tests.accounts.conftest import CODE, PASSWORD, SIGN_IN, code, confirmed, enter

HOME, CASES = reverse("workspace:home"), reverse("api:cases-list")


def wrongly(client, times=10, **more):
    return [enter(client, password="not-the-password", **more) for _ in range(times)]


def later(**how_long):
    """All counters are as old as if so much time had gone by."""
    for row in Guesses.objects.all():
        row.forgotten_at -= timedelta(**how_long)
        row.save()


def test_ten_wrong_passwords_slow_the_account_down_and_say_until_when(client, omar):
    assert {answer.status_code for answer in wrongly(client)} == {422}
    slowed = enter(client)
    assert slowed.status_code == 429
    assert 0 < int(slowed["Retry-After"]) <= 900
    assert "again from" in slowed.content.decode()
    later(minutes=16)
    assert enter(client).url == HOME


def test_the_e_mail_address_is_no_second_chance(client, omar):
    User.objects.filter(pk=omar.pk).update(email="omar@mission.example")
    wrongly(client, 5)
    wrongly(client, 5, login="Omar@Mission.example")
    assert enter(client).status_code == 429


def test_a_name_that_nobody_has_is_slowed_down_alike(client, db):
    assert {answer.status_code for answer in wrongly(client, login="nobody")} == {422}
    assert wrongly(client, 1, login="Nobody")[0].status_code == 429


def test_others_sign_in_meanwhile_and_an_address_has_its_own_limit(client, omar, soraya):
    wrongly(client)
    assert enter(client, login="soraya").status_code == 302
    for number in range(41):
        last = wrongly(client, 1, login=f"guess-{number}")[0]
    assert last.status_code == 429
    assert enter(client, login="soraya").status_code == 429


def test_the_address_is_the_one_that_our_own_proxy_saw(client, omar, settings):
    settings.TRUSTED_PROXIES = 1

    def tried(forwarded, login="omar"):
        typed = {"login": login, "password": PASSWORD}
        return client.post(SIGN_IN, typed, headers={"X-Forwarded-For": forwarded}).status_code

    for number in range(51):
        tried(f"10.0.0.{number}, 192.0.2.1", login=f"guess-{number}")
    assert tried("10.9.9.9, 192.0.2.1") == 429
    assert tried("192.0.2.1, 192.0.2.2") == 302


def test_right_passwords_do_not_count(client, omar):
    for _ in range(12):
        assert enter(client).status_code == 302
        client.logout()


def test_ten_wrong_codes_slow_the_second_step_down(halfway):
    for _ in range(10):
        assert halfway.post(CODE, {"code": "000000"}).status_code == 422
    slowed = halfway.post(CODE, {"code": code()})
    assert slowed.status_code == 429 and slowed["Retry-After"]
    assert halfway.get(HOME).status_code == 302


def test_a_hundred_wrong_codes_are_not_looked_at_in_a_day(halfway):
    looked_at = 0
    for _ in range(100):
        answer = halfway.post(CODE, {"code": "000000"})
        if answer.status_code == 429:
            later(minutes=16)
            enter(halfway)
        looked_at += answer.status_code == 422
    assert looked_at == 30


def test_wrong_recovery_codes_count_with_the_others(halfway):
    for number in range(10):
        halfway.post(CODE, {"code": f"{number:010}"})
    assert halfway.post(CODE, {"code": code()}).status_code == 429


def test_proving_oneself_again_is_limited_too(client, omar):
    client.force_login(omar)
    there = reverse("account_reauthenticate")
    for _ in range(10):
        assert client.post(there, {"password": "not-it"}).status_code == 422
    assert client.post(there, {"password": PASSWORD}).status_code == 429


def test_changing_the_password_is_no_way_round(client, omar):
    client.force_login(omar)
    there = reverse("account_change_password")
    typed = {"password1": "a-longer-new-word", "password2": "a-longer-new-word"}
    for _ in range(10):
        assert client.post(there, {"oldpassword": "not-it", **typed}).status_code == 422
    assert client.post(there, {"oldpassword": PASSWORD, **typed}).status_code == 429


def test_proofs_by_code_count_where_the_sign_in_counts(client, careful):
    client.force_login(careful)
    there = reverse("mfa_reauthenticate")
    for _ in range(10):
        assert client.post(there, {"code": "000000"}).status_code == 422
    assert client.post(there, {"code": code()}).status_code == 429


def test_keys_that_nobody_has_are_slowed_down_by_address(client, db):
    shown = {"Authorization": "Bearer vst_00000000_guess"}
    answers = [client.get(CASES, headers=shown).status_code for _ in range(51)]
    assert set(answers[:50]) == {401} and answers[50] == 429


def test_many_at_once_are_counted_one_by_one(omar):
    entry = services.Entry("password", str(omar.pk), "192.0.2.1")
    waits = [services.count_entry(entry) for _ in range(11)]
    assert waits[:10] == [0] * 10 and waits[10] > 0
    services.take_back(entry)
    assert services.count_entry(entry) == 0


def test_nothing_tells_from_a_counter_whose_it_is(client, omar):
    wrongly(client, 1)
    stored = [row.key for row in Guesses.objects.all()]
    assert stored and all(len(key) == 64 and "omar" not in key for key in stored)


@pytest.mark.parametrize("old", [False, True])
def test_counters_that_nobody_needs_go(db, old):
    Guesses.objects.create(
        key="x" * 64, forgotten_at=timezone.now() - timedelta(days=2 if old else 0)
    )
    services.count_entry(services.Entry("password", "", "192.0.2.1"))
    assert Guesses.objects.filter(key="x" * 64).exists() is not old


def test_confirming_makes_room_for_setting_up(client, omar):
    client.force_login(omar)
    assert confirmed(client).get(reverse("mfa_activate_totp")).status_code == 200
