"""The ledger's pages: one chain a case, checked on demand, and provable by anybody."""

import hashlib

import pytest
from django.db import connection
from django.urls import reverse

from accounts.services import choose_preferences
from investigations import services
from ledger.models import Entry
from tests.ledger.conftest import owner

LEDGER = reverse("workspace:ledger")


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def second_case(soraya):
    return services.open_case(soraya, title="Second", public_title="Second", mandate="M")


def test_a_chain_is_shown_newest_line_first(as_, night_raid, strike, amal):
    page = as_(amal).get(LEDGER, {"case": night_raid.pk})
    positions = [entry.position for entry in page.context["page"].rows]
    assert positions == sorted(positions, reverse=True) and positions[-1] == 1
    assert "Entered an incident" in page.content.decode()
    assert page.context["marking"] == night_raid.handling


def test_each_chain_holds_the_lines_of_its_own_case(as_, night_raid, second_case, soraya):
    lines = as_(soraya).get(LEDGER, {"case": second_case.pk}).context["page"].rows
    assert {entry.log for entry in lines} == {second_case.pk}


def test_who_is_on_no_case_sees_no_line(as_, night_raid, omar, admin):
    for stranger in (omar, admin):
        assert "No chain to show" in as_(stranger).get(LEDGER).content.decode()
        assert as_(stranger).get(LEDGER, {"case": night_raid.pk}).status_code == 404
        entry = Entry.objects.of_log(night_raid.pk).first()
        for name in ("ledger_entry", "ledger_bytes"):
            assert (
                as_(stranger).get(reverse(f"workspace:{name}", args=[entry.pk])).status_code == 404
            )
        there = reverse("workspace:ledger_check", args=[night_raid.pk])
        assert as_(stranger).post(there).status_code == 404


def test_lines_of_no_case_are_shown_to_nobody(as_, night_raid, amal):
    choose_preferences(amal, theme="dark")
    entry = Entry.objects.exclude(log=night_raid.pk).get()
    assert as_(amal).get(reverse("workspace:ledger_entry", args=[entry.pk])).status_code == 404


@pytest.mark.parametrize("case", ["nonsense", "7b349893-1d19-414c-838a-b85f504d1024"])
def test_a_chain_that_is_not_there_is_not_found(as_, night_raid, amal, case):
    assert as_(amal).get(LEDGER, {"case": case}).status_code == 404


def test_lines_are_chosen_by_deed_person_and_subject(as_, night_raid, strike, amal, soraya):
    def found(**query):
        return as_(amal).get(LEDGER, {"case": night_raid.pk, **query}).context["page"].rows

    assert {entry.act for entry in found(act="investigations.incident_entered")} == {
        "investigations.incident_entered"
    }
    assert {entry.actor for entry in found(actor=amal.pk)} == {amal}
    assert {entry.subject_id for entry in found(subject=strike.pk)} == {strike.pk}
    assert len(found(act="nonsense", actor="x", subject="y")) == len(found())


def test_a_check_recomputes_every_seal_and_leaves_a_line(as_, night_raid, strike, amal):
    there = reverse("workspace:ledger_check", args=[night_raid.pk])
    before = Entry.objects.of_log(night_raid.pk).count()
    part = as_(amal).post(there, headers={"HX-Request": "true"}).content.decode()
    assert "whole" in part and f"All {before} seals" in part
    line = Entry.objects.about(night_raid).order_by("position").last()
    assert (line.act, line.actor, line.facts["whole"]) == ("workspace.ledger_checked", amal, True)


def test_a_program_has_a_chain_checked_once_for_each_key(as_program, night_raid, amal, omar):
    there, key = f"/api/v1/ledger/logs/{night_raid.pk}/check/", {"HTTP_IDEMPOTENCY_KEY": "check-1"}
    assert as_program(omar).post(there).status_code == 404
    program, before = as_program(amal), Entry.objects.of_log(night_raid.pk).count()
    for _twice in range(2):
        told = program.post(there, **key).json()
        assert told == {"lines": before, "whole": True, "flaw_at": None, "reason": ""}
    acts = Entry.objects.of_log(night_raid.pk).filter(act="workspace.ledger_checked")
    assert acts.count() == 1


def test_a_broken_chain_is_named_by_the_exact_line(as_, night_raid, strike, amal):
    victim = Entry.objects.of_log(night_raid.pk).get(position=2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with owner() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_entry SET body = body || ' ' WHERE id = %s", [victim.pk])
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
    page = as_(amal).post(reverse("workspace:ledger_check", args=[night_raid.pk]))
    told = page.content.decode()
    assert "does not hold from line 2 on" in told and "altered after it was sealed" in told


def test_the_downloaded_bytes_hash_to_the_seal(as_, night_raid, strike, amal):
    for entry in Entry.objects.of_log(night_raid.pk):
        answer = as_(amal).get(reverse("workspace:ledger_bytes", args=[entry.pk]))
        assert hashlib.sha256(answer.content).hexdigest() == entry.seal
        assert "attachment" in answer["Content-Disposition"]


def test_one_line_shows_its_exact_text_and_its_history(as_, night_raid, strike, amal):
    entry = Entry.objects.about(strike).get()
    page = as_(amal).get(reverse("workspace:ledger_entry", args=[entry.pk]))
    told = page.content.decode()
    assert entry.seal in told and "sha256sum" in told
    assert "&quot;act&quot;:&quot;investigations.incident_entered&quot;" in told
    assert f"subject={strike.pk}" in told


def test_a_long_chain_asks_no_more_than_a_short_one(
    as_, night_raid, amal, django_assert_max_num_queries
):
    for number in range(60):
        services.write_note(night_raid, by=amal, text=f"Note {number}")
    browser = as_(amal)
    browser.get(LEDGER)
    with django_assert_max_num_queries(13):
        page = browser.get(LEDGER, {"case": night_raid.pk})
    assert len(page.context["page"].rows) == 50
    older = browser.get(LEDGER + page.context["page"].next_url)
    assert older.context["page"].rows[0].position == page.context["page"].rows[-1].position - 1
