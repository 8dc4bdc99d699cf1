"""The lines to be taken away, one after the other, each with the addresses that run it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from exchange.services.standing import standing_asked
from investigations.models.case import placed
from investigations.models.gates import gates_for
from tests.mutants.open_doors import open_doors
from tests.mutants.policy_lines import Mutant, mutants_of
from tests.mutants.reached import ROOMS, ROOT, Place, Reached

LEFT_OUT = {"migrations", "management", "exercise"}
"""Code that no address leads to."""

PART = re.compile(r"([1-9]\d*)/([1-9]\d*)")


@dataclass(frozen=True)
class Trial:
    """One line: where it stands, how to take it away and put it back, and who runs it.

    `name` is what it is called without the number of its line. The policy of a view has no
    `mutant`, for it is no line of a function.
    """

    told: str
    name: str
    way: Callable[[], None]
    undo: Callable[[], None]
    addresses: list[str]
    mutant: Mutant | None = None

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Inside, the line is not there, nor what was kept of what was put into words with it."""
        try:
            self.way()
            forget_words()
            yield
        finally:
            self.undo()
            forget_words()


def forget_words() -> None:
    """Let every question be put into words anew."""
    placed.cache_clear()
    gates_for.cache_clear()
    standing_asked.cache_clear()


def trials(reached: Reached, asked: list[str]) -> Iterator[Trial]:
    """Those whose place holds all words `asked` for; all of them if there are none.

    `1/3` among the words is every third from the first: for machines that share the run.
    """
    words = [word for word in asked if not PART.fullmatch(word)]
    found = (trial for trial in every_trial(reached) if all(word in trial.told for word in words))
    for k, n in (map(int, part.groups()) for part in map(PART.fullmatch, asked) if part):
        found = islice(found, k - 1, None, n)
    return found


def every_trial(reached: Reached) -> Iterator[Trial]:
    """The policies of views, then the lines of functions."""
    for told, way, undo, addresses in open_doors():
        yield Trial(told, told, way, undo, addresses)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not LEFT_OUT & set(path.relative_to(ROOT).parts):
                for mutant in mutants_of(path.relative_to(ROOT), ROOT):
                    if place_of_mutant(mutant) in reached.live:
                        yield trial_of(mutant, reached)


def place_of_mutant(mutant: Mutant) -> Place:
    return str(mutant.file), mutant.function


def trial_of(mutant: Mutant, reached: Reached) -> Trial:
    """The live function gets the code that lacks the line."""
    place = place_of_mutant(mutant)
    function = reached.live[place]
    plain = function.__code__
    return Trial(
        str(mutant),
        mutant.name,
        lambda: setattr(function, "__code__", mutant.code),
        lambda: setattr(function, "__code__", plain),
        reached.addresses_of(place),
        mutant,
    )
