"""A canary: one word stands in every text of a hidden case; nobody else, and no log, ever sings it.

The access tests ask each address of the table by name; here those who may see nothing follow every
link they are shown, and then the places are searched where content collects by accident.
"""

import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import redis
from django.db import connection, transaction

from config.env import cache_address
from core.scope import system_scope
from investigations.models.row_security import case_record_models
from tests.access.cast import OUTSIDERS, SHUT_OUT
from tests.access.walking import forms_as_shown, knock
from tests.access.world import OURS, World, build
from tests.access_table import TABLE

pytestmark = pytest.mark.django_db

ORDER = re.compile(r"(?<=[?&])(?:o|sort)=[^&]*&?")
"""How a list is sorted: it holds the same rows whichever way, and there are ways without end."""

LINK = re.compile(r'(?:href|action|hx-get|src|data-url)="(/[^"#]*)')
BEGINNING = OURS[:6]
"""What a guesser would search for; a page may repeat it, but never end the word."""

STEPS = 1000
"""More pages than anybody who sees nothing of a case is ever shown."""

ENOUGH = 120
"""Pages after which it is plain that one of the team is led deep into the case."""

NOISY = ("django.db.backends", "django.template")
"""At DEBUG these two log values and contexts; no server logs at DEBUG, so they listen from INFO."""


class Listener(logging.Handler):
    """Keeps whatever any part of the program logs, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.INFO or not record.name.startswith(NOISY):
            extra = {k: v for k, v in vars(record).items() if k not in ("request", "args")}
            self.heard.append(f"{self.format(record)} {extra}")


@pytest.fixture(scope="module")
def overheard() -> Iterator[list[str]]:
    """Everything logged meanwhile."""
    listener, root = Listener(), logging.getLogger()
    quiet = [name for name in logging.root.manager.loggerDict if not name.startswith(NOISY)]
    loggers = [root, *map(logging.getLogger, quiet)]
    levels = {each: each.level for each in loggers}
    for each in loggers:
        each.setLevel(logging.DEBUG)
        if each is root or not each.propagate:
            each.addHandler(listener)
    yield listener.heard
    for each in loggers:
        each.setLevel(levels[each])
        each.removeHandler(listener)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, private_folders: Any, overheard: list[str]
) -> Iterator[World]:
    """A case whose every text holds the word, and one of other people; gone in the end."""
    with (
        django_db_blocker.unblock(),
        system_scope("the canary's world is arranged"),
        transaction.atomic(),
    ):
        made = build(lambda _world: {})
        made.forms = forms_as_shown(made)
        ring_all_bells()
        yield made
        transaction.set_rollback(True)


def ring_all_bells() -> None:
    """Send what a commit would have sent, to the broker that is really there."""
    owed, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, ring, _robust in owed:
        ring()


def sings(text: str) -> bool:
    return OURS in text.lower()


def test_nobody_else_hears_it_by_following_every_link(world: World):
    told = []
    for name in (*OUTSIDERS, *SHUT_OUT, "nadia"):
        for address, text in crawl(world.personas[name].browser):
            if sings(text):
                told.append(f"{name} reads it at {address}")
    assert told == []


def crawl(browser: Any, steps: int = STEPS) -> Iterator[tuple[str, str]]:
    """Every page that one who starts at the front door, or knows the lists, is led to."""
    ahead = [
        "/",
        "/admin/",
        "/api/v1/cases/",
        f"/search/?q={BEGINNING}",
        f"/api/v1/search/?q={BEGINNING}",
        f"/evidence/?q={BEGINNING}",
    ]
    known = set(ahead)
    while ahead and steps:
        steps -= 1
        address = ahead.pop(0)
        answer = browser.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        yield (
            address,
            (text + str(answer.headers)).replace(f"q={OURS}", "").replace(f'value="{OURS}"', ""),
        )
        if answer.get("Location", "").startswith("/"):
            text += f'href="{answer["Location"]}"'
        for found in LINK.findall(text):
            link = ORDER.sub("", unescape(found)).rstrip("?&")
            if link not in known and not link.startswith(("/static/", "/sign-out")):
                known.add(link)
                ahead.append(link)


def test_the_crawl_gets_somewhere(world: World):
    """Those on the team do hear the word: the crawl is not deaf, and the pages are not empty."""
    pages = list(crawl(world.personas["amal"].browser, steps=ENOUGH))
    assert len(pages) == ENOUGH
    assert sum(sings(text) for _address, text in pages) > 30


def test_no_log_and_no_broker_holds_it(world: World, overheard: list[str]):
    """Insiders do everything there is to do, rightly and wrongly; then the places are searched."""
    for address, access in TABLE.items():
        for method in access.rules:
            for name in ("amal", "soraya", "omar"):
                knock(world, world.personas[name].browser, method, address)
    ring_all_bells()
    assert len(overheard) > 20
    assert [line[:300] for line in overheard if sings(line)] == []
    assert [key for key in keys_of_the_broker() if sings(key)] == []


def keys_of_the_broker() -> Iterator[str]:
    """Each key that the broker and the cache hold, with its value."""
    store = redis.Redis.from_url(cache_address())
    for key in store.scan_iter():
        kind = store.type(key).decode()
        read = {
            "string": store.get,
            "list": lambda one: store.lrange(one, 0, -1),
            "hash": store.hgetall,
            "set": store.smembers,
            "zset": lambda one: store.zrange(one, 0, -1),
        }[kind]
        yield f"{key!r} {read(key)!r}"


def test_no_table_outside_the_case_holds_it(world: World):
    """Jobs, sessions, stored answers, notices to others: nothing keeps a copy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        names = [name for (name,) in cursor.fetchall()]
        inside = {model._meta.db_table for model in case_record_models()}
        outside = [name for name in names if name.split("_")[0] not in CASE_ROOMS]
        outside = [name for name in outside if name not in inside]
        held = []
        for name in outside:
            question = f'SELECT count(*) FROM "{name}" t WHERE t::text ILIKE %s'  # noqa: S608
            cursor.execute(question, [f"%{OURS}%"])
            if cursor.fetchone()[0]:
                held.append(name)
    assert held == []


CASE_ROOMS = {
    *("investigations", "evidence", "comparison", "attribution", "reports"),
    *("ledger",),
}
"""Tables of these rooms hold cases and are searched by the tests of row-level security."""
