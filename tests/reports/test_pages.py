"""Reports in the browser: asked for, waited for, fetched; outsiders find nothing."""

import pytest
from django.urls import reverse

from ledger.models import Entry
from reports import services
from reports.models import Report
from tests.reports.conftest import made


def ask(client, case, language="en"):
    return client.post(reverse("reports:report_request", args=[case.pk]), {"language": language})


def test_asking_leads_to_a_page_that_says_it_is_waiting(client, night_raid, amal):
    client.force_login(amal)
    answer = ask(client, night_raid)
    report = Report.objects.get()

    assert answer.url == reverse("reports:report_detail", args=[report.pk])
    page = client.get(answer.url).content.decode()
    assert "Waiting for a worker" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Refresh" in page


def test_a_stopped_broker_is_no_error(
    client, night_raid, amal, monkeypatch, django_capture_on_commit_callbacks
):
    from kombu.exceptions import OperationalError

    def unreachable(*_args, **_options):
        raise OperationalError("no broker")

    monkeypatch.setattr("core.jobs.bell.current_app.send_task", unreachable)
    client.force_login(amal)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client, night_raid).status_code == 302
    assert Report.objects.get().state == Report.State.WAITING


def test_the_part_asked_for_again_stops_asking_when_the_file_is_there(client, night_raid, amal):
    client.force_login(amal)
    report = made(night_raid, amal)
    url = reverse("reports:report_detail", args=[report.pk])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert "every 2s" not in part
    assert reverse("reports:report_download", args=[report.pk]) in part
    assert report.sha256 in part


def test_the_file_is_a_download_that_cannot_run_and_leaves_a_line(client, night_raid, amal):
    client.force_login(amal)
    report = made(night_raid, amal)
    answer = client.post(reverse("reports:report_download", args=[report.pk]))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert night_raid.ref in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    line = Entry.objects.about(report).last()
    assert (line.act, line.actor) == ("reports.report_downloaded", amal)


def test_what_is_not_ready_cannot_be_fetched(client, night_raid, amal):
    client.force_login(amal)
    report = services.request_report(night_raid, by=amal, language="en")

    assert client.post(reverse("reports:report_download", args=[report.pk])).status_code == 404


def test_a_language_we_do_not_write_is_refused_in_the_form(client, night_raid, amal):
    client.force_login(amal)
    answer = ask(client, night_raid, language="tlh")

    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_an_outsider_is_told_there_is_no_such_thing(client, night_raid, amal, omar):
    report = made(night_raid, amal)
    client.force_login(omar)

    assert client.get(reverse("reports:report_detail", args=[report.pk])).status_code == 404
    assert client.post(reverse("reports:report_download", args=[report.pk])).status_code == 404
    assert client.get(reverse("reports:case_reports", args=[night_raid.pk])).status_code == 404
    assert ask(client, night_raid).status_code == 404
    assert night_raid.ref not in client.get(reverse("reports:report_list")).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lists_show_what_was_made_and_from_which_line(client, night_raid, amal, language):
    amal.language = language
    amal.save()
    client.force_login(amal)
    empty = client.get(reverse("reports:report_list"))
    report = made(night_raid, amal, language)

    assert empty.status_code == 200
    for url in (
        reverse("reports:report_list"),
        reverse("reports:case_reports", args=[night_raid.pk]),
    ):
        page = client.get(url).content.decode()
        assert report.sha256[:10] in page
        assert reverse("reports:report_detail", args=[report.pk]) in page


def test_a_colleague_without_the_duty_reads_reports_but_asks_for_none(
    client, night_raid, amal, soraya, mission
):
    from investigations import services as investigations
    from investigations.models import Role
    from tests.conftest import person

    keeper = person("keeper", agency=mission)
    investigations.admit_member(night_raid, keeper, roles=[Role.CUSTODIAN], by=soraya)
    client.force_login(keeper)
    page = client.get(reverse("reports:case_reports", args=[night_raid.pk]))

    assert page.status_code == 200
    assert "Make the report" not in page.content.decode()
    assert ask(client, night_raid).status_code == 403
