"""Jobs: owed with the change, done once, fenced, tried again, and never lost for want of a bell."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from celery import current_app
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.identity import uuid7
from core.jobs.lease import Lease, kept_alive
from core.jobs.running import MOST_FAILURES, MOST_OUTSIDE
from core.models import Job
from tests.bells import answer, job_for, moments_pass

NAME = "core.rehearsal"
PAST = datetime(2026, 1, 1, tzinfo=UTC)


class Rehearsal:
    """A task whose work and surrender a test can set and look at."""

    def __init__(self) -> None:
        self.done: list[UUID] = []
        self.given_up: list[tuple[UUID, str]] = []
        self.work = lambda row, lease: None

    def do(self, row: UUID, lease: Lease) -> None:
        self.work(row, lease)
        self.done.append(row)

    def give_up(self, row: UUID, reason: str) -> None:
        self.given_up.append((row, reason))


@pytest.fixture
def rehearsal():
    """The task of these tests, known to Celery for as long as one of them runs."""
    played = Rehearsal()
    task = jobs.task(NAME, gives_up=played.give_up)(played.do)
    current_app.tasks.register(task._get_current_object())
    yield played
    current_app.tasks.unregister(NAME)


@pytest.fixture
def rung(monkeypatch) -> list[str]:
    """The ids for which a bell was rung."""
    bells: list[str] = []
    monkeypatch.setattr(
        "core.jobs.bell.current_app.send_task", lambda _task, args: bells.extend(args)
    )
    return bells


def asked(row: UUID | None = None) -> Job:
    row = row or uuid7()
    jobs.ask(NAME, row)
    return job_for(NAME, row)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_owed_with_the_change_and_rung_for_once_it_stands(rung):
    with transaction.atomic():
        job = asked()
        assert rung == []
    assert rung == [str(job.pk)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_owes_nothing_and_rings_for_nothing(rung):
    with pytest.raises(RuntimeError), transaction.atomic():
        asked()
        raise RuntimeError
    assert not Job.objects.exists()
    assert rung == []


def test_asking_twice_for_what_waits_is_one_job_done_once(db, rehearsal):
    job = asked()
    asked(job.row)
    assert (answer(job).state, answer(job).state) == ("done", "done")
    assert rehearsal.done == [job.row]


def test_asking_while_it_runs_leads_to_one_more_run(db, rehearsal):
    def somebody_asks_meanwhile(row, lease):
        if not rehearsal.done:
            jobs.ask(NAME, row)
            jobs.ask(NAME, row)

    rehearsal.work = somebody_asks_meanwhile
    job = asked()
    assert answer(job).state == "waiting"
    assert answer(job).state == "done"
    answer(job)
    assert rehearsal.done == [job.row] * 2


def test_asking_again_after_it_was_done_does_it_again(db, rehearsal):
    job = answer(asked())
    asked(job.row)
    assert answer(job).attempt == 2


def test_a_job_in_living_hands_is_left_to_them(db, rehearsal):
    job = asked()
    rehearsal.work = lambda row, lease: answer(job)
    assert answer(job).attempt == 1
    assert rehearsal.done == [job.row]


def test_what_a_dead_worker_left_is_taken_up_by_the_next(db, rehearsal, rung):
    job = asked()
    Job.objects.update(state="running", attempt=1, lease_until=timezone.now(), ring_at=PAST)
    jobs.sweep()
    assert rung == [str(job.pk)]
    assert (answer(job).state, job.attempt) == ("done", 2)


def test_an_overtaken_attempt_writes_nothing(db, rehearsal):
    kept = []

    def slowly(row, lease):
        moments_pass(job)
        rehearsal.work = lambda row, lease: kept.append("newer")
        answer(job)
        with transaction.atomic():
            lease.complete()
            kept.append("older")

    rehearsal.work = slowly
    job = asked()
    assert (answer(job).state, job.attempt) == ("done", 2)
    assert kept == ["newer"]


def test_the_result_and_the_end_of_the_job_are_one_transaction(db, rehearsal):
    def dies_after_completing(row, lease):
        with transaction.atomic():
            lease.complete()
            raise RuntimeError

    rehearsal.work = dies_after_completing
    assert answer(asked()).state == "waiting"


def test_errors_of_its_own_end_it_after_a_few_attempts_and_a_person_may_try_again(
    client, admin, rehearsal
):
    def fails(row, lease):
        raise ValueError("the witness lives at 7 Palm Street")

    works, rehearsal.work = rehearsal.work, fails
    job = asked()
    for _attempt in range(MOST_FAILURES):
        assert job.state == "waiting"
        answer(job)
        answer(job)  # not before its pause is over
        moments_pass(job)
    job.refresh_from_db()
    assert (job.state, job.failures, job.last_error) == ("failed", MOST_FAILURES, "ValueError")
    assert rehearsal.given_up == [(job.row, "")]

    rehearsal.work = works
    client.force_login(admin)
    page = reverse("admin:core_job_changelist")
    assert "ValueError" in client.get(page).content.decode()
    client.post(page, {"action": "try_again", "_selected_action": [str(job.pk)]})
    assert answer(job).state == "done"


def test_trouble_with_disks_and_servers_is_waited_out(db, rehearsal):
    def no_disk(row, lease):
        raise OSError("No space left on device")

    rehearsal.work = no_disk
    job = asked()
    for _attempt in range(MOST_FAILURES + 3):
        answer(job)
        moments_pass(job)
    assert job.state == "waiting"
    assert job.run_after - timezone.now() < timedelta(seconds=31)
    Job.objects.update(failures=MOST_OUTSIDE - 1)
    assert answer(job).state == "failed"


def test_a_job_that_kills_its_workers_is_not_sent_for_ever(db, rehearsal):
    job = asked()
    Job.objects.update(state="running", failures=MOST_OUTSIDE - 1, lease_until=timezone.now())
    assert (answer(job).state, job.last_error) == ("failed", "WorkerLost")
    assert rehearsal.done == []
    assert rehearsal.given_up == [(job.row, "")]


def test_what_trying_again_cannot_help_ends_at_once_with_its_sentence(db, rehearsal):
    def no_right(row, lease):
        raise jobs.GivenUp("Whoever asked may no longer.")

    rehearsal.work = no_right
    job = answer(asked())
    assert (job.state, job.reason) == ("failed", "Whoever asked may no longer.")
    assert rehearsal.given_up == [(job.row, job.reason)]


def test_the_log_names_the_error_and_tells_nothing_of_its_words(db, rehearsal, monkeypatch):
    def fails(row, lease):
        raise ValueError("Canary of Palm Street")

    heard: list[str] = []
    monkeypatch.setattr("core.jobs.running.log.error", lambda text, *of: heard.append(text % of))
    rehearsal.work = fails
    answer(asked())
    (line,) = heard
    assert "ValueError" in line and "in fails" in line
    assert "of Palm Street" not in line.replace('"Canary of Palm Street"', "")


FORGED = ["", "not-an-id", 7, None, {"id": 1}, "01890000-0000-7000-8000-000000000000"]


@pytest.mark.parametrize("forged", FORGED)
def test_forged_messages_do_nothing(db, rehearsal, forged):
    job = asked()
    current_app.tasks[NAME](forged, "more", by="nobody")
    job.refresh_from_db()
    assert (job.state, rehearsal.done) == ("waiting", [])


def test_a_job_is_not_done_by_the_task_of_another(db, rehearsal):
    jobs.ask("evidence.examine_file", uuid7())
    current_app.tasks[NAME](str(Job.objects.get().pk))
    assert Job.objects.get().state == "waiting"


def test_the_sweep_rings_for_what_was_not_heard_and_not_twice_in_a_row(db, rung):
    asked()
    jobs.sweep()
    assert rung == []
    Job.objects.update(ring_at=PAST)
    jobs.sweep()
    jobs.sweep()
    assert len(rung) == 1


def test_what_was_done_long_ago_is_let_go_and_what_failed_is_kept(db):
    long_ago = timezone.now() - timedelta(days=31)
    for state in ("done", "failed"):
        Job.objects.create(task=NAME, row=uuid7(), state=state, finished_at=long_ago)
    Job.objects.create(task=NAME, row=uuid7(), state="done", finished_at=timezone.now())
    jobs.sweep()
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "failed"]


def test_a_broker_in_any_trouble_is_no_trouble_of_the_change(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(*_args, **_options):
        raise RuntimeError("out of memory")

    monkeypatch.setattr("core.jobs.bell.current_app.send_task", broken)
    with django_capture_on_commit_callbacks(execute=True):
        assert asked().state == "waiting"


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_keeps_its_lease_however_long_it_takes(rung, monkeypatch):
    monkeypatch.setattr("core.jobs.lease.HEARTBEAT", 0.05)
    job = asked()
    soon = timezone.now() + timedelta(seconds=1)
    Job.objects.update(state="running", attempt=1, lease_until=soon)
    with kept_alive(Lease(job.pk, job.row, 1)):
        time.sleep(0.4)
    job.refresh_from_db()
    assert job.lease_until > soon + timedelta(seconds=10)


@pytest.mark.django_db(transaction=True)
def test_one_job_rung_for_thrice_at_once_is_done_once(rehearsal, rung):
    rehearsal.work = lambda row, lease: time.sleep(0.2)
    job = asked()

    def worker(_number: int) -> None:
        try:
            current_app.tasks[NAME](str(job.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(worker, range(3)))
    assert rehearsal.done == [job.row]


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_owe_one_job(rehearsal, rung):
    row = uuid7()

    def person(_number: int) -> None:
        try:
            jobs.ask(NAME, row)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(person, range(16)))
    assert Job.objects.filter(row=row).count() == 1
