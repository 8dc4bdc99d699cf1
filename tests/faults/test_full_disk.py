"""The disk is full: whoever sends is told, nothing half-written stays, and room mends all."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.installation import WEB, WORKER, Installation, until
from tests.faults.sender import Sender, photograph

SMALL, LARGE = "6m", "200m"
WHY_NOT = "no small disk: mounting one takes root; a limit on the size of files stands in for it"


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A file system of a few megabytes in that place."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=0700", "vestige-fault", str(place)]
    subprocess.run(mount, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def make_room(place: Path) -> None:
    """The people who run the server bring a larger disk."""
    larger = ["mount", "-o", f"remount,size={LARGE}", str(place)]
    subprocess.run(larger, check=True)


def can_mount(place: Path) -> bool:
    """Whether this machine lets us have a small disk."""
    if os.geteuid() != 0:
        return False
    try:
        with small_disk(place):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def stored(installation: Installation) -> list[Path]:
    """Everything that lies among the originals."""
    folder = installation.home.folder / "evidence"
    return [path for path in folder.rglob("*") if path.is_file()]


def fill(sender: Sender) -> None:
    """Send until the server has no room."""
    for number in range(60):
        told = sender.send(photograph(number, width=1600))
        if told.status == 507:
            assert told.body["code"] == "disk-full"
            assert "make room" in str(told.body["detail"])
            return
    raise AssertionError(f"it never filled up; heard {sender.statuses}")


def test_a_full_disk_refuses_with_a_sentence_and_goes_on_when_there_is_room(
    installation: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    evidence, derived = (installation.home.folder / name for name in ("evidence", "derived"))
    if not can_mount(evidence):
        pytest.skip(WHY_NOT)
    with small_disk(evidence), small_disk(derived):
        (derived / "ballast").write_bytes(bytes(5_800_000))
        installation.start_servers()
        installation.start_programs()
        fill(sender)
        rows = installation.count("SELECT count(*) FROM evidence_file")
        assert rows == len(sender.acknowledged) == len(stored(installation))
        assert sender.ask("GET", "/api/v1/files/").status == 200
        assert sender.statuses == {201, 507}
        failing = "SELECT count(*) FROM core_job WHERE last_error <> ''"
        until(lambda: installation.count(failing), "the worker to meet its full disk")

        (derived / "ballast").unlink()
        make_room(evidence)
        make_room(derived)
        assert sender.send(photograph(99)).status == 201
        assert nothing_is_lost() < 60


def test_a_limit_on_the_size_of_files_is_met_like_a_full_disk(
    installation: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    """What can be tried without root, too: EFBIG in the place of ENOSPC."""
    installation.start_servers()
    installation.start_programs(WORKER)
    installation.start_programs(WEB, under=["prlimit", "--fsize=300000"])
    assert sender.send(photograph(1)).status == 201
    told = sender.send(photograph(2, width=2400))
    assert (told.status, told.body["code"]) == (507, "disk-full")
    assert len(stored(installation)) == 1
    nothing_is_lost()
