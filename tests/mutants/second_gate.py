"""Lines behind which another one asks the same: does such a line guard when the other is gone?

A view and its service, or a form and its service, often both ask, so that taking either away is
noticed by nobody. A survivor is therefore tried once more at each of its addresses with all other
lines open that stand in the doors and services which that address runs, once with the line itself
and once without. Where the tests then complain of more without it, the line guards: it is doubled.

What models say of their rows stays whole. A line that narrows guards through such a definition:
were it open as well, everybody would see everything with the line and without, and no line could
show that it guards. For the same reason a condition within a definition is tried with those lines
in place that lead to it. The one gate in models that services themselves ask last, `locked_for`,
is opened with them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.db import transaction

from core.guarded import GuardedQuerySet
from tests.mutants.asking import Check, checks_of_more, checks_of_roles, sign_of
from tests.mutants.policy_lines import DEFINITIONS, NARROWING, REQUIRING, opened
from tests.mutants.reached import ROOT, Place, Reached, Sign
from tests.mutants.trials import Trial, place_of_mutant

DOORS = {"views", "forms", "services", "api", "http", "rest", "content"}
"""Folders and files whose lines are opened: what an address runs on its way to the rows.

`http` is what the pages of a room share, `rest` what all programs' doors do, `content` what
documents are made of.
"""

ASKED_LAST = {"locked_for"}

OF_ROWS = NARROWING | {"_where_placed", "placed", "current", "usable", "told_to"}
"""Definitions of which rows one sees."""

WHOLE = DEFINITIONS | REQUIRING
"""What is tried with the lines in place that lead to it: of rows, or else of deeds."""

DETAILS = re.compile(r"((?:got|gives) (?:\d+|sign in)\b|wrote:).*")
"""What may differ from knock to knock: reasons, statements, keys."""

BROKEN = re.compile(r"(?: expected .+?, got| a missing id gives|:) 500\b")
"""A walk that ended in an exception; before it stands who knocked where."""

TROUBLE = "trouble:"

Codes = list[tuple[FunctionType, CodeType]]


def guards_alone(
    world: Any, trial: Trial, reached: Reached, sign: Sign | None
) -> tuple[str, Check | None]:
    """What the tests find wrong once no other line stands before this one, and which test does.

    The test with this `sign` is asked first, for it noticed last time.
    """
    checks = [
        (address, check)
        for address in trial.addresses
        for check in (*checks_of_roles(world, [address]), *checks_of_more(world, [address]))
    ]
    for address, check in sorted(checks, key=lambda each: sign_of(each[1]) != sign):
        if more := found_without(trial, reached, address, check):
            return min(more), check
    return "", None


def found_without(trial: Trial, reached: Reached, address: str, check: Check) -> set[str]:
    """What a test complains of without the line alone, asked twice with it in its place."""
    more = set()
    for _again in range(2):
        with others_open(trial, reached, address):
            before = complaints_of(check)
        with all_open(trial, reached, address):
            after = complaints_of(check)
        if not (more := beyond(before, after)):
            break
    return more


def beyond(before: set[str], after: set[str]) -> set[str]:
    """What is complained of afterwards alone, by those whose walk ended in an answer before."""
    if any(line.startswith(TROUBLE) for line in before):
        return set()
    ended = tuple(line[: found.start()] for line in before if (found := BROKEN.search(line)))
    return {line for line in after - before if not line.startswith(ended)}


def complaints_of(check: Check) -> set[str]:
    """All that a test finds wrong, line by line; whatever it ends in leaves nothing behind."""
    try:
        with transaction.atomic():
            check()
    except (pytest.fail.Exception, AssertionError) as complaint:
        lines = str(complaint).strip().splitlines() or ["refused"]
    except Exception as trouble:
        lines = [f"{TROUBLE} {type(trouble).__name__}"]
    else:
        lines = []
    return {DETAILS.sub(r"\1", line) for line in lines}


@contextmanager
def others_open(trial: Trial, reached: Reached, address: str) -> Iterator[None]:
    """Inside, this line alone is left of those on the way from the address to the rows."""
    with swapped(codes_at(trial, reached, address, kept=True)):
        yield


@contextmanager
def all_open(trial: Trial, reached: Reached, address: str) -> Iterator[None]:
    """Inside, this line is gone, too."""
    if has_others(trial):
        with swapped(codes_at(trial, reached, address, kept=False)):
            yield
    else:
        with trial.gone(), swapped(codes_at(trial, reached, address, kept=False)):
            yield


def codes_at(trial: Trial, reached: Reached, address: str, *, kept: bool) -> Codes:
    """The functions that the address runs, with what each becomes; the guard asks for nobody.

    Rows of cases raise unless they were narrowed: that, too, would hide what a line is good for.
    """
    mutant, codes = trial.mutant, dict[Place, CodeType]()
    names = lines_to_open(mutant.function if mutant else "")
    for place in reached.at[address]:
        if place in reached.live and is_on_the_way(place):
            codes |= code_of_place(place, names, None)
    if mutant and has_others(trial):
        place = place_of_mutant(mutant)
        codes.pop(place, None)
        codes |= code_of_place(place, names, mutant.number if kept else None)
    elif mutant:
        codes.pop(place_of_mutant(mutant), None)
    guard: FunctionType = GuardedQuerySet._require_asker
    return [(guard, nobody_is_asked.__code__), *fitting(codes, reached)]


def has_others(trial: Trial) -> bool:
    """True for a line of a function that is opened line by line; definitions stay whole."""
    return trial.mutant is not None and bare(trial.mutant.function) not in WHOLE


def nobody_is_asked(self: Any) -> None:
    """What the guard of case data does while lines are tried behind one another."""


def lines_to_open(function: str) -> frozenset[str]:
    """By which questions the lines ask that are opened round a line of this function."""
    if bare(function) in OF_ROWS:
        return frozenset(REQUIRING)
    if bare(function) in WHOLE:
        return frozenset(NARROWING)
    return frozenset(NARROWING | REQUIRING)


def is_on_the_way(place: Place) -> bool:
    """True for functions of doors and services, and for what services ask last."""
    file, name = place
    return bool(DOORS & set(PurePath(file).with_suffix("").parts)) or bare(name) in ASKED_LAST


def bare(function: str) -> str:
    """The name of a method without that of its class."""
    return function.rpartition(".")[2]


COMPILED: dict[tuple[str, frozenset[str], tuple[str, int] | None], dict[str, CodeType]] = {}
"""Modules with lines gone, compiled once each."""


def code_of_place(place: Place, names: frozenset[str], but: int | None) -> dict[Place, CodeType]:
    """The code of one function with these lines gone, all but one; nothing if it has none."""
    file, function = place
    key = (file, names, None if but is None else (function, but))
    if key not in COMPILED:
        COMPILED[key] = opened(ROOT / file, names, but=key[2])
    code = COMPILED[key].get(function)
    return {place: code} if code else {}


def fitting(codes: dict[Place, CodeType], reached: Reached) -> Codes:
    """The live functions with the code that they can be given: Python asks for the same cells."""
    return [
        (function, code)
        for place, code in codes.items()
        if (function := reached.live[place]).__code__.co_freevars == code.co_freevars
    ]


@contextmanager
def swapped(codes: Codes) -> Iterator[None]:
    """Inside, these functions run this code."""
    before = [(function, function.__code__) for function, _code in codes]
    try:
        for function, code in codes:
            function.__code__ = code
        yield
    finally:
        for function, code in before:
            function.__code__ = code
