"""Who belongs to whom over time: no actor is part of itself on any one day."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Tie:
    """`part` belonged to `whole`, from the first to the last of these days, both included."""

    part: Hashable
    whole: Hashable
    since: date = date.min
    until: date = date.max


def closes_a_circle(new: Tie, ties: Iterable[Tie]) -> bool:
    """Whether on some day everybody on a way from `new.whole` upwards leads back to `new.part`.

    The days that all ties of a way share are narrowed on the way; a circle whose ties never hold
    on one and the same day is none.
    """
    above: dict[Hashable, list[Tie]] = {}
    for tie in ties:
        above.setdefault(tie.part, []).append(tie)
    waiting, seen = [new], {new}
    while waiting:
        here = waiting.pop()
        if here.whole == new.part:
            return True
        for tie in above.get(here.whole, []):
            since, until = max(here.since, tie.since), min(here.until, tie.until)
            step = Tie(tie.part, tie.whole, since, until)
            if since <= until and step not in seen:
                seen.add(step)
                waiting.append(step)
    return False


def overlaps(one: Tie, other: Tie) -> bool:
    """Whether both say the same of some day."""
    same = (one.part, one.whole) == (other.part, other.whole)
    return same and one.since <= other.until and other.since <= one.until
