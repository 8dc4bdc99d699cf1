"""Every address that makes or changes something, sent twice with one word or key: done once."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from core.identity import uuid7
from tests.access.scene import first_insider, world
from tests.access.walking import announced, as_json, meant, path_to, same_cookies
from tests.access.world import World
from tests.access_table import FILE, TABLE

__all__ = ["world"]
pytestmark = pytest.mark.django_db

HANDED_OUT = {
    *("api:case-stix-stix", "api:case-stix-misp", "api:case-stix-case-uco", "api:case-stix-offer"),
    *("api:trace-letters-letter", "api:exam-letters-letter", "api:contribution-letters-letter"),
    *("api:acceptance-letters-letter", "api:dossiers-dossier", "api:bundles-download"),
    *("api:files-original", "api:lookups-list", "api:reports-download"),
    *("api:labels-list", "api:table-imports-refused-lines"),
}
"""What is asked for again goes out again, as it is by then, and leaves a line each time."""
POSTED = [
    name
    for name, access in TABLE.items()
    if access.post
    and access.done in ((200, 201) if name.startswith("api:") else (302,))
    and name not in HANDED_OUT
]
NOT_COUNTED = ("core_", "django_", "ledger_", "accounts_guesses", "usersessions_")
"""What the program keeps for itself: a key, a session, a line, a job."""


def rows() -> dict[str, int]:
    """How many rows there are of each kind."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    asked = sorted(table for table in tables if not table.startswith(NOT_COUNTED))
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(asked, cursor.fetchone(), strict=True))


def lines() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("address", POSTED)
def test_what_is_sent_twice_is_done_once(world: World, address: str):
    access = TABLE[address]
    try:
        person = first_insider(world, access, "post")
    except StopIteration:
        pytest.skip("nobody of the cast may do this as the table words it")
    by_key = address.startswith("api:")
    client = person.program if by_key else person.browser
    with transaction.atomic(), same_cookies(client):
        try:
            sent = request_of(world, address)
            first = client.post(**sent)
            assert first.status_code < 500, first.content[:300]
            after, told = rows(), lines()
            again = client.post(**sent | request_of(world, address, word=sent))
            if first.status_code != access.done:
                pytest.skip(f"{first.status_code}: the access tests say why")
            assert again.status_code == access.done, again.content[:300]
            assert again.get("Location") == first.get("Location")
            if by_key:
                assert again.json() == first.json()
            assert rows() == after
            assert lines() == told
        finally:
            transaction.set_rollback(True)


def request_of(world: World, address: str, word: dict | None = None) -> dict:
    """The request that the table describes, with a key of its own or that of an earlier one."""
    from urllib.parse import urlencode

    access, things = TABLE[address], world.things
    row = things[access.of] if access.of else None
    path = f"{path_to(address, row)}?{urlencode(meant(access.query, things))}"
    body = meant(access.body, things)  # a file is opened anew each time
    data = world.forms.get(address, {}) | body
    headers = announced(access.headers, things, row)
    if address.startswith("api:"):
        key = word["headers"]["Idempotency-Key"] if word else str(uuid7())
        headers["Idempotency-Key"] = key
    elif FILE not in access.body.values():
        data["once"] = word["data"]["once"] if word else str(uuid7())
    return {"path": path, "data": data, "headers": headers, **as_json(address, access)}
