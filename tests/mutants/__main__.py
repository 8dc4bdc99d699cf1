"""`make mutate-access`: the run itself, on a database whose own gate is lifted.

Two nets lie beneath one another, and either would hide a hole in the other. Here PostgreSQL's
row-level security is switched off, so that what is left is what the program itself asks; the
policies of the tables have tests of their own (tests/investigations/test_row_security.py).
"""

import logging
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXCUSED = {
    "mfa_index: @open_to": "a second name of the page accounts:security, which answers first",
    "account_reauthenticate: @open_to": "the library's own view behind it asks once more",
    "mfa_reauthenticate: @open_to": "the library's own view behind it asks once more",
    "mfa_view_recovery_codes: @open_to": "the library's own view behind it asks once more",
    "evidence/models/capture.py capturable_by: Case.objects.visible_to(…)": (
        "the incidents that are asked for next are seen in cases that are seen, and in no others"
    ),
    "comparison/models/link.py LinkQuerySet.current: state=LinkState.SUPERSEDED": (
        "it leaves out what no longer stands, and whoever sees the rest may see that as well"
    ),
    "exchange/views/peer.py peer_list: Peer.objects.visible_to(…)": (
        "administrators alone are let in, who see every peer, and no key opens a page"
    ),
    "exchange/views/peer.py peer_for: Peer.objects.visible_to(…)": (
        "none but administrators are shown any here, who see every peer, and no key opens a page"
    ),
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
    """Try every line whose place holds all words `asked` for, and tell what became of each."""
    from django.db import connection, transaction

    from comparison.services import withdrawing
    from tests.access.scene import A_WHOLE_WALK, look_around
    from tests.access.walking import forms_as_shown
    from tests.access.world import build
    from tests.mutants.reached import Memory, Reached, walk
    from tests.mutants.trials import trials

    memory, outcomes = Memory.of_earlier_runs(), defaultdict[str, list[str]](list)
    withdrawing.GRACE = A_WHOLE_WALK
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
        world = build(look_around)
        world.forms = forms_as_shown(world)
        try:
            memory.reached = memory.reached or walk(world)
            reached = Reached(memory.reached)
            for trial in trials(reached, asked):
                outcome, why = outcome_of(world, trial, reached, memory)
                outcomes[outcome].append(f"{trial.told}  {why}".rstrip())
                print(f"{outcome:<8} {outcomes[outcome][-1]}", flush=True)
        finally:
            memory.keep()
        transaction.set_rollback(True)
    return told(outcomes)


def outcome_of(world: Any, trial: Any, reached: Any, memory: Any) -> tuple[str, str]:
    """What became of a line that was taken away, and what was complained of or why not."""
    from tests.mutants.asking import checks_for, remembered_first, sign_of
    from tests.mutants.noticing import noticed
    from tests.mutants.second_gate import guards_alone

    sign = memory.noticed_by.get(trial.name)
    checks = checks_for(world, trial.told, trial.addresses)
    complaint, check = noticed(trial, remembered_first(checks, sign))
    if check:
        memory.noticed_by[trial.name] = sign_of(check)
        return "killed", complaint[:60]
    if trial.name in EXCUSED:
        return "excused", EXCUSED[trial.name]
    complaint, check = guards_alone(world, trial, reached, sign)
    if check:
        memory.noticed_by[trial.name] = sign_of(check)
        return "doubled", complaint[:100]
    return "SURVIVED", ""


def told(outcomes: dict[str, list[str]]) -> int:
    """The figures, then each line that is doubled or survived, and each test that is unsound.

    Returns 1 if a line survived or a test is unsound, or else 0.
    """
    from tests.mutants.noticing import UNSOUND

    words = ("killed", "excused", "doubled", "SURVIVED")
    print("\n" + ", ".join(f"{len(outcomes[word])} {word.lower()}" for word in words))
    for word in words[2:]:
        for line in outcomes[word]:
            print(f"  {word:<8} {line}")
    for sign, anyway in UNSOUND.items():
        print(f"  UNSOUND  {' '.join(sign)}  {anyway}")
    return 1 if outcomes["SURVIVED"] or UNSOUND else 0


if __name__ == "__main__":
    sys.exit(main())
