"""Every address, for every role: who gets in, who is refused, and who must not even learn of it."""

import logging
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from accounts.models import User
from core.identity import uuid7
from core.scope import system_scope
from investigations.models import CaseRecord
from tests.access.cast import (
    GUESTS,
    KEYS,
    MEMBERS,
    OUTSIDERS,
    SHUT_BY_LABEL,
    SHUT_OUT,
    Persona,
)
from tests.access.walking import (
    BEHIND_LABELS,
    SIGN_IN,
    Answer,
    expected,
    forms_as_shown,
    is_name,
    knock,
)
from tests.access.world import OURS, THEIRS, World, build
from tests.access_table import EMERGENCY, SIGNED_IN, TABLE, Access

pytestmark = pytest.mark.django_db

ON_THE_CASE = [*MEMBERS, *GUESTS, *SHUT_BY_LABEL]
EVERYBODY = [*SHUT_OUT, *OUTSIDERS, *ON_THE_CASE]
METHODS = {"get", "post", "put", "patch", "delete"}
DONE, REFUSED, NOT_ALLOWED = {200, 201, 204, 302}, {404, 422}, 405
NAMING = sorted(name for name, access in TABLE.items() if access.of)
LISTS = sorted(name for name, access in TABLE.items() if access.get is SIGNED_IN and not access.of)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, private_folders: Any) -> Iterator[World]:
    """Both cases, made once; every knock is undone, and in the end all of it."""
    logging.disable(logging.WARNING)  # each refusal would leave its traceback
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")  # it compiles longer than these questions take
        with system_scope("a test arranges the scene"):
            made = build(look_around)
            made.forms = forms_as_shown(made)
        yield made
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def look_around(world: World) -> dict[tuple[str, str], str]:
    """What an outsider, and the lead of another case, are shown."""
    seen = {}
    for name in ("omar", "nadia"):
        for address in LISTS:
            seen[name, address] = knock(world, browser_of(world, name), "get", address).shape
    for address in NAMING:
        if TABLE[address].get and TABLE[address].of in world.foreign:
            browser = browser_of(world, "nadia")
            answer = knock(world, browser, "get", address, things=world.foreign)
            seen["nadia", address] = answer.shape
    return seen


def browser_of(world: World, name: str) -> Any:
    return world.personas[name].browser


def doors(persona: Persona, address: str) -> list[tuple[str, Any]]:
    """The ways in: everybody by browser, programs also by key."""
    ways = [("", persona.browser)]
    return [*ways, (" by key", persona.program)] if address.startswith("api:") else ways


PUBLIC_ONLY, OF_THE_CASE = ("incident",), ("incident", "raid", "mandate")
OPEN_TO = {
    "petra": PUBLIC_ONLY,
    "odile": PUBLIC_ONLY,
    "ursula": OF_THE_CASE,
    "kamal": OF_THE_CASE,
}
"""The texts of the case itself that they read: its public title, or all; of its records none."""


def told(problems: list[str]) -> None:
    """Fail with one line for each thing that is wrong."""
    if problems:
        pytest.fail("\n" + "\n".join(problems), pytrace=False)


@pytest.mark.parametrize("address", TABLE)
def test_each_role_gets_what_the_table_says(world: World, address: str):
    access, problems = TABLE[address], []
    for method in access.rules:
        for name in [*EVERYBODY, *(KEYS if address.startswith("api:") else ())]:
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


def beside_the_ledger(writes: list[str]) -> list[str]:
    """What was written besides the line which says that an emergency reader opened a page."""
    return [told for told in writes if "ledger_entry" not in told and "ledger_head" not in told]


def names_of_sources(at: str, answer: Answer) -> Iterator[str]:
    """Who a source is stands on the one page that opens it, whoever asks for whichever other."""
    if f"{OURS}marsh" in answer.text.lower() and ":identity_open " not in at:
        yield f"{at} shows who a source is"


def complaints(
    at: str, method: str, answer: Answer, right: int | str | frozenset[int], persona: Persona
) -> Iterator[str]:
    """What is wrong with an answer: its status, what it wrote, or what it gave away."""
    if answer.status not in (right if isinstance(right, frozenset) else {right}):
        yield f"{at} expected {right}, got {answer.status}{answer.why}"
    writes = answer.writes if EMERGENCY not in persona.tags else beside_the_ledger(answer.writes)
    if writes and (method == "get" or right not in DONE):
        yield f"{at} wrote: {writes[0]}"
    if THEIRS in answer.text.lower():
        yield f"{at} shows something of another case"
    if OURS in answer.text.lower() and persona.name in (*OUTSIDERS, *SHUT_OUT, *KEYS):
        yield f"{at} shows something of the case"
    if method == "get" and shows_too_much(answer.text.lower(), persona):
        yield f"{at} shows more of the case than may be shown"


def shows_too_much(text: str, persona: Persona) -> bool:
    """True when a text of the case stands there beyond those that this person may read."""
    for words in OPEN_TO.get(persona.name, ()):
        text = text.replace(f"{OURS} {words}", "")
    return persona.name in OPEN_TO and OURS in text


WHO_SEES_NO_RECORD = (*OUTSIDERS, "nadia", "mazen", *BEHIND_LABELS, "odile", "bound")


@pytest.mark.parametrize("name", WHO_SEES_NO_RECORD)
def test_no_record_of_the_case_answers_a_question_of(world: World, name: str):
    """What pages, jobs and exports alike are built on, asked without any of them."""
    asker = User.objects.get(username="amal" if name == "bound" else name)
    asker.bound_to_cases = (uuid7(),) if name == "bound" else ()
    records = {kind: row for kind, row in world.things.items() if isinstance(row, CaseRecord)}
    if name == "admin":
        del records["emergency"]  # which takes the administrator's word
    told(
        [
            f"{kind} is seen by {name}"
            for kind, row in records.items()
            if type(row).objects.visible_to(asker).filter(pk=row.pk).exists()
        ]
    )


@pytest.mark.parametrize("address", NAMING)
def test_what_one_may_not_see_is_as_if_it_were_not_there(world: World, address: str):
    access, problems = TABLE[address], []
    for method in access.rules:
        for name in ("omar", "admin", "amal", "petra", "odile", "ursula"):
            persona = world.personas[name]
            for way, client in doors(persona, address):
                at = f"{method.upper()} {address}{way} as {persona}:"
                nowhere = knock(world, client, method, address, of=missing(world, access))
                if nowhere.status != 404:
                    problems.append(f"{at} a missing id gives {nowhere.status}{nowhere.why}")
                right = expected(world, persona, access, method)
                if isinstance(right, frozenset) or right != access.unseen:
                    continue
                if knock(world, client, method, address).shape != nowhere.shape:
                    problems.append(f"{at} a hidden record answers otherwise than a missing one")
    told(problems)


def missing(world: World, access: Access) -> Any:
    """A key that no row has; the rows of libraries count theirs."""
    return uuid7() if isinstance(world.things[access.of].pk, UUID) else 999_999_999


@pytest.mark.parametrize("address", TABLE)
def test_no_other_method_is_let_in(world: World, address: str):
    problems = []
    for method in sorted(METHODS - set(TABLE[address].rules)):
        answer = knock(world, browser_of(world, "soraya"), method, address)
        if answer.status != NOT_ALLOWED or answer.writes:
            problems.append(f"{method.upper()} {address} gives {answer.status}{answer.why}")
    told(problems)


SWAPS = [
    (address, part, name)
    for address, access in TABLE.items()
    for part in ("body", "query", "changes")
    if not isinstance(getattr(access, part), bytes)
    for name, value in getattr(access, part).items()
    if is_name(value) and not value.endswith((".version", ".created_at"))
    if value not in {"@stranger", "@laboratory"}
]


@pytest.mark.parametrize(("address", "part", "name"), SWAPS)
def test_nothing_of_another_case_is_taken_in(world: World, address: str, part: str, name: str):
    access = TABLE[address]
    method = "patch" if part == "changes" else "post"
    insider = first_insider(world, access, method)
    words = dict(getattr(access, part))
    row, _dot, rest = words[name][1:].partition(".")
    words[name] = f"@theirs.{rest or 'pk'}"
    answer = knock(
        world,
        insider.browser,
        method,
        address,
        things={**world.things, "theirs": world.foreign[row]},
        **{"query" if part == "query" else "body": words},
    )
    assert answer.status in REFUSED, f"{address} took {name} of another case: {answer.status}"
    assert not answer.writes, f"{address} wrote: {answer.writes}"


def first_insider(world: World, access: Access, method: str) -> Persona:
    """One who may do the deed itself."""
    return next(
        persona
        for persona in world.personas.values()
        if persona.tags & access.rules[method].may
        and expected(world, persona, access, method) in DONE
    )


PUBLIC = ("weapon", "laboratory", "colleague", "stranger", "house", "depot", "room", "closed_room")
"""What belongs to no case, and may stand on the page of somebody outside of it."""


@pytest.mark.parametrize("name", [*OUTSIDERS, "nadia"])
@pytest.mark.parametrize("address", LISTS)
def test_no_list_search_or_count_gives_anything_away(world: World, address: str, name: str):
    case = world.things["case"]
    secrets = {
        OURS,
        case.ref.lower(),
        *(str(row.pk) for row in world.things.values() if isinstance(row.pk, UUID)),
    }
    secrets -= {str(world.things[public].pk) for public in PUBLIC}
    if name == "admin" and address in ASKED:
        secrets -= {case.ref.lower(), str(world.things["emergency"].pk)}
    rows = {key: world.things[key].pk for key in ("case", "incident", "item")}
    queries = [{}, {"q": OURS, "name": OURS}, {"q": case.ref}, rows]
    problems = []
    for query in queries:
        for way, client in doors(world.personas[name], address):
            text = knock(world, client, "get", address, query=query).text.lower()
            asked = {str(value).lower() for value in query.values()}
            given = {secret for secret in secrets - asked if secret in text}
            if given:
                problems.append(f"GET {address}?{query}{way} as {name} shows {sorted(given)}")
    told(problems)


ASKED = {"investigations:request_list", "api:requests-list"}
"""An administrator is shown that emergency access is asked for, and to which reference."""

CHAINS = {("nadia", "workspace:home"), ("nadia", "workspace:ledger")}
"""A comparison with a part of theirs is a line in their chain too, without a word about ours."""


def test_a_case_that_is_opened_changes_nothing_for_others(world: World):
    """Lists, counts and suggestions alike: what they were shown before is what they are shown."""
    told(
        [
            f"GET {at[1]} as {at[0]} changed: {difference(world.before[at], now)}"
            for at, now in look_around(world).items()
            if now != world.before[at] and at not in CHAINS
        ]
    )


def difference(before: str, now: str) -> str:
    """The first lines that differ."""
    lines = unified_diff(before.splitlines(), now.splitlines(), lineterm="", n=0)
    return " ".join(line.strip() for line in list(lines)[3:7])[:300]


def test_a_comparison_across_cases_is_for_those_who_see_both(world: World):
    across, problems = world.things["across"], []
    for address, access in TABLE.items():
        if access.of == "link":
            for method in access.rules:
                for name in (*MEMBERS, *OUTSIDERS, "nadia"):
                    answer = knock(world, browser_of(world, name), method, address, of=across)
                    if answer.status != 404 or answer.writes:
                        problems.append(f"{method.upper()} {address} as {name}: {answer.status}")
    told(problems)
