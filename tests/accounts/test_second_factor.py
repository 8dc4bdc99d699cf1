"""Second factors: setting one up, signing in with it, losing it, and being made to have one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.urls import reverse

from accounts import services
from accounts.models import ApiToken
from core.identity import uuid7
from ledger.models import Entry
from tests.accounts.conftest import CODE, PASSWORD, SEED, SIGN_IN, code, confirmed, enter

HOME, SECURITY = reverse("workspace:home"), reverse("accounts:security")
CASES = reverse("api:cases-list")


def test_the_password_alone_opens_nothing(halfway):
    assert halfway.get(HOME).status_code == 302
    page = halfway.get(CODE)
    assert page.status_code == 200 and 'name="code"' in page.content.decode()


def test_a_code_of_the_app_opens_the_door_once(halfway, client):
    shown = code()
    assert halfway.post(CODE, {"code": shown}).url == HOME
    assert halfway.get(HOME).status_code == 200
    halfway.post(reverse("accounts:sign_out"))
    enter(client)
    again = client.post(CODE, {"code": shown})
    assert again.status_code == 422, "a code that was seen over a shoulder is spent"
    assert client.get(HOME).status_code == 302


def test_a_code_is_spent_for_as_long_as_it_is_good(halfway, client):
    early = code(ahead=1)
    assert halfway.post(CODE, {"code": early}).url == HOME
    halfway.post(reverse("accounts:sign_out"))
    enter(client)
    assert client.post(CODE, {"code": early[:3] + " " + early[3:]}).status_code == 422


def test_a_recovery_code_opens_the_door_once(halfway, careful):
    codes = Authenticator.objects.get(user=careful, type="recovery_codes").wrap()
    first = codes.get_unused_codes()[0]
    assert halfway.post(CODE, {"code": first}).url == HOME
    halfway.post(reverse("accounts:sign_out"))
    enter(halfway)
    assert halfway.post(CODE, {"code": first}).status_code == 422


def test_the_seed_is_stored_encrypted(careful):
    stored = Authenticator.objects.get(user=careful, type="totp").data["secret"]
    assert SEED not in stored and stored.startswith("gAAAA")


def test_after_a_change_of_the_signing_key_no_code_is_right(halfway, careful):
    seed = Authenticator.objects.get(user=careful, type="totp")
    seed.data["secret"] = Fernet(Fernet.generate_key()).encrypt(SEED.encode()).decode()
    seed.save()
    assert halfway.post(CODE, {"code": code()}).status_code == 422


def test_setting_up_an_app_asks_for_the_password_again(client, omar):
    client.force_login(omar)
    there = reverse("mfa_activate_totp")
    assert client.get(there).url.startswith(reverse("account_reauthenticate"))
    page = confirmed(client).get(there)
    assert page.status_code == 200 and page.context["form"].secret in page.content.decode()


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_generate_recovery_codes"])
def test_a_form_that_was_shown_too_long_ago_asks_for_the_password_again(client, omar, name):
    client.force_login(omar)
    answer = client.post(reverse(name), {"once": str(uuid7())})
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_setting_up_an_app_leaves_a_line_and_gives_recovery_codes(client, omar, monkeypatch):
    client.force_login(omar)
    there = reverse("mfa_activate_totp")
    secret = confirmed(client).get(there).context["form"].secret
    monkeypatch.setattr("tests.accounts.conftest.SEED", secret)
    answer = client.post(there, {"code": code()})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).context["unused_codes"]
    assert len(codes) == 10 and all(len(each) == 10 for each in codes)
    lines = Entry.objects.about(omar).filter(act="accounts.factor_added")
    assert lines.count() == 2
    assert all(secret not in line.body and codes[0] not in line.body for line in lines)


def test_a_wrong_first_code_sets_nothing_up(client, omar):
    client.force_login(omar)
    there = reverse("mfa_activate_totp")
    confirmed(client).get(there)
    assert client.post(there, {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.exists()


def test_giving_up_the_app_leaves_a_line_and_takes_the_recovery_codes(client, careful):
    client.force_login(careful)
    assert confirmed(client).post(reverse("mfa_deactivate_totp")).url == SECURITY
    assert not Authenticator.objects.filter(user=careful).exists()
    assert Entry.objects.about(careful).filter(act="accounts.factor_removed").count() == 2


def test_new_recovery_codes_replace_the_old_ones(client, careful):
    client.force_login(careful)
    before = Authenticator.objects.get(user=careful, type="recovery_codes").pk
    answer = confirmed(client).post(reverse("mfa_generate_recovery_codes"))
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert Authenticator.objects.get(user=careful, type="recovery_codes").pk != before


def test_an_administrator_removes_the_factors_of_who_lost_them(client, admin, careful):
    services.remove_factors(careful, by=admin)
    assert enter(client).url == HOME
    assert Entry.objects.about(careful).filter(act="accounts.factors_removed").exists()


@pytest.fixture
def strict(mission):
    """The mission requires a second factor of its people."""
    mission.requires_second_factor = True
    mission.save()
    return mission


def test_whose_agency_requires_one_opens_nothing_else_before_it_is_set_up(client, omar, strict):
    client.force_login(omar)
    for place in (HOME, reverse("evidence:item_list"), reverse("accounts:session_list")):
        assert client.get(place).url == SECURITY
    assert client.get(CASES).status_code == 403
    page = client.get(SECURITY)
    assert page.status_code == 200 and "requires a second factor" in page.content.decode()
    assert confirmed(client).get(reverse("mfa_activate_totp")).status_code == 200


def test_whoever_has_one_notices_nothing(client, careful, strict):
    client.force_login(careful)
    assert client.get(HOME).status_code == 200


def test_a_key_works_only_once_its_owner_has_a_second_factor(as_program, omar, strict):
    assert as_program(omar).get(CASES).status_code == 401
    ApiToken.objects.all().delete()
    TOTP.activate(omar, "JBSWY3DPEHPK3PXP")
    assert as_program(omar).get(CASES).status_code == 200


def test_nobody_skips_the_code_by_going_elsewhere(halfway):
    for place in (reverse("account_reauthenticate"), SECURITY, reverse("mfa_activate_totp")):
        assert halfway.get(place).status_code == 302
    assert halfway.post(reverse("account_reauthenticate"), {"password": PASSWORD}).url.startswith(
        SIGN_IN
    )
