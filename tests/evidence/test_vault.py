"""The store of originals holds whole files only, whatever crashes or races while it stores them."""

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from core import filing
from evidence import vault

BYTES = b"the wreckage as it lay" * 1000
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture(autouse=True)
def empty_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evidence store of its own, so that nothing is there before."""
    own = FileSystemStorage(location=tmp_path, file_permissions_mode=0o440)
    monkeypatch.setattr(vault, "storages", {"evidence": own})


def stored() -> Path:
    """Where the original lies."""
    return Path(vault.storages["evidence"].path(vault.address(DIGEST)))


def unfinished() -> Path:
    """Where copies are made."""
    return Path(vault.storages["evidence"].path(filing.UNFINISHED))


def test_what_a_killed_process_left_half_copied_is_removed_after_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filing, "storages", vault.storages)
    unfinished().mkdir()
    for name, age in [("left", filing.ABANDONED_AFTER + 60), ("under way", 60)]:
        (unfinished() / name).write_bytes(BYTES[:100])
        os.utime(unfinished() / name, times=(time.time() - age,) * 2)
    filing.clear_away_unfinished("evidence")
    assert [part.name for part in unfinished().iterdir()] == ["under way"]


def test_a_store_that_breaks_half_way_leaves_nothing_that_passes_for_evidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full_disk(source: object, copy: object) -> None:
        copy.write(BYTES[:100])  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filing, "is_linked", lambda *_places: False)
    monkeypatch.setattr(filing.shutil, "copyfileobj", full_disk)
    with pytest.raises(OSError, match="No space"):
        vault.keep([BYTES])
    assert not stored().exists()
    assert list(stored().parent.iterdir()) == [] == list(unfinished().iterdir())
    monkeypatch.undo()
    assert vault.keep([BYTES]).sha256 == DIGEST


def test_half_a_file_left_by_a_crash_is_mended_when_the_bytes_come_again() -> None:
    stored().parent.mkdir(parents=True)
    stored().write_bytes(BYTES[:100])
    vault.keep([BYTES])
    assert stored().read_bytes() == BYTES
    assert vault.still_whole(DIGEST)


def test_what_the_disk_altered_is_mended_before_a_sender_lets_go_of_the_same_bytes() -> None:
    stored().parent.mkdir(parents=True)
    stored().write_bytes(bytes([BYTES[0] ^ 1]) + BYTES[1:])
    vault.keep([BYTES])
    assert vault.still_whole(DIGEST)


def test_the_same_bytes_sent_by_many_at_once_are_stored_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _turn: vault.keep([BYTES]), range(24)))
    assert {one.sha256 for one in kept} == {DIGEST}
    assert [file.name for file in stored().parent.iterdir()] == [DIGEST]


def test_a_store_on_another_disk_takes_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "is_linked", lambda *_places: False)
    assert vault.keep([BYTES]).sha256 == DIGEST
    assert vault.still_whole(DIGEST)
    assert list(unfinished().iterdir()) == []


def test_an_original_has_no_second_name_by_which_it_could_be_changed() -> None:
    vault.keep([BYTES])
    assert stored().stat().st_nlink == 1


def test_nobody_may_write_an_original_that_was_stored() -> None:
    vault.keep([BYTES])
    assert stat.S_IMODE(stored().stat().st_mode) == 0o440


def test_bytes_that_differ_from_what_was_promised_are_not_stored() -> None:
    with pytest.raises(ValueError, match=DIGEST):
        vault.keep([BYTES], expected="0" * 64)
    assert not stored().exists()


def test_a_sender_who_falls_silent_half_way_leaves_nothing() -> None:
    def broken() -> Iterator[bytes]:
        yield BYTES[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        vault.keep(broken())
    assert not stored().parent.exists() or not list(stored().parent.iterdir())
