"""Partners, auditors and emergency readers: each is shown what they came for, and no more."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from core.errors import Refused
from core.markings import Handling
from investigations import services
from investigations.models import Label, Membership, Note, Role
from ledger.models import Entry
from tests.conftest import person


@pytest.fixture
def coast_guard(db):
    return Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")


@pytest.fixture
def petra(night_raid, soraya, coast_guard):
    user = person("petra", agency=coast_guard)
    services.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


@pytest.fixture
def odile(night_raid, soraya, mission):
    user = person("odile", agency=mission)
    services.admit_member(night_raid, user, roles=[Role.AUDITOR], by=soraya)
    return user


@pytest.fixture
def as_(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def at(name, row=None):
    return reverse(f"investigations:{name}", args=[row.pk] if row else [])


def test_a_partner_is_shown_the_public_title_and_nothing_of_the_team(
    as_, as_program, night_raid, strike, amal, petra
):
    services.write_note(night_raid, by=amal, text="Between us")
    pages = [
        as_(petra).get(at("case_detail", night_raid)),
        as_(petra).get(at("case_list")),
        as_(petra).get(reverse("workspace:home")),
        as_(petra).get(reverse("workspace:search"), {"q": "raid"}),
        as_program(petra).get(f"/api/v1/cases/{night_raid.pk}/"),
    ]
    for page in pages:
        told = page.content.decode()
        assert page.status_code == 200
        for hidden in (night_raid.title, night_raid.mandate, strike.title, "Between us", "Amal"):
            assert hidden not in told
    assert night_raid.public_title in pages[0].content.decode()
    assert pages[-1].json()["title"] == night_raid.public_title
    assert not pages[3].context["groups"], "the hidden title cannot be guessed by searching"


def test_what_is_shared_with_a_partners_agency_is_shown(as_, night_raid, strike, harbour, petra):
    shared = Handling(shared_with=frozenset({petra.agency_id}))
    type(strike).objects.filter(pk=strike.pk).update(label=Label.for_handling(shared))
    page = as_(petra).get(at("case_detail", night_raid)).content.decode()
    assert strike.title in page and harbour.title not in page
    assert as_(petra).get(at("incident_detail", strike)).status_code == 200
    assert as_(petra).get(at("incident_detail", harbour)).status_code == 404


def test_a_partners_note_is_read_by_both_agencies(as_, night_raid, amal, petra):
    answer = as_(petra).post(at("note_write", night_raid), {"text": "We saw the boat"})
    note = Note.objects.get(text="We saw the boat")
    assert answer.status_code == 302
    assert note.own_handling.releasable_to == {petra.agency_id, amal.agency_id}
    assert note.own_handling.originators == {petra.agency_id}
    assert note.own_handling.shared_with == {petra.agency_id}
    for reader in (petra, amal):
        page = as_(reader).get(at("case_detail", night_raid)).content.decode()
        assert "We saw the boat" in page and "originator control: CG" in page
    with pytest.raises(PermissionDenied):
        services.set_task(night_raid, by=petra, title="Ask them")


def test_an_auditor_reads_who_did_what_and_nothing_of_what_it_was(
    as_, night_raid, strike, odile, amal
):
    assert as_(odile).get(at("case_detail", night_raid)).status_code == 404
    page = as_(odile).get(reverse("workspace:ledger"), {"case": night_raid.pk})
    told = page.content.decode()
    assert night_raid.public_title in told and "Entered an incident" in told
    assert night_raid.title not in told and strike.ref not in told
    line = Entry.objects.about(strike).get()
    told = as_(odile).get(reverse("workspace:ledger_entry", args=[line.pk])).content.decode()
    assert line.seal[:10] in told and strike.title not in told and strike.ref not in told
    bytes_of = reverse("workspace:ledger_bytes", args=[line.pk])
    assert as_(odile).get(bytes_of).status_code == 403
    assert as_(amal).get(bytes_of).status_code == 200
    check = as_(odile).post(reverse("workspace:ledger_check", args=[night_raid.pk]))
    assert check.status_code == 200 and "whole" in check.content.decode()
    assert "You audit the ledger" in as_(odile).get(reverse("workspace:home")).content.decode()


def test_a_line_about_what_a_label_hides_names_nothing(as_, night_raid, strike, amal):
    type(strike).objects.filter(pk=strike.pk).update(
        label=Label.for_handling(Handling(compartments=frozenset({"SOURCE"})))
    )
    line = Entry.objects.about(strike).get()
    told = as_(amal).get(reverse("workspace:ledger"), {"case": night_raid.pk}).content.decode()
    assert strike.ref not in told and "Entered an incident" in told
    assert as_(amal).get(reverse("workspace:ledger_bytes", args=[line.pk])).status_code == 403


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ([Role.AUDITOR, Role.ANALYST], "An auditor has no other role"),
        ([Role.PARTNER, Role.ANALYST], "A partner contributor has no other role"),
        ([Role.PARTNER], "comes from another agency"),
        ([Role.EMERGENCY], "Choose at least one role"),
    ],
)
def test_roles_that_do_not_go_together_are_refused(night_raid, soraya, omar, roles, sentence):
    with pytest.raises(Refused, match=sentence):
        services.admit_member(night_raid, omar, roles=roles, by=soraya)


def test_a_place_that_has_run_out_is_ended_when_somebody_is_admitted_again(
    night_raid, soraya, omar
):
    past = timezone.now() - timedelta(hours=1)
    old = Membership.objects.create(case=night_raid, user=omar, roles=[Role.EMERGENCY], until=past)
    services.admit_member(night_raid, omar, roles=[Role.ANALYST], by=soraya)
    old.refresh_from_db()
    assert old.ended_at == past
    assert night_raid.memberships.current().get(user=omar).roles == [Role.ANALYST]


def test_an_emergency_reader_reads_and_does_nothing(as_, night_raid, strike, omar):
    soon = timezone.now() + timedelta(hours=1)
    Membership.objects.create(case=night_raid, user=omar, roles=[Role.EMERGENCY], until=soon)
    page = as_(omar).get(at("case_detail", night_raid))
    assert night_raid.title in page.content.decode() and 'id="note-form"' not in str(page.content)
    assert as_(omar).post(at("note_write", night_raid), {"text": "Hm"}).status_code == 403
    Membership.objects.filter(user=omar).update(until=timezone.now())
    assert as_(omar).get(at("case_detail", night_raid)).status_code == 404
