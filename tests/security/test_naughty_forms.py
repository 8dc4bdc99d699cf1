"""Naughty strings go into every text field of every form: what comes back holds them as text.

A field without a limit takes the whole list at once. A short one takes our own hostile strings and
its share of the list, so that together the forms take all of it.
"""

import logging
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.db import connection, transaction
from django.urls import reverse

from core.scope import system_scope
from tests.access.walking import forms_as_shown, knock, meant, same_cookies, undone
from tests.access.world import World, build
from tests.access_table import TABLE, Access
from tests.naughty import FORMULAS, SCRIPTS, TEMPLATES, big_list

pytestmark = pytest.mark.django_db

FORMS = sorted(
    name
    for name, access in TABLE.items()
    if access.post
    and access.body
    and ":" in name
    and not name.startswith(("api:", "accounts:sign_in"))
)
TYPED = {
    *("text", "title", "reason", "place", "seal_no", "caption", "citation", "name", "statement"),
    *("withdraw-reason", "decline-reason", "remark", "comment", "purpose", "description", "word"),
}
"""Fields of deeds that are never shown as a form of their own."""

SHORT = 190  # characters: most one-line fields take 200
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")
NEVER = {"iframe", "object", "embed", "base", "math", "foreignobject", "style", "applet", "frame"}


class Reader(HTMLParser):
    """Reads a page as a browser does, and keeps whatever in it could run."""

    def __init__(self) -> None:
        super().__init__()
        self.alive: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        runs = tag in NEVER or any(name.startswith("on") or name == "style" for name in told)
        leads = [told[name].strip().lower() for name in ADDRESSES if name in told]
        ours = all(
            place.startswith(("/", "#", "?", "http", "mailto:")) or not place for place in leads
        )
        foreign = tag in {"script", "img", "use"} and not all(
            place.startswith("/") for place in leads
        )
        inline = tag == "script" and not told.get("src")
        if runs or not ours or foreign or inline:
            self.alive.append(self.get_starttag_text() or tag)


def alive_in(page: str) -> list[str]:
    """The elements of a page that could run."""
    reader = Reader()
    reader.feed(page)
    return reader.alive


def packed(texts: list[str]) -> list[str]:
    """The texts, as many to a line as a short field takes."""
    lines = [""]
    for text in (one for one in texts if len(one) <= SHORT):
        if len(lines[-1]) + len(text) + 1 > SHORT:
            lines.append("")
        lines[-1] += f" {text}" if lines[-1] else text
    return lines


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, private_folders: Any) -> Iterator[World]:
    """Both cases, made once; everything typed into them is undone."""
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
        with system_scope("a test arranges the scene"):
            made = build(lambda _world: {})
            made.forms = forms_as_shown(made)
        yield made
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def text_fields(world: World, address: str, access: Access) -> dict[str, int | None]:
    """The fields that take text, and the most characters of each."""
    found: dict[str, int | None] = {name: SHORT for name in access.body if name in TYPED}
    if access.get and "*" in access.body:
        who = next(one for one in world.personas.values() if one.tags & access.get.may)
        form = knock(world, who.browser, "get", address).response.context["form"]
        for bound in form:
            field = bound.field
            if type(field) is forms.CharField and not bound.is_hidden:
                found[bound.html_name] = field.max_length
    return found


@pytest.mark.parametrize("address", FORMS)
def test_what_is_typed_comes_back_as_text(world: World, address: str) -> None:
    access = TABLE[address]
    fields = text_fields(world, address, access)
    if not fields:
        pytest.skip("it takes no text")
    share = FORMS.index(address)
    lines = [*packed([*SCRIPTS, *TEMPLATES, *FORMULAS]), *packed(big_list())[share :: len(FORMS)]]
    whole = "\n".join([*SCRIPTS, *TEMPLATES, *FORMULAS, *big_list()])
    who = next(one for one in world.personas.values() if one.tags & access.rules["post"].may)
    row = world.things[access.of] if access.of else None
    there = reverse(address, args=[*access.args, *([getattr(row, "pk", row)] if row else [])])
    there = f"{there}?{urlencode(meant(access.query, world.things))}"
    sound = world.forms.get(address, {}) | meant(access.body, world.things)
    for line in lines:
        typed = {name: (line[:most] if most else whole) for name, most in fields.items()}
        with undone(), same_cookies(who.browser):
            answer = who.browser.post(there, sound | typed, follow=True)
        assert answer.status_code < 500, line
        if "html" in answer.headers.get("Content-Type", ""):
            assert alive_in(answer.content.decode()) == [], line


@pytest.mark.parametrize("text", SCRIPTS[:6])
def test_the_reader_would_hear_it(text: str) -> None:
    assert alive_in(f"<p title='{text}'>{text}</p><p title=\"{text}\"></p>")
