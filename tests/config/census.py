"""Asks a running home: which processes live below one, what its database answers."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

from config.local import postgres
from config.local.children import birth
from config.local.places import Home


def soon(question: Callable[[], object], *, seconds: float = 45) -> bool:
    """Whether the answer becomes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False


def descendants(pid: int) -> dict[int, str]:
    """Every process below this one with its birth, so that it is known again."""
    below = {pid}
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    while more := {one for one, parent in parents.items() if parent in below} - below:
        below |= more
    return {one: birth(one) for one in below - {pid}}


def alive(processes: dict[int, str]) -> list[int]:
    """Those that are still there."""
    return [pid for pid, born in processes.items() if birth(pid) == born]


def query(home: Home, statement: str) -> list[tuple[object, ...]]:
    """Ask the home's PostgreSQL directly, as the owner of its tables."""
    line = psycopg2.connect(postgres.owner_address(home))
    try:
        with line, line.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        line.close()
