"""A running installation of its own for each test, and what must be true of it afterwards."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.installation import Installation, copy_of, make_first, until
from tests.faults.sender import Sender

FILES = """
    SELECT count(*) FROM evidence_file WHERE sha256 = %s AND id = %s
"""
LINES = """
    SELECT count(*) FROM ledger_entry WHERE act = %s AND subject_id = %s
"""


@pytest.fixture(scope="session")
def first() -> Iterator[tuple[Path, dict[str, str]]]:
    """An installation with a case in it, made once, and what its sender has to know."""
    folder = Path(tempfile.mkdtemp(prefix="vestige-first-"))
    folder.chmod(0o711)
    yield folder, make_first(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def installation(first: tuple[Path, dict[str, str]]) -> Iterator[Installation]:
    """A copy of it with its own servers, not started yet."""
    place = Path(tempfile.mkdtemp(prefix="vestige-fault-"))
    place.rmdir()
    copied = copy_of(first[0], place)
    yield copied
    copied.end()


@pytest.fixture
def running(installation: Installation) -> Installation:
    """The same, with servers, web, worker and beat."""
    installation.start_servers()
    installation.start_programs()
    return installation


@pytest.fixture
def sender(installation: Installation, first: tuple[Path, dict[str, str]]) -> Sender:
    """Soraya's program in the field."""
    return Sender(installation.address.port, first[1])


@pytest.fixture
def nothing_is_lost(installation: Installation, sender: Sender) -> Callable[[], float]:
    """Call when all is well again: waits for what is owed, then counts everything."""

    def unfinished() -> int:
        return installation.count("SELECT count(*) FROM core_job WHERE state <> 'done'")

    def check() -> float:
        taken = until(lambda: not unfinished(), "every job done")
        for sha256, name in sender.acknowledged.items():
            assert installation.count(FILES, sha256, name) == 1
            assert installation.count(LINES, "evidence.file_received", name) == 1
            assert installation.count(LINES, "evidence.file_examined", name) == 1
        originals = installation.home.folder / "evidence" / "sha256"
        rows = {str(row[0]) for row in installation.ask("SELECT sha256 FROM evidence_file")}
        assert set(sender.acknowledged) <= rows
        for sha256 in rows:  # also of files whose acknowledgement was lost on the way
            stored = originals / sha256[:2] / sha256[2:4] / sha256
            assert hashlib.sha256(stored.read_bytes()).hexdigest() == sha256
        twice = "SELECT count(*) - count(DISTINCT (item_id, sha256)) FROM evidence_file"
        assert installation.count(twice) == 0
        assert "every seal holds" in installation.run("manage.py", "verify_ledger")
        return taken

    return check
