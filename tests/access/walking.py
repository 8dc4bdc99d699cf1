"""Knocking at an address: the request, what it wrote, and what was expected of it."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.forms import BoundField, CheckboxInput
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exchange.models import Delivery
from investigations.models import CaseRecord
from tests.access.cast import SHUT_BY_LABEL, Persona
from tests.access.world import Things, World
from tests.access_table import AS_READ, FILE, TABLE, Access, Body

DOOR, SIGN_IN = "accounts:sign_in", "sign in"
PIECES, RESUMABLE = (
    "application/offset+octet-stream",
    {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
)
FORBIDDEN, UNPROCESSABLE = 403, 422
BEHIND_LABELS = (*SHUT_BY_LABEL, "petra")
"""Who sees the case and none of its records: those that labels shut out, and a partner."""

TELLING_NOTHING = frozenset({403, 404, 422})
WRITES = re.compile(
    r"\s*((INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY)\b"
    r"|WITH\b.*\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\b[^(),]+\bSET)\b"
    r"|SELECT \* FROM ledger_append\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A statement that writes, also one that names its parts first; or that appends to the ledger."""

NO_DEED = (
    *("django_session", "usersessions_usersession", "accounts_guesses"),
    *('"last_used_at"', '"last_login"', "exchange_follower"),
)
"""What any answer may write: sessions, guesses, when a key, an account or a feed was last used."""

CSRF = re.compile(r'name="csrf[-\w]*" (value|content)="\w+"|"csrf": "\w+"')
CLOCK = re.compile(r"\d\d:\d\d(:\d\d)? UTC|datetime=\"[^\"]*\"")
COUNTED = re.compile(r"(?<=/)\d+(?=/)")
"""The keys of rows that libraries count, where they stand in an address."""
CURSOR = re.compile(r'"cursor": ?"[\w-]+"')
"""Where a client is in the changes: sealed anew, and told otherwise, in every answer."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Answer:
    """What came back, and the statements by which anything was written."""

    def __init__(self, response: HttpResponse, writes: list[str]) -> None:
        self.response, self.writes = response, writes
        body = b"".join(response) if response.streaming else response.content
        self.text = CSRF.sub("", body.decode(errors="replace"))

    @property
    def status(self) -> int | str:
        """The status, or that one is sent to sign in."""
        code = self.response.status_code
        away = code == 302 and self.response["Location"].startswith(f"{reverse(DOOR)}?next=")
        return SIGN_IN if code == 401 or away else code

    @property
    def shape(self) -> str:
        """The same without the keys of rows, without cursors and without the time of day."""
        text = CURSOR.sub("…", self.text)
        return CLOCK.sub("…", COUNTED.sub("…", UUID.sub("…", text)))

    @property
    def why(self) -> str:
        """What the form or the program complains of, for whoever mends a failing line."""
        if found := getattr(self.response, "exc_info", None):
            return f" {found[1]!r}"
        if self.status not in (403, 409, 422):
            return ""
        if "json" in self.response.get("Content-Type", ""):
            return " " + self.response.content.decode()[:300]
        layers = self.response.context or []
        forms = [value for layer in layers for part in layer for value in part.values()]
        wrong = {str(dict(each.errors)) for each in forms if getattr(each, "errors", None)}
        return " " + "; ".join(sorted(wrong))[:400]


@contextmanager
def undone() -> Iterator[list[str]]:
    """Whatever happens inside leaves nothing behind; yields the statements that wrote."""
    wrote: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if WRITES.match(sql) and not any(words in sql for words in NO_DEED):
            wrote.append(sql[:160])
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield wrote
        transaction.set_rollback(True)


@contextmanager
def same_cookies(client: Client) -> Iterator[None]:
    """Whoever signs out inside is signed in again afterwards."""
    kept = deepcopy(client.cookies)
    try:
        yield
    finally:
        client.cookies = kept


def path_to(address: str, row: Any) -> str:
    """Where a row of the table is met, or the address itself if it is of no row."""
    access = TABLE[address]
    named = list(getattr(row, "named_by", [getattr(row, "pk", row)])) if row else []
    return reverse(address, args=[*access.args, *named, *access.args_behind])


def knock(
    world: World,
    client: Client,
    method: str,
    address: str,
    *,
    of: Any = None,
    things: Things | None = None,
    body: Body | None = None,
    query: Body | None = None,
) -> Answer:
    """One request, undone afterwards; `of` is another row than the one that the table names."""
    access, things = TABLE[address], things or world.things
    asked = meant(access.query if query is None else query, things)
    row = of or (things[access.of] if access.of else None)
    there = path_to(address, row)
    told: Things = {}
    if method == "post":
        sent = meant(access.body if body is None else body, things)
        told = {"data": world.forms.get(address, {}) | sent, **as_json(address, access)}
        told["headers"] = announced(access.headers, things, row)
    elif method in ("patch", "delete"):
        told = change(access.changes if body is None else body, row, things)
    with undone() as wrote, same_cookies(client):
        response = getattr(client, method)(f"{there}?{urlencode(asked)}", **told)
        return Answer(response, wrote)


def announced(headers: Body, things: Things, row: Any) -> dict[str, str]:
    """The headers of a request; words within one are written as tus writes them, in Base64."""
    return {
        name: (tag_of(row) if value == AS_READ else value)
        if isinstance(value, str)
        else ",".join(
            f"{word} {b64encode(said.encode()).decode()}"
            for word, said in meant(value, things).items()
        )
        for name, value in headers.items()
    }


def change(words: Body | bytes, row: Any, things: Things) -> dict[str, Any]:
    """What a program sends to change a row whose newest version it has read."""
    said = {"If-Match": tag_of(row), **RESUMABLE}
    if isinstance(words, bytes):
        return {"data": words, "content_type": PIECES, "headers": said}
    return {"data": meant(words, things), "content_type": "application/json", "headers": said}


def tag_of(row: Any) -> str:
    """The ETag of the newest version of a row; any other than a row is at its first."""
    newest = type(row)._base_manager.filter(pk=row.pk).first() if hasattr(row, "pk") else None
    return f'"{getattr(newest, "version", 1)}"'


def as_json(address: str, access: Access) -> dict[str, str]:
    """How a body is written down: programs send JSON, unless there is a file in it."""
    plain = not address.startswith("api:") or FILE in access.body.values()
    return {} if plain else {"content_type": "application/json"}


def meant(words: Body, things: Things) -> Things:
    """A body of the table with its names replaced by what they stand for."""
    return {name: stands_for(value, things) for name, value in words.items() if name != "*"}


def stands_for(value: Any, things: Things) -> Any:
    """`@item` is the key of that row, `@item.exhibit_no` one of its fields."""
    if value == FILE:
        return SimpleUploadedFile("log.txt", b"what the flight recorder said", "text/plain")
    if isinstance(value, list):
        return [stands_for(each, things) for each in value]
    if isinstance(value, dict):
        return meant(value, things)
    if not is_name(value):
        return value
    name, _dot, attribute = value[1:].partition(".")
    return getattr(things[name], attribute) if attribute else str(things[name].pk)


def is_name(value: Any) -> bool:
    """True for a word of the table that stands for a row."""
    return isinstance(value, str) and value.startswith("@")


def forms_as_shown(world: World) -> dict[str, Things]:
    """What each form sends if nothing is changed, as the first who may fill it in sees it."""
    found = {}
    for address, access in TABLE.items():
        if access.get and "*" in access.body:
            insider = next(each for each in world.personas.values() if each.tags & access.get.may)
            form = knock(world, insider.browser, "get", address).response.context["form"]
            typed = {bound.html_name: sent_by(bound) for bound in fields_of(form)}
            found[address] = {name: value for name, value in typed.items() if value}
    return found


def fields_of(form: Any) -> list[BoundField]:
    """The fields of a form, or of all forms of a set and of what holds the set together."""
    parts = [form.management_form, *form] if hasattr(form, "management_form") else [form]
    return [bound for part in parts for bound in part]


def sent_by(bound: BoundField) -> Any:
    """The value of one field as a browser sends it."""
    if isinstance(bound.field.widget, CheckboxInput):
        return "on" if bound.value() else None
    return bound.field.widget.format_value(bound.value())


def expected(
    world: World, persona: Persona, access: Access, method: str
) -> int | str | frozenset[int]:
    """What the table promises this person; one answer, or one of those that tell nothing."""
    rule = access.rules[method]
    if persona.name in BEHIND_LABELS:
        if isinstance(world.things.get(access.of), CaseRecord | Delivery):
            return access.unseen  # a delivery is seen by what was taken from it
        if method != "get" and names_a_record(world, access):
            return TELLING_NOTHING
        if access is TABLE["workspace:ledger_bytes"] and persona.tags & rule.may:
            return FORBIDDEN  # the line is about what a label keeps from them
    if persona.tags & rule.may:
        others = method == "post" and access.by and persona.name not in access.by
        promised = {"get": access.shown, "post": access.done}.get(method, access.changed)
        return UNPROCESSABLE if others else promised
    if "signed in" not in persona.tags:
        return SIGN_IN
    return FORBIDDEN if persona.tags & rule.sees else access.unseen


def names_a_record(world: World, access: Access) -> bool:
    """True when what is sent speaks of a record of the case."""
    headers = [words for words in access.headers.values() if not isinstance(words, str)]
    sent = [value for words in (access.body, access.query, *headers) for value in words.values()]
    sent += [each for value in sent if isinstance(value, list) for each in value]
    sent += [each for value in sent if isinstance(value, dict) for each in value.values()]
    named = [value[1:].partition(".")[0] for value in sent if is_name(value)]
    return any(isinstance(world.things.get(name), CaseRecord) for name in named)
