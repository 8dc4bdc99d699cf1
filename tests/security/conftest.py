"""What the tests of refusals share: the lines of the security log, as they would be written."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from core.security_log import LOGGER, JsonLine


class Lines(logging.Handler):
    """Keeps what was noted, read back from the line that the file would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []
        self.setFormatter(JsonLine())

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        assert "\n" not in text
        self.lines.append(json.loads(text))

    def events(self) -> list[str]:
        return [str(line["event"]) for line in self.lines]


@pytest.fixture
def noted() -> Iterator[Lines]:
    """The lines of the security log, from now on."""
    lines = Lines()
    LOGGER.addHandler(lines)
    yield lines
    LOGGER.removeHandler(lines)
