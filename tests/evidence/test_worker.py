"""The way of a photograph through a real worker: from waiting to a picture with its claims."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evidence.imaging.verdicts import NOTES, REASONS
from evidence.models import File
from evidence.models.remarks import REMARKS
from evidence.models.vocabulary import FileState
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
    assert set(REMARKS) == set(REASONS) | set(NOTES)
    english = {**REASONS, **NOTES}
    assert {code: str(REMARKS[code]) for code in REMARKS} == english
