"""A scene that is dear to set up stays up from file to file, while the next test asks for it too.

It lives in a transaction of its own that is never kept, so that it has to be gone before any test
that knows nothing of it. A worker thus pays for it once, however many files share it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest


class Standing:
    """The scene that is up, if there is one, and how it is taken down again."""

    def __init__(self) -> None:
        self._up, self._scene = ExitStack(), None

    def scene(self, raised: Callable[[], AbstractContextManager[Any]]) -> Any:
        """The scene that is up, raised now if there is none."""
        if self._scene is None:
            self._scene = self._up.enter_context(raised())
        return self._scene

    def take_down(self) -> None:
        """Leave nothing of it behind."""
        self._scene = None
        self._up.close()


STANDING = Standing()


@pytest.fixture(scope="session")
def standing(django_db_setup: None) -> Iterator[Standing]:
    """Asked for by whatever fixture shares the scene: by this name the next test is known."""
    yield STANDING
    STANDING.take_down()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Take the scene down after a file, unless the next one begins with a test that shares it."""
    try:
        return (yield)
    finally:
        if nextitem is None or (
            nextitem.path != item.path and "standing" not in fixtures_of(nextitem)
        ):
            STANDING.take_down()


def fixtures_of(item: pytest.Item) -> list[str]:
    """The names of all fixtures of a test, those behind others included."""
    names: list[str] = getattr(item, "fixturenames", [])
    return names
