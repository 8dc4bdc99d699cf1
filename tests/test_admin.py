"""The administration: every table is there, and it opens no door that the pages keep shut."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from accounts.models import ApiToken, Compartment, User
from comparison.models import Key, PhotoToken, RecoveryCount, Spelling
from core.markings import Handling
from evidence.models import File
from investigations import services as investigations
from investigations.models import CaseKey, CommittedValue, Request, SourceIdentity
from ledger.models import Entry

SEALED = {SourceIdentity, CaseKey, CommittedValue}
"""No door of any kind leads to these: who a source is, is opened by one service alone, for one
person and purpose at a time. Not even their number or the day of their writing is to be listed."""
DRAWN_FROM_ALL = {Key, PhotoToken, RecoveryCount, Spelling}
"""Indexes and counts over the components of every case: they would tell one team of another."""
OURS = [
    model
    for model in apps.get_models()
    if Path(apps.get_app_config(model._meta.app_label).path).parent == Path(settings.BASE_DIR)
    and model not in SEALED | DRAWN_FROM_ALL
]


@pytest.fixture
def staff_amal(amal):
    """Amal, let into the administration as any member of staff may be."""
    amal.is_staff = True
    amal.save()
    return amal


def listing(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_table_is_registered_with_columns_and_a_search(model):
    assert model in admin.site._registry
    shown = admin.site._registry[model]
    assert len(shown.list_display) > 1
    assert shown.search_fields


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_word_that_no_list_knows_is_answered_by_the_list_without_it(client, admin, model):
    client.force_login(admin)
    answer = client.get(listing(model), {"zzz": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{listing(model)}?e=1")
    assert client.get(answer["Location"]).status_code == 200


def test_identities_and_their_keys_have_no_door_here():
    assert set(admin.site._registry) & SEALED == set()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_is_searched(client, admin, model):
    client.force_login(admin)
    assert client.get(listing(model), {"q": "gyro"}).status_code == 200


def test_the_administrator_sees_no_case_content(client, admin, gyro):
    client.force_login(admin)
    for name in ("case", "incident"):
        page = client.get(reverse(f"admin:investigations_{name}_changelist")).content.decode()
        assert gyro.case.ref not in page
    page = client.get(reverse("admin:evidence_item_changelist")).content.decode()
    assert gyro.exhibit_no not in page
    row = client.get(reverse("admin:evidence_item_change", args=[gyro.pk]))
    assert row.status_code == 302


def test_a_member_of_staff_sees_their_own_cases_read_only(client, staff_amal, gyro):
    client.force_login(staff_amal)
    page = client.get(reverse("admin:evidence_item_changelist")).content.decode()
    assert gyro.exhibit_no in page

    address = reverse("admin:evidence_item_change", args=[gyro.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"description": "another thing"}).status_code == 403
    gyro.refresh_from_db()
    assert gyro.description == "Vertical gyroscope in a cast housing"


def test_colleagues_outside_the_administration_are_sent_away(client, amal, gyro):
    client.force_login(amal)
    assert client.get(reverse("admin:evidence_item_changelist")).status_code == 302


def test_an_edited_account_leaves_a_line(client, admin, omar):
    client.force_login(admin)
    address = reverse("admin:accounts_user_change", args=[omar.pk])
    form = client.get(address).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value is not None}
    answer = client.post(address, {**typed, "display_name": "Omar A.", "is_active": "on"})

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    entry = Entry.objects.about(omar).last()
    assert (entry.act, entry.actor) == ("accounts.account_edited", admin)
    assert "display_name" in entry.facts["fields"]


def test_a_random_password_is_shown_once_and_works(client, admin, omar):
    client.force_login(admin)
    answer = client.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "give_password", "_selected_action": [str(omar.pk)]},
    )
    ((name, password),) = answer.context["given"]
    assert name == "omar" and User.objects.get(username="omar").check_password(password)
    assert password in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert password not in f"{answer.cookies} {client.session.items()}"
    assert password not in client.get(reverse("admin:index")).content.decode()


def test_keys_are_revoked_by_an_action(client, admin, omar):
    from accounts.services import issue_token

    token, _key = issue_token(omar, by=omar, name="sync", days=5)
    client.force_login(admin)
    selected = {"action": "revoke", "_selected_action": [str(token.pk)]}
    client.post(reverse("admin:accounts_apitoken_changelist"), selected)

    assert ApiToken.objects.get().revoked_at is not None


def test_all_keys_of_a_person_are_revoked_by_an_action(client, admin, omar, amal):
    from accounts.services import issue_token

    for person, name in [(omar, "sync"), (omar, "copy"), (amal, "sync")]:
        issue_token(person, by=person, name=name, days=5)
    client.force_login(admin)
    selected = {"action": "revoke_keys", "_selected_action": [str(omar.pk)]}
    client.post(reverse("admin:accounts_user_changelist"), selected)

    assert [token.user for token in ApiToken.objects.filter(revoked_at=None)] == [amal]


def test_originals_are_verified_by_an_action(client, staff_amal, gyro):
    from evidence.services import receive_file

    file = receive_file(gyro.case, by=staff_amal, chunks=[b"log"], name="a.log", item=gyro)
    client.force_login(staff_amal)
    selected = {"action": "verify", "_selected_action": [str(file.pk)]}
    answer = client.post(reverse("admin:evidence_file_changelist"), selected, follow=True)

    assert "Every selected original is whole." in answer.content.decode()
    assert Entry.objects.about(File.objects.get()).last().act == "evidence.file_verified"


def edit(client, person, **changes):
    """An administrator's form on somebody, sent with changes."""
    address = reverse("admin:accounts_user_change", args=[person.pk])
    form = client.get(address).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value not in (None, False)}
    return client.post(address, {**typed, "is_active": "on", **changes})


def test_clearance_and_compartments_are_given_here_and_stand_in_the_ledger(client, admin, omar):
    Compartment.objects.create(code="WITNESS", name="Protected witnesses")
    client.force_login(admin)
    assert edit(client, omar, clearance="2", compartments=["WITNESS"]).status_code == 302

    omar.refresh_from_db()
    assert (omar.clearance, omar.compartments) == (2, ["WITNESS"])
    facts = Entry.objects.about(omar).last().facts
    assert (facts["clearance"], facts["compartments"]) == (2, ["WITNESS"])


@pytest.mark.parametrize(
    "more",
    [{"clearance": "4"}, {"compartments": ["WITNESS"]}, {"may_open_cases": "on"}],
    ids=["clearance", "compartments", "opening cases"],
)
def test_no_administrator_gives_themselves_more(client, admin, more):
    Compartment.objects.create(code="WITNESS", name="Protected witnesses")
    client.force_login(admin)
    page = edit(client, admin, is_staff="on", is_superuser="on", **more)

    assert page.status_code == 200
    assert "another administrator" in page.content.decode()
    admin.refresh_from_db()
    assert (admin.clearance, admin.compartments, admin.may_open_cases) == (0, [], False)


def test_no_administrator_joins_another_agency_by_themselves(client, admin, mission):
    client.force_login(admin)
    assert (
        edit(client, admin, is_staff="on", is_superuser="on", agency=mission.pk).status_code == 200
    )
    admin.refresh_from_db()
    assert admin.agency is None


def test_staff_who_are_no_administrators_edit_nobody(client, staff_amal):
    client.force_login(staff_amal)
    address = reverse("admin:accounts_user_change", args=[staff_amal.pk])
    assert client.post(address, {"is_superuser": "on"}).status_code == 403


def test_of_requests_an_administrator_sees_those_for_emergencies_alone(
    client, admin, soraya, omar, night_raid
):
    investigations.ask_to_lower(night_raid, Handling(), by=soraya, reason="Too strict")
    investigations.ask_for_emergency_access(
        case_ref=night_raid.ref, by=omar, reason="Tonight", hours=1
    )
    client.force_login(admin)
    page = client.get(listing(Request))
    assert [row.kind for row in page.context["cl"].result_list] == ["emergency-access"]
    row = page.context["cl"].result_list[0]
    assert (
        client.get(reverse("admin:investigations_request_change", args=[row.pk])).status_code == 200
    )
    assert night_raid.title not in page.content.decode()
