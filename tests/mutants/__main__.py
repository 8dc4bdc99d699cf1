"""`make mutate-access`: the run itself, on a database whose own gate is lifted.

Two nets lie beneath one another, and either would hide a hole in the other. Here PostgreSQL's
row-level security is switched off, so that what is left is what the program itself asks; the
policies of the tables have tests of their own (tests/investigations/test_row_security.py).
"""

import logging
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    *("accounts", "investigations", "evidence", "comparison", "attribution"),
    *("workspace", "reports", "exchange", "core"),
)
LEFT_OUT = {"migrations", "management", "exercise"}
"""Code that no address leads to."""

EXCUSED = {
    "mfa_index: @open_to": "a second name of the page accounts:security, which answers first",
    "account_reauthenticate: @open_to": "the library's own view behind it asks once more",
    "mfa_reauthenticate: @open_to": "the library's own view behind it asks once more",
    "mfa_view_recovery_codes: @open_to": "the library's own view behind it asks once more",
}
"""Lines that cannot be missed, each with the reason why nobody could tell."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    import django

    import tests.broker_apart  # noqa: F401  a mutant is not killed by having asked too often

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="vestige-mutants-") as folder, a_database(folder):
        return run(sys.argv[1:])


@contextmanager
def a_database(folder: str) -> Iterator[None]:
    """A database of its own, without row-level security, and folders for files."""
    from celery import current_app
    from django.conf import settings
    from django.db import connection

    from core.scope import system_scope
    from investigations.models.row_security import row_policies

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    for name in ("evidence", "derived"):
        settings.STORAGES[name]["OPTIONS"]["location"] = str(Path(folder, name))
    current_app.conf.broker_url = "memory://"
    name = connection.settings_dict["NAME"]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = "mutants_of_vestige"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    with connection.cursor() as cursor:
        for table in [*row_policies(), "ledger_entry"]:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    try:
        with system_scope("the mutants' world is arranged"):
            yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def run(asked: list[str]) -> int:
    """Try every mutant whose place holds all words `asked` for; tell the survivors.

    `1/3` among the words is every third mutant from the first: for machines that share the run.
    """
    from django.db import connection, transaction

    from comparison.services import withdrawing
    from tests.access.scene import A_WHOLE_WALK, look_around
    from tests.access.walking import forms_as_shown
    from tests.access.world import build

    withdrawing.GRACE = A_WHOLE_WALK
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
        world = build(look_around)
        world.forms = forms_as_shown(world)
        reached = addresses_by_code(world)
        tally = {"killed": 0, "excused": 0}
        survivors: list[str] = []
        words = [word for word in asked if not PART.fullmatch(word)]
        for told, way, undo, addresses in part_of(every_mutant(reached, words), asked):
            way()
            try:
                killer, noticed_by = first_complaint(world, addresses, asks="/models/" in told)
            finally:
                undo()
            if killer and not is_sound(noticed_by):
                raise SystemExit(f"{told}: complained of without it, too: {killer}")
            if killer:
                tally["killed"] += 1
            elif told in EXCUSED:
                tally["excused"] += 1
            else:
                survivors.append(told)
            print(f"{'killed  ' if killer else 'SURVIVED'} {told}  {killer[:60]}", flush=True)
        transaction.set_rollback(True)
    print(f"\n{tally['killed']} killed, {tally['excused']} excused, {len(survivors)} survived")
    for survivor in survivors:
        print(f"  SURVIVED {survivor}")
    return 1 if survivors else 0


Way = Callable[[], None]
Mutants = Iterator[tuple[str, Way, Way, list[str]]]
PART = re.compile(r"([1-9]\d*)/([1-9]\d*)")


def part_of(mutants: Mutants, asked: list[str]) -> Mutants:
    """Every mutant, or every n-th from the k-th if `k/n` was asked for."""
    for k, n in (map(int, found.groups()) for found in map(PART.fullmatch, asked) if found):
        mutants = islice(mutants, k - 1, None, n)
    return mutants


def every_mutant(reached: dict[CodeType, list[str]], words: list[str]) -> Mutants:
    """What is gone, how to take it away, how to put it back, and the addresses that run it."""
    from tests.mutants.open_doors import open_doors
    from tests.mutants.policy_lines import mutants_of

    for told, way, undo, addresses in open_doors():
        if all(word in told for word in words):
            yield told, way, undo, addresses

    live = functions_by_code(reached)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if LEFT_OUT & set(path.relative_to(ROOT).parts):
                continue
            for mutant in mutants_of(path.relative_to(ROOT), ROOT):
                found = live.get((str(path), mutant.function))
                if found is None or not all(word in str(mutant) for word in words):
                    continue
                function, addresses = found
                plain = function.__code__
                yield (
                    str(mutant),
                    lambda f=function, c=mutant.code: setattr(f, "__code__", c),
                    lambda f=function, c=plain: setattr(f, "__code__", c),
                    addresses,
                )


def addresses_by_code(world: Any) -> dict[CodeType, list[str]]:
    """For each function of ours, the addresses whose walk runs it."""
    from tests.access.scene import doors
    from tests.access.walking import knock
    from tests.access_table import TABLE

    reached: dict[CodeType, list[str]] = {}
    for address, access in TABLE.items():
        seen: set[CodeType] = set()

        def note(frame: Any, event: str, _argument: Any, seen: set[CodeType] = seen) -> None:
            if event == "call" and frame.f_code.co_filename.startswith(str(ROOT)):
                seen.add(frame.f_code)

        for method in access.rules:
            for name in those_who_knock(world, access, method):
                persona = world.personas[name]
                for _way, client in doors(persona, address):
                    sys.settrace(note)
                    knock(world, client, method, address)
                    sys.settrace(None)
        for code in seen:
            reached.setdefault(code, []).append(address)
    return reached


def those_who_knock(world: Any, access: Any, method: str) -> list[str]:
    """One who is let in, one of the team who is not, and one from outside: all ways of the code."""
    from tests.access.walking import expected

    answers: dict[Any, str] = {}
    for name, persona in world.personas.items():
        answers.setdefault(expected(world, persona, access, method), name)
    return list({*answers.values(), "amal", "omar"})


def functions_by_code(
    reached: dict[CodeType, list[str]],
) -> dict[tuple[str, str], tuple[FunctionType, list[str]]]:
    """The live functions behind the code that ran, by file and name."""
    import gc

    return {
        (found.__code__.co_filename, found.__code__.co_qualname): (found, reached[found.__code__])
        for found in gc.get_objects()
        if type(found) is FunctionType and found.__code__ in reached
    }


Check = partial[None]


def first_complaint(world: Any, addresses: list[str], *, asks: bool) -> tuple[str, Check]:
    """What the access tests first find wrong at these addresses, and the test that found it.

    A line that `asks` which rows a person sees is first tried without any address.
    """
    from tests import test_access as tests

    tests.complaints = at_the_first(tests.complaints)
    for check in [*(questions(world) if asks else ()), *checks(world, addresses)]:
        if complaint := complaint_of(check):
            return complaint, check
    return "", partial(print)


SOUND: set[tuple[Any, ...]] = set()
"""The tests that were seen to complain of nothing while every line was in its place."""


def is_sound(check: Check) -> bool:
    """Whether a test complains of nothing now that the line is back."""
    key = (check.func.__name__, *check.args[1:])
    if key not in SOUND and not complaint_of(check):
        SOUND.add(key)
    return key in SOUND


def complaint_of(check: Check) -> str:
    """What a test finds wrong; nothing if all is well."""
    import pytest

    try:
        check()
    except (pytest.fail.Exception, AssertionError) as complaint:
        return str(complaint).strip().partition("\n")[0] or "refused"
    except (TypeError, ValueError, AttributeError, LookupError) as trouble:
        return f"{type(trouble).__name__}: {trouble}"
    return ""


def at_the_first(complaints: Any) -> Any:
    """The tests' own question, which here ends a walk as soon as there is anything to say."""

    def first(*asked: Any) -> list[str]:
        for complaint in complaints(*asked):
            raise AssertionError(complaint)
        return []

    return complaints if complaints.__name__ == "first" else first


def questions(world: Any) -> Iterator[Check]:
    """What the rows themselves answer to those who must not see them."""
    from tests import test_access_between_cases as tests

    for name in tests.WHO_SEES_NO_RECORD:
        yield partial(tests.test_no_record_of_the_case_answers_a_question_of, world, name)
    for name in tests.SHUT_BY_CASE:
        yield partial(
            tests.test_a_case_is_not_there_for_those_whom_its_own_label_shuts_out, world, name
        )
    for gone in ("until", "ended_at"):
        yield partial(
            tests.test_who_was_of_the_team_until_yesterday_sees_no_more_of_it, world, gone
        )
    for test in (
        tests.test_a_case_released_to_one_agency_is_there_for_its_people,
        tests.test_who_is_of_the_team_too_contributes_as_one_of_the_team,
        tests.test_what_is_shared_with_an_agency_is_for_its_people_on_the_case_alone,
        tests.test_an_account_that_was_closed_has_no_duty_left,
        tests.test_who_is_not_of_the_team_has_no_duty,
        tests.test_a_record_says_beforehand_what_it_would_refuse,
    ):
        yield partial(test, world)


def checks(world: Any, addresses: list[str]) -> Iterator[Check]:
    """The access tests of these addresses, the likeliest to complain first."""
    from tests import test_access as tests

    for address in addresses:
        yield partial(tests.test_each_role_gets_what_the_table_says, world, address)
    for address in addresses:
        if address in tests.NAMING:
            yield partial(
                tests.test_what_one_may_not_see_is_as_if_it_were_not_there, world, address
            )
    yield from checks_of_more(world, set(addresses))


def checks_of_more(world: Any, addresses: set[str]) -> Iterator[Check]:
    """What is swapped, listed and compared at these addresses."""
    from tests import test_access_between_cases as tests

    for address, part, name in tests.SWAPS:
        if address in addresses:
            yield partial(
                tests.test_nothing_of_another_case_is_taken_in, world, address, part, name
            )
    for address in addresses & set(tests.LISTS):
        for name in (*tests.OUTSIDERS, "nadia"):
            yield partial(
                tests.test_no_list_search_or_count_gives_anything_away, world, address, name
            )
    if any(tests.TABLE[address].of == "link" for address in addresses):
        yield partial(tests.test_a_comparison_across_cases_is_for_those_who_see_both, world)


if __name__ == "__main__":
    sys.exit(main())
