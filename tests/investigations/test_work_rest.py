"""Tasks, notes and notices through REST: the same rules as on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.markings import Handling
from investigations import services
from investigations.models import MailChoice, Note, Notice, Task
from investigations.services.label import mark_more_strictly
from ledger.models import Entry

TASKS, NOTES, NOTICES = "/api/v1/tasks/", "/api/v1/notes/", "/api/v1/notices/"


@pytest.fixture
def program(amal, as_program):
    """A program of Amal's."""
    return as_program(amal)


@pytest.fixture
def weighing(night_raid, soraya, lena):
    """A task of Lena's that was due yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return services.set_task(
        night_raid, by=soraya, title="Weigh the spar", owner=lena, due=yesterday
    )


def here(task):
    return f"{TASKS}{task.pk}/"


def test_a_task_is_set_for_somebody_who_is_told_of_it(program, night_raid, strike, lena):
    body = {"case": str(night_raid.pk), "incident": str(strike.pk), "title": "Weigh the spar",
            "owner": "lena", "due": "2199-01-31"}  # fmt: skip
    answer = program.post(TASKS, body, format="json", headers={"Idempotency-Key": "t-1"})
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    assert (told["owner"], told["due"], told["done_at"]) == ("lena", "2199-01-31", None)
    assert answer.headers["ETag"] == '"1"' and answer.headers["Location"] == f"{TASKS}{told['id']}/"
    assert Notice.objects.visible_to(lena).get().kind == "task-given"
    again = program.post(TASKS, body, format="json", headers={"Idempotency-Key": "t-1"})
    assert again.json() == told and Task.objects.count() == 1


def test_a_task_is_passed_on_and_put_off_by_whoever_read_it_last(program, weighing, amal):
    assert program.patch(here(weighing), {"title": "No"}, format="json").status_code == 428
    read = program.get(here(weighing))
    assert read.json()["is_overdue"] is True
    match = {"If-Match": read.headers["ETag"]}
    changes = {"owner": "amal", "due": "2199-01-31"}
    told = program.patch(here(weighing), changes, format="json", headers=match).json()
    assert (told["owner"], told["title"], told["is_overdue"]) == ("amal", "Weigh the spar", False)
    again = program.patch(here(weighing), changes, format="json", headers=match)
    assert again.status_code == 412
    line = Entry.objects.about(weighing).latest("position")
    assert set(line.facts["changes"]) == {"owner", "due"}
    nobodys = {"If-Match": '"2"'}
    freed = program.patch(here(weighing), {"owner": None}, format="json", headers=nobodys)
    assert freed.json()["owner"] is None


def test_a_task_is_ticked_off_and_on_again_and_lists_tell_which(program, weighing, night_raid):
    open_ones = f"{TASKS}?case={night_raid.pk}&owner=lena&is_done=false&fields=title"
    assert [row["title"] for row in program.get(open_ones).json()["results"]] == ["Weigh the spar"]
    done = program.post(f"{here(weighing)}complete/").json()
    assert done["done_at"] and done["version"] == 2
    assert program.post(f"{here(weighing)}complete/").json() == done
    assert program.get(open_ones).json()["results"] == []
    assert program.post(f"{here(weighing)}reopen/").json()["done_at"] is None


@pytest.mark.parametrize("owner", ["omar", "nobody-at-all"])
def test_a_task_is_given_to_nobody_outside_of_the_team(program, night_raid, omar, owner):
    body = {"case": str(night_raid.pk), "title": "Ask", "owner": owner}
    assert program.post(TASKS, body, format="json").status_code == 422
    assert not Task.objects.exists()


def test_tasks_are_set_together_or_not_at_all(program, night_raid, lena):
    rows = [{"case": str(night_raid.pk), "title": f"Ask {n}", "owner": "lena"} for n in range(3)]
    made = program.post(f"{TASKS}bulk/", {"rows": rows}, format="json")
    assert (made.status_code, made.json()["made"]) == (201, 3)
    rows[1]["owner"] = "nobody-at-all"
    refused = program.post(f"{TASKS}bulk/", {"rows": rows}, format="json")
    assert set(refused.json()["errors"]) == {"rows/1/owner"} and Task.objects.count() == 3


def test_a_note_names_a_colleague_who_is_told_and_stays_as_it_is(
    program, night_raid, strike, lena, as_program
):
    body = {"case": str(night_raid.pk), "incident": str(strike.pk), "text": "Look, @lena."}
    answer = program.post(NOTES, body, format="json")
    assert answer.status_code == 201, answer.json()
    there = answer.headers["Location"]
    assert (answer.json()["author"], answer.json()["text"]) == ("amal", "Look, @lena.")
    assert program.patch(there, {"text": "Other"}, format="json").status_code == 405
    (notice,) = as_program(lena).get(f"{NOTICES}?kind=mentioned").json()["results"]
    assert (notice["subject_kind"], notice["subject_id"]) == (
        "investigations.note",
        answer.json()["id"],
    )
    assert notice["page"].endswith(f"/notes/{answer.json()['id']}/") and notice["about"] == ""


def test_notes_on_what_is_marked_beyond_a_reader_are_not_listed(
    program, night_raid, strike, soraya, amal
):
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(strike, Handling(clearance=2), by=soraya, reason="A source is named.")
    strike.refresh_from_db()
    services.write_note(night_raid, by=soraya, text="Of the source.", incident=strike)
    open_note = services.write_note(night_raid, by=amal, text="Of the weather.")
    told = program.get(f"{NOTES}?case={night_raid.pk}").json()["results"]
    assert [row["id"] for row in told] == [str(open_note.pk)]


def test_notices_are_put_away_one_by_one_and_all_at_once_by_their_addressee(
    night_raid, soraya, lena, amal, as_program
):
    for title in ("Weigh", "Draw", "Ask"):
        services.set_task(night_raid, by=soraya, title=title, owner=lena)
    mine, others = as_program(lena), as_program(amal)
    unread = f"{NOTICES}?is_seen=false"
    first, *_more = mine.get(unread).json()["results"]
    there = f"{NOTICES}{first['id']}/"
    assert others.get(unread).json()["results"] == []
    assert others.post(f"{there}seen/").status_code == 404
    assert mine.post(f"{there}seen/").json()["seen_at"]
    assert len(mine.get(unread).json()["results"]) == 2
    assert mine.post(f"{NOTICES}seen/").json() == {"is_seen": True}
    assert mine.get(unread).json()["results"] == []


def test_what_comes_by_mail_is_chosen_by_oneself(program, amal):
    nothing = {"kinds": [], "email": amal.email, "is_possible": False}
    assert program.get(f"{NOTICES}by-mail/").json() == nothing
    body = {"kinds": ["mentioned", "task-given"]}
    assert program.post(f"{NOTICES}by-mail/", body, format="json").json()["kinds"] == body["kinds"]
    assert MailChoice.objects.get().user == amal
    wrong = program.post(f"{NOTICES}by-mail/", {"kinds": ["gossip"]}, format="json")
    assert wrong.status_code == 422


def test_outsiders_find_nothing_and_add_nothing(weighing, night_raid, omar, as_program):
    stranger = as_program(omar)
    services.write_note(night_raid, by=night_raid.lead, text="Of the weather.")
    for there in (TASKS, NOTES, NOTICES):
        assert stranger.get(there).json()["results"] == []
    assert stranger.get(here(weighing)).status_code == 404
    assert stranger.post(f"{here(weighing)}complete/").status_code == 404
    body = {"case": str(night_raid.pk), "text": "Hello"}
    assert set(stranger.post(NOTES, body, format="json").json()["errors"]) == {"case"}
    assert Note.objects.count() == 1
