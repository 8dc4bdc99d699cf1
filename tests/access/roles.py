"""The three walks that every file of addresses takes, one address at a time.

Who gets in, who is refused, and who must not even learn of it. A file that imports the walks says
in `ADDRESSES` where they lead.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.identity import uuid7
from tests.access.cast import GUESTS, KEYS, MEMBERS, OUTSIDERS, SHUT_BY_LABEL, SHUT_OUT, Persona
from tests.access.scene import DONE, browser_of, doors, told
from tests.access.walking import SIGN_IN, Answer, expected, knock
from tests.access.world import OURS, THEIRS, World
from tests.access_table import EMERGENCY, FOR_PROGRAMS, PARTNER, TABLE, Access

ON_THE_CASE = [*MEMBERS, *GUESTS, *SHUT_BY_LABEL]
EVERYBODY = [*SHUT_OUT, *OUTSIDERS, *ON_THE_CASE]
METHODS = {"get", "post", "put", "patch", "delete"}
NOT_ALLOWED = 405

PUBLIC_ONLY, OF_THE_CASE = ("incident",), ("incident", "raid", "mandate")
OPEN_TO = {
    "petra": PUBLIC_ONLY,
    "odile": PUBLIC_ONLY,
    "ursula": OF_THE_CASE,
    "kamal": OF_THE_CASE,
}
"""The texts of the case itself that they read: its public title, or all; of its records none."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A walk leads to the addresses of the file that imports it, or to those that name a record."""
    here = metafunc.module.ADDRESSES
    led = {"address": here, "naming": [address for address in here if TABLE[address].of]}
    for name in led.keys() & set(metafunc.fixturenames):
        metafunc.parametrize(name, led[name])


def test_each_role_gets_what_the_table_says(world: World, address: str):
    access, problems = TABLE[address], []
    for method in access.rules:
        for name in [*EVERYBODY, *(KEYS if address.startswith(FOR_PROGRAMS) else ())]:
            persona = world.personas[name]
            for way, client in doors(persona, address):
                right = expected(world, persona, access, method)
                if way and name in SHUT_OUT:
                    right = SIGN_IN
                answer = knock(world, client, method, address)
                at = f"{method.upper()} {address}{way} as {persona}:"
                problems += complaints(at, method, answer, right, persona)
                problems += names_of_sources(at, answer)
    told(problems)


LEDGER = ("ledger_append", "ledger_entry", "ledger_head")


def beside_the_ledger(writes: list[str]) -> list[str]:
    """What was written besides the line which says that a guest opened a page or was sent it."""
    return [told for told in writes if not any(word in told for word in LEDGER)]


def names_of_sources(at: str, answer: Answer) -> Iterator[str]:
    """Who a source is stands on the one page that opens it, whoever asks for whichever other."""
    if ":identity_open " not in at and f"{OURS}marsh" in answer.text.lower():
        yield f"{at} shows who a source is"


SHARED_BY_THEM = {
    "comparison:disclosure_detail",
    *("api:disclosures-list", "api:disclosures-detail"),
}
"""Where the other lead's own yes has laid a copy of one exhibit of theirs."""


def complaints(
    at: str, method: str, answer: Answer, right: int | str | frozenset[int], persona: Persona
) -> Iterator[str]:
    """What is wrong with an answer: its status, what it wrote, or what it gave away."""
    if answer.status not in (right if isinstance(right, frozenset) else {right}):
        yield f"{at} expected {right}, got {answer.status}{answer.why}"
    is_sent = PARTNER in persona.tags and method == "get"
    is_noted = EMERGENCY in persona.tags or is_sent
    writes = beside_the_ledger(answer.writes) if is_noted else answer.writes
    if writes and (method == "get" or right not in DONE):
        yield f"{at} wrote: {writes[0]}"
    text = answer.text.lower()
    if THEIRS in text and at.split()[1] not in SHARED_BY_THEM:
        yield f"{at} shows something of another case"
    if OURS in text and persona.name in (*OUTSIDERS, *SHUT_OUT, *KEYS):
        yield f"{at} shows something of the case"
    if method == "get" and shows_too_much(text, persona):
        yield f"{at} shows more of the case than may be shown"


def shows_too_much(text: str, persona: Persona) -> bool:
    """True when a text of the case stands there beyond those that this person may read."""
    for words in OPEN_TO.get(persona.name, ()):
        text = text.replace(f"{OURS} {words}", "")
    return persona.name in OPEN_TO and OURS in text


def test_what_one_may_not_see_is_as_if_it_were_not_there(world: World, naming: str):
    access, problems = TABLE[naming], []
    for method in access.rules:
        for name in ("omar", "admin", "amal", "petra", "odile", "ursula"):
            persona = world.personas[name]
            for way, client in doors(persona, naming):
                at = f"{method.upper()} {naming}{way} as {persona}:"
                nowhere = knock(world, client, method, naming, of=missing(world, access))
                if nowhere.status != 404:
                    problems.append(f"{at} a missing id gives {nowhere.status}{nowhere.why}")
                right = expected(world, persona, access, method)
                if isinstance(right, frozenset) or right != access.unseen:
                    continue
                if knock(world, client, method, naming).shape != nowhere.shape:
                    problems.append(f"{at} a hidden record answers otherwise than a missing one")
    told(problems)


def missing(world: World, access: Access) -> Any:
    """A key that no row has; the rows of libraries count theirs, and an object has two."""
    if hasattr(world.things[access.of], "named_by"):
        return SimpleNamespace(pk=None, named_by=(uuid7(), f"identity--{uuid4()}"))
    return uuid7() if isinstance(world.things[access.of].pk, UUID) else 999_999_999


def test_no_other_method_is_let_in(world: World, address: str):
    problems = []
    for method in sorted(METHODS - set(TABLE[address].rules)):
        answer = knock(world, browser_of(world, "soraya"), method, address)
        if answer.status != NOT_ALLOWED or answer.writes:
            problems.append(f"{method.upper()} {address} gives {answer.status}{answer.why}")
    told(problems)
