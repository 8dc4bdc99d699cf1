"""What a partner opened is written down once a day, and told for each of its people."""

import re
from datetime import timedelta
from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone

from investigations import services
from ledger.models import Entry

READ = "investigations.read_by_partner"


def log_of(client, case, **asked):
    answer = client.get(reverse("workspace:partner_log", args=[case.pk]), asked)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_what_is_opened_leaves_one_line_for_each_person_record_and_day(client, shared, frida):
    client.force_login(frida)
    there = reverse("investigations:incident_detail", args=[shared.pk])
    for _time in range(3):
        assert client.get(there).status_code == 200
    (line,) = Entry.objects.filter(act=READ)
    assert (line.actor, line.subject_id, line.log) == (frida, shared.pk, shared.case_id)


def test_the_page_of_the_case_and_what_is_hidden_leave_no_line(
    client, night_raid, harbour, shared, frida
):
    client.force_login(frida)
    assert (
        client.get(reverse("investigations:case_detail", args=[night_raid.pk])).status_code == 200
    )
    hidden = reverse("investigations:incident_detail", args=[harbour.pk])
    assert client.get(hidden).status_code == 404
    assert not Entry.objects.filter(act=READ).exists()


def test_what_the_team_reads_leaves_no_line(client, shared, amal):
    client.force_login(amal)
    client.get(reverse("investigations:incident_detail", args=[shared.pk]))
    assert not Entry.objects.filter(act=READ).exists()


def test_the_log_tells_who_opened_what_and_what_was_asked_of_the_agency(
    client, night_raid, shared, frida, amal, bureau
):
    need = services.enter_need(night_raid, by=amal, capability="radar", description="Tracks")
    services.ask_to_contribute(need, by=amal, agency=bureau, words="Your tracks, please")
    client.force_login(frida)
    client.get(reverse("investigations:incident_detail", args=[shared.pk]))
    client.force_login(amal)
    told = log_of(client, night_raid, agency="FB")
    assert "Frida Lund" in told and "1 record opened" in told
    assert "Opened what is shared with their agency" in told
    assert "Asked an agency to contribute" in told
    assert "Entered a need of assistance" not in told, "the need is none of theirs"
    assert "Asked an agency" not in log_of(client, night_raid, agency="FB", person=frida.pk)


def test_partners_themselves_and_outsiders_do_not_find_it(client, night_raid, frida, omar):
    for user in (frida, omar):
        client.force_login(user)
        answer = client.get(reverse("workspace:partner_log", args=[night_raid.pk]))
        assert answer.status_code == 404


def test_whose_place_has_ended_is_told_still(client, night_raid, shared, frida, soraya):
    place = night_raid.memberships.get(user=frida)
    services.end_membership(place, by=soraya)
    client.force_login(soraya)
    assert "Frida Lund" in log_of(client, night_raid)


def test_another_day_leaves_another_line(client, shared, frida, monkeypatch):
    client.force_login(frida)
    there = reverse("investigations:incident_detail", args=[shared.pk])
    client.get(there)
    tomorrow = timezone.now() + timedelta(days=1)
    of_the_log = SimpleNamespace(now=lambda: tomorrow)  # her session still lives by the clock
    monkeypatch.setattr("investigations.services.partner_reading.timezone", of_the_log)
    client.get(there)
    assert Entry.objects.filter(act=READ).count() == 2
