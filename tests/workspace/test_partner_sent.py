"""What a partner is sent is written down before it leaves, whichever door it leaves by."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.shown import Shown
from investigations import services
from investigations.models import Incident
from investigations.services import partner_sending
from investigations.services.partner_sending import SENT
from ledger.models import Entry
from tests.exchange.following import CHANGES, SNAPSHOT, commit
from tests.workspace.test_partner_log import log_of

LIST, EXPORT = "investigations:incident_list", "investigations:incident_export"
SEARCHED = {"q": "residence"}
DOORS = [
    ("list", "get", lambda: reverse(LIST), {}),
    ("search", "get", lambda: reverse("workspace:search"), SEARCHED),
    ("rest", "get", lambda: "/api/v1/incidents/", {}),
    ("feed", "get", lambda: CHANGES, {}),
    ("snapshot", "get", lambda: SNAPSHOT, {}),
    ("export", "post", lambda: reverse(EXPORT), {"format": "csv"}),
]


def lines():
    return list(Entry.objects.filter(act=SENT).order_by("position"))


def incidents_in(line):
    return line.facts["records"].get("investigations.incident", [])


@pytest.mark.parametrize(("door", "method", "there", "words"), DOORS, ids=[one[0] for one in DOORS])
def test_every_door_leaves_one_line_that_names_what_it_showed_and_no_more(
    client, shared, harbour, frida, door, method, there, words
):
    commit()
    client.force_login(frida)
    answer = getattr(client, method)(there(), words)
    assert answer.status_code == 200
    if answer.streaming:
        b"".join(answer.streaming_content)
    (line,) = [line for line in lines() if incidents_in(line)]
    assert (line.actor, line.log, line.facts["door"]) == (frida, shared.case_id, door)
    assert incidents_in(line) == [str(shared.pk)]
    assert str(harbour.pk) not in line.body, "it is not shared with her agency"


def test_what_was_sent_within_the_hour_is_not_named_again_and_later_it_is(
    client, shared, frida, monkeypatch
):
    client.force_login(frida)
    for _time in range(3):
        client.get(reverse(LIST))
    assert len(lines()) == 1
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(partner_sending, "timezone", SimpleNamespace(now=lambda: later))
    client.get(reverse(LIST))
    assert len(lines()) == 2


def test_the_row_that_only_says_that_a_list_goes_on_was_not_shown(client, shared, harbour, frida):
    Incident.objects.update(label=Incident.objects.get(pk=shared.pk).label)
    client.force_login(frida)
    for order in ({}, {"ordering": "created_at"}):
        answer = client.get("/api/v1/incidents/", {"limit": 1, **order})
        assert len(answer.json()["results"]) == 1, answer.content
    named = [key for line in lines() for key in incidents_in(line)]
    assert answer.json()["results"][0]["id"] in named
    assert all(len(incidents_in(line)) == 1 for line in lines())


def test_a_snapshot_that_is_broken_off_has_left_its_lines_piece_by_piece(client, shared, frida):
    client.force_login(frida)
    pieces = iter(client.get(SNAPSHOT, {"kind": "incidents"}).streaming_content)
    assert not lines(), "nothing was sent so far"
    assert str(shared.pk).encode() in next(pieces)
    (line,) = lines()
    assert incidents_in(line) == [str(shared.pk)]


def asked_by(client, method, there, words):
    """How many questions an answer takes."""
    with CaptureQueriesContext(connection) as asked:
        assert getattr(client, method)(there(), words).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("door", "method", "there", "words"), DOORS, ids=[one[0] for one in DOORS])
def test_the_team_is_asked_not_one_question_more_and_leaves_no_line(
    client, shared, amal, monkeypatch, door, method, there, words
):
    client.force_login(amal)
    asked_by(client, method, there, words)
    with monkeypatch.context() as without:
        without.setattr("investigations.middleware.note_sent", lambda *_rows, **_how: None)
        before = asked_by(client, method, there, words)
    assert asked_by(client, method, there, words) == before
    assert not lines()


def test_what_is_refused_was_not_sent(client, shared, harbour, frida):
    client.force_login(frida)
    hidden = reverse("investigations:incident_detail", args=[harbour.pk])
    assert client.get(hidden).status_code == 404
    assert client.get("/api/v1/incidents/", {"ordering": "nonsense"}).status_code == 422
    assert not lines()


def sent(user, rows, door="list", page="evidence:item_list"):
    places = {place.case_id: place for place in user.memberships.all()}
    services.note_sent_to_partner(rows, by=user, places=places, door=door, page=page)


def test_what_does_not_fit_into_one_line_stands_in_the_next(shared, harbour, frida, monkeypatch):
    monkeypatch.setattr(partner_sending, "AT_MOST", 1)
    rows = [Shown("investigations.incident", one.pk, one.case_id) for one in (shared, harbour)]
    sent(frida, rows)
    told = [(line.facts["count"], line.facts["named"]) for line in lines()]
    assert told == [(2, 1), (2, 1)]


def test_a_small_picture_stands_on_a_page_that_has_its_line(shared, frida):
    row = Shown("evidence.file", shared.pk, shared.case_id)
    sent(frida, [row])
    sent(frida, [row], door="picture", page="evidence:file_thumbnail")
    assert len(lines()) == 1
    sent(frida, [row], door="file", page="evidence:file_original")
    assert len(lines()) == 2


def test_the_log_tells_of_it_by_door_person_record_and_day_and_is_taken_away(
    client, night_raid, shared, frida, amal
):
    client.force_login(frida)
    client.get(reverse(LIST))
    client.force_login(amal)
    today = timezone.localdate()
    found = [
        {},
        {"door": "list", "person": frida.pk},
        {"record": shared.ref, "day": today.isoformat()},
        {"record": str(shared.pk)},
    ]
    for asked in found:
        told = log_of(client, night_raid, agency="FB", **asked)
        assert "Was sent what is shared with their agency" in told, asked
        assert f"incident (1) {shared.ref}" in told, asked
    missed = [
        {"door": "taxii"},
        {"record": "I-99"},
        {"day": (today - timedelta(days=1)).isoformat()},
    ]
    for asked in missed:
        assert "Was sent" not in log_of(client, night_raid, agency="FB", **asked), asked
    there = reverse("workspace:partner_log_export", args=[night_raid.pk])
    table = client.post(f"{there}?agency=FB&door=list", {"format": "csv"})
    text = b"".join(table).decode()
    assert f"investigations.incident {shared.pk}" in text and "Frida Lund" in text
