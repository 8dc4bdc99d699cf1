"""A copy in a folder of its own, and a server that does what a test says."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import collected, server, site
from tests.sync.fake import Server
from vestige_sync import Client

__all__ = ["collected", "server", "site"]
CASE, OTHER = "case-1", "case-2"


def put(kind: str, key: str, case: str = CASE, **facts: Any) -> dict[str, Any]:
    """The line of a record."""
    record = {"id": key, "case": case, **facts} if kind != "cases" else {"id": key, **facts}
    return {"op": "put", "kind": kind, "case": case, "id": key, "record": record}


def gained(case: str = CASE) -> dict[str, Any]:
    return {"op": "gained", "case": case}


def lost(case: str = CASE) -> dict[str, Any]:
    return {"op": "lost", "case": case}


ITEM = {"version": 1, "description": "Gyroscope", "condition": "burnt"}


@pytest.fixture
def fake() -> Iterator[Server]:
    """The server outside."""
    serving = Server()
    yield serving
    serving.close()


@pytest.fixture
def copy(fake: Server, tmp_path: Path) -> Iterator[Client]:
    """An empty copy that gives up after a moment and never really waits."""
    with Client.begin(tmp_path / "copy", fake.address, token="vst_test_key") as made:
        made.line.patience = 5.0
        made.line.sleep = lambda _seconds: None
        yield made


@pytest.fixture
def take_in(copy: Client) -> Callable[..., bool]:
    """The server told these lines, and that this is all."""
    numbers = iter(range(1, 1000))

    def told(*lines: dict[str, Any], whole: bool = True) -> bool:
        page = {"changes": list(lines), "cursor": f"cursor-{next(numbers)}", "more": not whole}
        return copy.mirror.take_in(page, asked_with=copy.mirror.cursor, whole=whole)

    return told


@pytest.fixture
def filled(copy: Client, take_in: Callable[..., bool]) -> Client:
    """A copy with a case and an exhibit in it."""
    take_in(gained(), put("cases", CASE, version=1), put("items", "item-1", **ITEM))
    return copy
