"""Making: once, whatever happens to workers, and never changed afterwards."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import Job
from investigations.models import Case
from ledger.models import Entry
from ledger.verification import verify
from reports import services, vault
from reports.models import Report
from reports.services import report as making
from tests.bells import answer, job_for, moments_pass
from tests.conftest import eventually
from tests.reports.conftest import made, text_of


def made_lines(report: Report) -> int:
    return Entry.objects.about(report).filter(act="reports.report_made").count()


def test_a_report_is_made_once_and_its_digest_stands_in_the_ledger(night_raid, amal, photographed):
    report = made(night_raid, amal)

    facts = Entry.objects.about(report).get(act="reports.report_made").facts
    with vault.open_report(report.sha256) as pdf:
        assert len(pdf.read()) == report.size == facts["size"]
    assert facts["sha256"] == report.sha256
    assert facts["ledger_position"] == report.ledger_position
    assert verify(night_raid.pk).flaws == []


def test_a_bell_rung_thrice_makes_one_report(night_raid, amal):
    report = services.request_report(night_raid, by=amal, language="en")
    for _ring in range(3):
        job = answer(job_for(services.TYPESET, report.pk))

    report.refresh_from_db()
    assert report.is_ready
    assert (job.state, job.attempt) == ("done", 1)
    assert made_lines(report) == 1


def test_asking_twice_before_it_is_made_asks_once(night_raid, amal, lena):
    first = services.request_report(night_raid, by=amal, language="en")

    assert services.request_report(night_raid, by=amal, language="en") == first
    assert services.request_report(night_raid, by=amal, language="ar") != first
    assert services.request_report(night_raid, by=lena, language="en") != first


def test_what_an_overtaken_worker_brings_late_is_not_kept(night_raid, amal, monkeypatch):
    report = services.request_report(night_raid, by=amal, language="en")
    make = making.make

    def make_slowly(slow, tell):
        done = make(slow, tell)
        Job.objects.update(attempt=2)
        return done

    monkeypatch.setattr(making, "make", make_slowly)
    answer(job_for(services.TYPESET, report.pk))

    report.refresh_from_db()
    assert not report.is_ready
    assert made_lines(report) == 0


def test_after_three_attempts_it_says_that_it_failed_and_may_be_tried_again(
    night_raid, amal, monkeypatch, client
):
    make = making.make

    def break_down(report, tell):
        tell(Report.Step.PICTURES, 1, 2)
        raise RuntimeError("no paper")

    monkeypatch.setattr(making, "make", break_down)
    report = services.request_report(night_raid, by=amal, language="en")
    job = job_for(services.TYPESET, report.pk)
    client.force_login(amal)
    page = reverse("reports:report_detail", args=[report.pk])
    for _attempt in range(3):
        assert "Waiting for a worker" in client.get(page).content.decode()
        answer(job)
        moments_pass(job)

    report.refresh_from_db()
    assert report.state == Report.State.FAILED
    assert Entry.objects.about(report).filter(act="reports.report_failed").count() == 1
    monkeypatch.setattr(making, "make", make)
    answer(jobs.try_again(job))
    report.refresh_from_db()
    assert report.is_ready


def test_whoever_lost_the_right_meanwhile_gets_no_report(night_raid, amal, soraya, client):
    report = services.request_report(night_raid, by=amal, language="en")
    membership = night_raid.memberships.get(user=amal)
    membership.ended_at = timezone.now()
    membership.save()
    job = answer(job_for(services.TYPESET, report.pk))

    report.refresh_from_db()
    assert (job.state, report.state) == ("failed", Report.State.FAILED)
    client.force_login(soraya)
    page = client.get(reverse("reports:report_detail", args=[report.pk])).content.decode()
    assert services.NO_LONGER_ALLOWED in page
    assert made_lines(report) == 0


def test_a_made_report_stays_as_it_was_when_the_case_moves_on(night_raid, amal, named):
    before = made(night_raid, amal)
    named()
    after = made(night_raid, amal)
    before.refresh_from_db()

    assert "Cormorant Brigade" not in text_of(before)
    assert "Cormorant Brigade" in text_of(after)
    assert before.sha256 != after.sha256
    assert (before.holds_finding, after.holds_finding) == (False, True)


def test_only_those_who_may_make_reports_ask_for_one(night_raid, omar, amal, admin):
    for stranger in (omar, admin):
        with pytest.raises(Case.DoesNotExist):
            services.request_report(night_raid, by=stranger, language="en")


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_makes_it_in_the_background(night_raid, amal, photographed, worker):
    report = services.request_report(night_raid, by=amal, language="ar")

    finished = eventually(
        lambda: Report.objects.filter(pk=report.pk, state=Report.State.READY).first()
    )
    assert finished.done == finished.total == 5
    assert made_lines(finished) == 1
