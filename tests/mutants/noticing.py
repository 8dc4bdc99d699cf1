"""Whether the access tests notice that a line is gone, also where one of them complains anyway.

A test that finds something wrong with every line in its place proves nothing by finding something
without one. It is told, and the run fails in the end; until then such a test counts where it
complains of more without the line, and otherwise the next test is asked.
"""

from tests.mutants.asking import Check, complaint_of, first_complaint, sign_of
from tests.mutants.second_gate import beyond, complaints_of
from tests.mutants.trials import Trial

SOUND: set[tuple[str, ...]] = set()
"""The tests that were seen to complain of nothing while every line was in its place."""

UNSOUND: dict[tuple[str, ...], str] = {}
"""Those that complained all the same, twice, and of what."""


def noticed(trial: Trial, checks: list[Check]) -> tuple[str, Check | None]:
    """What the first test to miss the line complains of, and the test; nothing if none does."""
    left = checks
    while left:
        with trial.gone():
            complaint, check = first_complaint(left)
        if not complaint:
            break
        if is_sound(check):
            return complaint, check
        if more := more_without(trial, check):
            return min(more), check
        left = left[left.index(check) + 1 :]
    return "", None


def is_sound(check: Check) -> bool:
    """Whether a test complains of nothing now that the line is back; asked once more if it does."""
    key = tuple(sign_of(check))
    if key not in SOUND | UNSOUND.keys():
        if complaint_of(check) and (anyway := complaint_of(check)):
            UNSOUND[key] = anyway
            print(f"UNSOUND  {' '.join(key)}  {anyway}", flush=True)
        else:
            SOUND.add(key)
    return key in SOUND


def more_without(trial: Trial, check: Check) -> set[str]:
    """What a test complains of without the line, and not with it."""
    before = complaints_of(check)
    with trial.gone():
        after = complaints_of(check)
    return beyond(before, after)
