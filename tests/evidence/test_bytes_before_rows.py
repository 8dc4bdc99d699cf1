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


def receive(case, amal, film):
    return services.receive_file(case, by=amal, chunks=[film], name="film.bin")


@pytest.fixture
def film():
    """Bytes that nobody has sent before."""
    return os.urandom(4000)


def test_the_disk_is_waited_for_however_slow_it_is(night_raid, amal, film, monkeypatch):
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
    night_raid, amal, film, monkeypatch
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
