"""The scene of the access tests: both cases, made once, and how one knocks there."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from core.scope import system_scope
from tests.access.cast import Persona
from tests.access.standing import Standing
from tests.access.walking import expected, forms_as_shown, knock
from tests.access.world import World, build
from tests.access_table import FOR_PROGRAMS, SIGNED_IN, TABLE, Access

A_WHOLE_WALK = timedelta(days=1)
"""What may be taken back for some minutes stays so until everybody has knocked."""

DONE = {200, 201, 202, 204, 302}
NAMING = sorted(name for name, access in TABLE.items() if access.of)
LISTS = sorted(name for name, access in TABLE.items() if access.get is SIGNED_IN and not access.of)


@contextmanager
def both_cases(look: Callable[[World], dict[tuple[str, str], str]]) -> Iterator[World]:
    """Both cases, made once; every knock is undone, and in the end all of it."""
    logging.disable(logging.WARNING)  # each refusal would leave its traceback
    with transaction.atomic(), pytest.MonkeyPatch.context() as clock:
        clock.setattr("comparison.services.withdrawing.GRACE", A_WHOLE_WALK)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")  # it compiles longer than these questions take
        with system_scope("a test arranges the scene"):
            made = build(look)
            made.forms = forms_as_shown(made)
        yield made
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(standing: Standing, django_db_blocker: Any, private_folders: Any) -> World:
    """Both cases, for those who knock now; what another file of this worker left up, if it did."""

    @contextmanager
    def raised() -> Iterator[World]:
        with django_db_blocker.unblock(), both_cases(look_around) as made:
            yield made

    return standing.scene(raised)


def look_around(world: World) -> dict[tuple[str, str], str]:
    """What an outsider, and the lead of another case, are shown; asked before ours is opened."""
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
    return [*ways, (" by key", persona.program)] if address.startswith(FOR_PROGRAMS) else ways


def first_insider(world: World, access: Access, method: str) -> Persona:
    """One who may do the deed itself."""
    return next(
        persona
        for persona in world.personas.values()
        if persona.tags & access.rules[method].may
        and expected(world, persona, access, method) in DONE
    )


def told(problems: list[str]) -> None:
    """Fail with one line for each thing that is wrong."""
    if problems:
        pytest.fail("\n" + "\n".join(problems), pytrace=False)
