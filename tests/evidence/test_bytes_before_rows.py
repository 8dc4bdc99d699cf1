"""No row of a file is ever committed before its bytes would survive a power cut."""

import os
import time

import pytest

from core import filing
from evidence import services, vault
from evidence.models import File
from ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
FLUSH = os.fsync


def as_a_form(case, amal, film):
    return services.receive_file(case, by=amal, chunks=[film], name="film.bin")


def by_tus(case, amal, film):
    """As it comes whole with its announcement, its bytes on the disk before it is known whose."""
    with vault.Arriving(vault.growing_place()) as piece:
        piece.write(film)
        piece.complete()
        size = len(film)
        told = services.take_in_one(case, by=amal, piece=piece, size=size, name="film.bin")
    return told.file


@pytest.fixture(params=[as_a_form, by_tus])
def receive(request):
    """Each way in which a file comes whole."""
    return request.param


@pytest.fixture
def film():
    """Bytes that nobody has sent before."""
    return os.urandom(4000)


def test_the_disk_is_waited_for_however_slow_it_is(receive, night_raid, amal, film, monkeypatch):
    flushed = []

    def slowly(handle):
        time.sleep(0.1)
        FLUSH(handle)
        flushed.append(handle)

    monkeypatch.setattr(filing.os, "fsync", slowly)
    file = receive(night_raid, amal, film)
    assert len(flushed) == 2, "the bytes, then their name"
    assert vault.still_whole(file.sha256)


def test_a_disk_that_fails_last_of_all_leaves_no_row_and_no_line(
    receive, night_raid, amal, film, monkeypatch
):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filing.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        receive(night_raid, amal, film)
    assert not File.objects.exists()
    assert not Entry.objects.filter(act="evidence.file_received").exists()
    monkeypatch.undo()
    assert vault.still_whole(receive(night_raid, amal, film).sha256)
