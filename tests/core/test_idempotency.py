"""What is sent twice is done once: by programs with a key, by browsers with a form's own word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Once
from core.services.once import forget_outlived
from investigations.models import Case, Incident, Note
from ledger.models import Entry

pytestmark = pytest.mark.django_db

ATTACKS = "/api/v1/incidents/"


def send(program, case, key="k-1", title="Attack on the pier", **more):
    body = {"case": str(case.pk), "title": title, **more}
    return program.post(ATTACKS, body, format="json", headers={"Idempotency-Key": key})


def test_a_key_brings_the_same_answer_and_one_row(as_program, amal, night_raid):
    program = as_program(amal)
    first, again = send(program, night_raid), send(program, night_raid)
    assert (first.status_code, first.json()) == (201, again.json())
    assert again.status_code == 201
    assert first["Location"] == again["Location"] == f"{ATTACKS}{first.json()['id']}/"
    assert first["ETag"] == again["ETag"] == '"1"'
    assert Incident.objects.visible_to(amal).count() == 1
    assert Entry.objects.filter(act="investigations.incident_entered").count() == 1


def test_a_key_with_another_body_is_refused(as_program, amal, night_raid):
    program = as_program(amal)
    send(program, night_raid)
    other = send(program, night_raid, title="Attack on the mole")
    assert other.status_code == 422
    assert other.json()["code"] == "key-reused"
    assert Incident.objects.visible_to(amal).count() == 1


def test_a_key_is_its_senders_own(as_program, amal, lena, night_raid):
    send(as_program(amal), night_raid)
    assert send(as_program(lena), night_raid).status_code == 201
    assert Incident.objects.visible_to(amal).count() == 2


def test_a_refusal_uses_no_key_up(as_program, amal, night_raid):
    program = as_program(amal)
    assert send(program, night_raid, title="").status_code == 422
    assert not Once.objects.exists()
    assert send(program, night_raid).status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 201, "مفتاح"])
def test_a_key_is_short_and_plain(as_program, amal, night_raid, key):
    program = as_program(amal)
    body = {"case": str(night_raid.pk), "title": "Attack"}
    answer = program.post(
        ATTACKS, body, format="json", HTTP_IDEMPOTENCY_KEY=key.encode().decode("latin-1")
    )
    assert answer.status_code == 422
    assert not Incident.objects.visible_to(amal).exists()


def test_what_may_no_longer_be_seen_is_not_told_again(as_program, amal, soraya, night_raid):
    from investigations.services import end_membership

    program = as_program(amal)
    assert send(program, night_raid).status_code == 201
    end_membership(night_raid.memberships.get(user=amal), by=soraya)
    again = send(program, night_raid)
    assert again.status_code in (404, 422)
    assert "pier" not in again.content.decode()


def test_a_key_holds_nothing_of_the_case(as_program, amal, night_raid):
    send(as_program(amal), night_raid)
    kept = Once.objects.values().get()
    assert "pier" not in str(kept)
    assert kept["plain"] is None


def test_an_answer_about_no_row_is_told_again(as_program, amal, night_raid, gyro):
    from evidence import services

    file = services.receive_file(night_raid, by=amal, chunks=[b"x"], name="x.txt", item=gyro)
    program, lines = as_program(amal), Entry.objects.filter(act="evidence.file_verified")
    for _again in range(2):
        answer = program.post(f"/api/v1/files/{file.pk}/verify/", headers={"Idempotency-Key": "v"})
        assert answer.json() == {"whole": True}
    assert lines.count() == 1


def test_a_form_sent_twice_leads_to_one_page(client, soraya):
    client.force_login(soraya)
    form = client.get("/cases/new/")
    word = form.content.decode().partition('name="once" value="')[2].partition('"')[0]
    typed = {"title": "Harbour", "public_title": "Incident", "mandate": "Article 3", "once": word}
    typed |= {"standard_of_proof": "reasonable-grounds-to-believe", "tlp": "amber", "pap": "amber"}
    typed = {
        **{
            name: field.initial
            for name, field in form.context["form"].fields.items()
            if field.initial and not callable(field.initial)
        },
        **typed,
    }
    first, again = client.post("/cases/new/", typed), client.post("/cases/new/", typed)
    assert first.status_code == again.status_code == 302, first.context["form"].errors
    assert first["Location"] == again["Location"]
    assert Case.objects.visible_to(soraya).count() == 1
    other = client.post("/cases/new/", {**typed, "title": "Pier"})
    assert other["Location"] != first["Location"]


def test_a_part_of_a_page_sent_twice_is_fetched_anew(client, amal, night_raid):
    client.force_login(amal)
    note = {"text": "Seen from the roof.", "once": "0190a8e4-3b1e-7c3a-8c5e-2f4d5a6b7c8d"}
    for status, refresh in [(200, None), (200, "true")]:
        answer = client.post(f"/cases/{night_raid.pk}/notes/", note, headers={"HX-Request": "true"})
        assert answer.status_code == status
        assert answer.get("HX-Refresh") == refresh
    assert Note.objects.filter(case=night_raid).count() == 1


def test_keys_are_forgotten_after_a_day(as_program, amal, night_raid):
    send(as_program(amal), night_raid)
    Once.objects.update(created_at=timezone.now() - timedelta(hours=25))
    forget_outlived()
    assert not Once.objects.exists()
