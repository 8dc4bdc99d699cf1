"""What the launcher's tests share: an empty home, a crew that is always stopped, a census."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local.children import Crew
from config.local.places import Home

NAMED = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "TLS"),
    *("IDENTITY_KEY", "IDENTITY_KEY_FILE", "PEER_KEY", "PEER_KEY_FILE"),
)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty home of its own, with no server named in the environment."""
    for name in NAMED:
        monkeypatch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="vestige-home-"))
    folder.chmod(0o711)
    home = Home(folder)
    home.prepare()
    yield home
    for leftover in {home.sockets, home.servers, home.folder}:
        shutil.rmtree(leftover, ignore_errors=True)


@pytest.fixture
def crew() -> Iterator[Crew]:
    """Children that are stopped when the test ends, whatever happened."""
    crew = Crew()
    yield crew
    crew.stop()
