"""Following what changes: page after page, each with its cursor, until there is no more.

The first page is asked for without a cursor and begins with everything, so that a line that is cut
in the middle of a big case costs one page and not the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable
from urllib.parse import urlencode

from vestige_sync.errors import Refused, Trouble
from vestige_sync.mirror import Mirror
from vestige_sync.transport import Answer, Line

CHANGES = "/api/v1/changes/"
AT_ONCE = 1000  # lines in one page
ANEW = {"cursor-expired", "cursor-ahead", "cursor-altered", "cursor-of-other-filters"}
OF_ANOTHER = "cursor-of-another"
MOST_BEGINNINGS = 2
Step = Callable[[int], None]


@dataclass
class Pulled:
    """What one pull did."""

    lines: int = 0
    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    begun_anew: list[str] = field(default_factory=list)
    files: int = 0
    checkpoints: int = 0
    troubles: list[Trouble] = field(default_factory=list)

    def count(self, lines: list[dict[str, Any]]) -> None:
        """Note what a page said of cases."""
        self.lines += len(lines)
        self.gained += [line["case"] for line in lines if line["op"] == "gained"]
        self.lost += [line["case"] for line in lines if line["op"] == "lost"]


def pull_changes(
    line: Line, mirror: Mirror, *, wait: int = 0, step: Step = lambda _lines: None
) -> Pulled:
    """Take in everything that is new; with `wait` (seconds) the server may keep the answer back."""
    pulled = Pulled()
    while True:
        cursor = mirror.cursor
        answer = line.ask("GET", f"{CHANGES}?{asked(mirror, cursor, wait)}")
        if answer.status != 200:
            recover(answer, mirror, pulled)
            continue
        page = answer.told
        if mirror.take_in(page, asked_with=cursor, whole=not page["more"]):
            pulled.count(page["changes"])
            step(len(page["changes"]))
            if not page["more"]:
                return pulled


def asked(mirror: Mirror, cursor: str, wait: int) -> str:
    """The query: where this copy is, and what it is narrowed to."""
    said: dict[str, Any] = {"limit": AT_ONCE}
    for name in ("kind", "case"):
        if chosen := mirror.fact(name):
            said[name] = chosen
    if cursor:
        said["since"] = cursor
    if wait:
        said["wait"] = wait
    return urlencode(said)


def recover(answer: Answer, mirror: Mirror, pulled: Pulled) -> None:
    """Begin anew where a cursor cannot be gone on from; any other refusal is raised."""
    refusal: Refused = answer.refusal()
    if len(pulled.begun_anew) >= MOST_BEGINNINGS:
        raise refusal
    if answer.code == OF_ANOTHER:
        mirror.begin_for_another()
    elif answer.code in ANEW or answer.status == 410:
        mirror.begin_anew()
    else:
        raise refusal
    pulled.begun_anew.append(refusal.args[0])
