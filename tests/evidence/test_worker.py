"""The way of a photograph through a real worker: from waiting to a picture with its claims."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core import jobs
from core.models import Job
from evidence.imaging.examine import examine
from evidence.imaging.verdicts import NOTES, REASONS
from evidence.models import File
from evidence.models.remarks import NOT_EXAMINED, NOT_READ, REMARKS
from evidence.models.vocabulary import FileState
from evidence.services import receive_file
from ledger.models import Entry
from tests.bells import answer, job_for
from tests.conftest import eventually
from tests.evidence.photographs import photograph, upload


@pytest.mark.django_db(transaction=True)
def test_a_photograph_becomes_a_picture_with_its_claimed_time_and_place(worker, client, gyro, amal):
    client.force_login(amal)
    sent = {"upload": upload("IMG_1.jpg", photograph()), "acquisition_method": "own-capture"}
    client.post(reverse("evidence:file_receive", args=[gyro.pk]), sent)
    file = eventually(lambda: File.objects.exclude(state=FileState.WAITING).first())

    assert file.state == FileState.READY
    assert file.claimed_taken_at.isoformat() == "2026-03-14T04:55:12+00:00"
    assert file.claimed_zone_known
    assert (file.claimed_latitude, file.claimed_longitude) == (
        Decimal("33.308194"),
        Decimal("44.398000"),
    )
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    preview = reverse("evidence:file_preview", args=[file.pk])
    assert preview in page
    assert client.get(preview).headers["Content-Type"] == "image/jpeg"


def test_everything_an_examination_may_say_has_a_sentence_in_every_language():
    assert set(REMARKS) == {*REASONS, *NOTES, NOT_EXAMINED, NOT_READ}
    english = {**REASONS, **NOTES}
    assert {code: str(REMARKS[code]) for code in english} == english


def test_what_cannot_be_examined_says_so_until_it_is_tried_again(client, gyro, amal, monkeypatch):
    def full_disk(*_args, **_options):
        raise OSError

    monkeypatch.setattr("core.jobs.running.MOST_OUTSIDE", 1)
    monkeypatch.setattr("evidence.services.examination.examine", full_disk)
    file = receive_file(gyro.case, by=amal, chunks=[photograph()], name="a.jpg", item=gyro)
    job = answer(job_for("evidence.examine_file", file.pk))
    assert job.state == "failed"
    client.force_login(amal)
    page = reverse("evidence:file_detail", args=[file.pk])
    assert "It could not be examined" in client.get(page).content.decode()

    monkeypatch.undo()
    answer(jobs.try_again(job))
    file.refresh_from_db()
    assert file.state == FileState.READY


def test_an_overtaken_examination_writes_nothing(gyro, amal, monkeypatch):
    def slowly(source, into):
        Job.objects.update(attempt=2)
        return examine(source, into)

    monkeypatch.setattr("evidence.services.examination.examine", slowly)
    file = receive_file(gyro.case, by=amal, chunks=[photograph()], name="a.jpg", item=gyro)
    answer(job_for("evidence.examine_file", file.pk))
    file.refresh_from_db()
    assert file.is_waiting
    assert not Entry.objects.about(file).filter(act="evidence.file_examined").exists()
