"""The door to the exercise: who may open it, how it is watched, and the cast's passwords."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from core.errors import Refused
from ledger.models import Entry
from tests.bells import answer, job_for, moments_pass
from workspace import services
from workspace.models import ExerciseRun

START, PAGE = reverse("workspace:start_exercise"), reverse("workspace:exercise")
PASSWORDS = reverse("workspace:cast_passwords")


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def head(admin):
    """The administrator of a fresh installation, who may open cases."""
    admin.may_open_cases = True
    admin.save()
    return admin


@pytest.fixture
def short_story(monkeypatch):
    """A loading that enters one person and takes two steps."""

    def load(*, by, on_step):
        on_step("People", 0, 2)
        noor, new = User.objects.get_or_create(username="noor")
        if new:
            noor.set_unusable_password()
            noor.save()
        on_step("Done", 2, 2)
        return [("noor", "analyst")]

    monkeypatch.setattr(services, "load", load)


def test_only_an_administrator_who_may_open_cases_opens_the_door(as_, admin, soraya):
    for nobody in (admin, soraya):
        assert as_(nobody).post(START).status_code == 403
        assert as_(nobody).get(PAGE).status_code == 403
        assert as_(nobody).post(PASSWORDS).status_code == 403
    assert not ExerciseRun.objects.exists()


def test_it_waits_for_a_worker_and_says_so(as_, head):
    assert as_(head).post(START).url == PAGE
    page = as_(head).get(PAGE).content.decode()
    assert "Waiting for a worker" in page and 'hx-trigger="every 2s"' in page
    assert as_(head).post(START).url == PAGE and ExerciseRun.objects.count() == 1


def test_it_goes_only_into_an_empty_place(as_, head, night_raid):
    answer = as_(head).post(START)
    assert answer.status_code == 422
    assert "only into an empty place" in answer.content.decode()


def test_a_worker_loads_it_once(as_, head, short_story):
    run = services.request_exercise(by=head)
    for _ring in range(2):
        job = answer(job_for(services.LOAD, run.pk))
    run.refresh_from_db()
    assert (run.state, run.done, run.total, job.attempt) == ("ready", 2, 2, 1)
    page = as_(head).get(PAGE).content.decode()
    assert "noor" in page and "Where to click" in page and "every 2s" not in page
    assert as_(head).post(START).status_code == 422


def test_each_of_the_cast_is_given_a_password_that_is_shown_once(as_, head, short_story):
    run = services.request_exercise(by=head)
    assert as_(head).post(PASSWORDS).status_code == 422, "not before it is loaded"
    services.load_exercise(run)
    page = as_(head).post(PASSWORDS)
    (name, _roles, password) = page.context["given"][0]
    assert password in page.content.decode()
    assert password not in as_(head).get(PAGE).content.decode()
    assert User.objects.get(username=name).check_password(password)
    again = as_(head).post(PASSWORDS)
    assert again.context["given"] == [("noor", "analyst", "")], "nobody's own is replaced"
    assert User.objects.get(username=name).check_password(password)


def test_a_loading_that_fails_is_tried_again_and_then_told(as_, head, monkeypatch):
    def broken(*, by, on_step):
        on_step("People", 0, 2)
        raise RuntimeError("no disk")

    monkeypatch.setattr(services, "load", broken)
    run = services.request_exercise(by=head)
    job = job_for(services.LOAD, run.pk)
    for _attempt in range(3):
        assert "Waiting for a worker" in as_(head).get(PAGE).content.decode()
        answer(job)
        moments_pass(job)
    run.refresh_from_db()
    assert (run.state, bool(run.error)) == ("failed", True)
    assert "worker&#x27;s log" in as_(head).get(PAGE).content.decode()
    again = services.request_exercise(by=head)
    job.refresh_from_db()
    assert (again.pk, again.state, job.state) == (run.pk, "waiting", "waiting")


def test_whoever_lost_the_right_meanwhile_loads_nothing(head, short_story):
    run = services.request_exercise(by=head)
    head.may_open_cases = False
    head.save()
    job = answer(job_for(services.LOAD, run.pk))
    run.refresh_from_db()
    assert (job.state, run.state, run.error) == ("failed", "failed", services.NO_LONGER_ALLOWED)


def test_services_refuse_what_the_pages_refuse(head, soraya, short_story):
    with pytest.raises(PermissionDenied):
        services.request_exercise(by=soraya)
    run = services.request_exercise(by=head)
    with pytest.raises(Refused):
        services.give_cast_passwords(run, by=head)
    services.load_exercise(run)
    run.refresh_from_db()
    with pytest.raises(PermissionDenied):
        services.give_cast_passwords(run, by=soraya)


def test_what_was_loaded_from_the_command_line_is_known_on_the_page(admin):
    services.note_loaded([("amal", "analyst")], by=admin)
    services.note_loaded([("amal", "analyst")], by=admin)

    assert ExerciseRun.objects.get().is_ready
    assert Entry.objects.filter(act="workspace.exercise_loaded").count() == 1
