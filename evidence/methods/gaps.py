"""What does not fit together in the custody of one exhibit: found from its events alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from evidence.methods.custody import (
    AWAY,
    ENDED,
    IN_TRANSIT,
    LOANED,
    READ_OFF,
    State,
    Step,
    after,
    holding,
    standing,
)

EARTH_KM, FASTEST_KMH, NEAR_KM = 6371.0088, 900, 1
"""Mean radius (IUGG); the speed of an airliner; how far apart two notes of one place may lie."""

ENDINGS = frozenset(
    {
        "received",
        "refused",
        "taken-back",
        "lost",
        "found",
        "transferred-out",
        "returned",
        "destroyed",
    }
)
"""What tells that a transfer is no longer under way, whether or not it came to its end."""
HOLDERS_DEEDS = frozenset({"sealed", "unsealed", "stored", "moved"})
EXAMINATIONS = frozenset({"examined-start", "examined-end", "sub-sampled"})


@dataclass(frozen=True)
class Gap:
    """One thing that does not fit: between which events, and for how long nobody answered.

    `before` and `at` are the keys of the events around it; `since` and `until` are the times
    between which it is not known who had the exhibit, `until` empty while it goes on. `says`
    are the two things that differ: two people, or two seals; for a journey, km and minutes.
    """

    kind: str
    at: str
    before: str = ""
    since: datetime | None = None
    until: datetime | None = None
    says: tuple[str, str] = ("", "")
    people: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What it is called, as long as the event it hangs on stands."""
        return f"{self.kind}:{self.at}"

    @property
    def goes_on(self) -> bool:
        """True while nobody knows yet how it ends."""
        return self.since is not None and self.until is None


Finder = Callable[[State, Step | None, Step], Iterator[Gap]]


def gaps_in(steps: Iterable[Step], *, now: datetime, patience: timedelta) -> list[Gap]:
    """Every gap in the custody of one exhibit, in the order of time.

    `patience` is how long a transfer may be under way.
    """
    steps = list(steps)
    found = [*misfits(standing(steps), now, patience), *corrected_away(steps, patience)]
    order = {step.key: (step.at, step.seq) for step in steps}
    return sorted(found, key=lambda gap: (order[gap.at], gap.kind))


def misfits(told: list[Step], now: datetime, patience: timedelta) -> list[Gap]:
    """What does not fit together in the events that hold."""
    found: list[Gap] = []
    state, last = State(), None
    for step in told:
        for finder in FINDERS:
            found += finder(state, last, step)
        state, last = after(state, step), step
    found += [*never_collected(told), *under_way(told, now, patience), *unseen(told)]
    return [*found, *journeys(told)]


def corrected_away(steps: list[Step], patience: timedelta) -> Iterator[Gap]:
    """A gap that somebody with a part in it corrected away: that, too, takes another's word."""
    for step in holding(steps):
        if step.kind == "correction":
            before = [each for each in steps if each.seq < step.seq]
            left = {gap.key for gap in misfits(standing([*before, step]), step.at, patience)}
            gone = misfits(standing(before), step.at, patience)
            people = [gap.people for gap in gone if gap.key not in left and step.by in gap.people]
            if people:
                yield Gap(
                    "corrected", step.key, before=step.corrects, people=people[0].union(*people)
                )


def never_collected(told: list[Step]) -> Iterator[Gap]:
    """A custody begins with the collecting, and with nothing else."""
    begun = next((step for step in told if step.kind == "collected"), None)
    for step in told if begun else told[:1]:
        if begun is None:
            yield gap("no-collection", None, step)
        elif step.at < begun.at:
            yield gap("before-collection", None, step)


def under_way(told: list[Step], now: datetime, patience: timedelta) -> Iterator[Gap]:
    """Handed out, and not received, refused or taken back in time."""
    for number, step in enumerate(told):
        if step.kind != "transferred-out":
            continue
        closing = next((each for each in told[number + 1 :] if each.kind in ENDINGS), None)
        until = closing.at if closing else None
        if (until or now) - step.at > patience:
            yield gap("not-received", None, step, since=step.at, until=until)


def unseen(told: list[Step]) -> Iterator[Gap]:
    """Lost, until it was found."""
    for number, step in enumerate(told):
        if step.kind == "lost":
            found = next((each for each in told[number + 1 :] if each.kind == "found"), None)
            yield gap("lost", None, step, since=step.at, until=found.at if found else None)


def journeys(told: list[Step]) -> Iterator[Gap]:
    """From one place to the next faster than anything flies."""
    located = [step for step in told if step.point]
    for last, step in pairwise(located):
        km = distance(last.point or (0, 0), step.point or (0, 0))
        spent = step.at - last.at + last.slack + step.slack
        if km > NEAR_KM + FASTEST_KMH * spent.total_seconds() / 3600:
            minutes = int((step.at - last.at).total_seconds() // 60)
            yield gap("travel", last, step, says=(str(round(km)), str(minutes)))


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres along a great circle (haversine) between two points in degrees."""
    (north, east), (north2, east2) = (map(radians, here), map(radians, there))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def wrong_hands(state: State, last: Step | None, step: Step) -> Iterator[Gap]:
    """Received from nobody, by another than it was for, or given by who did not have it."""
    if step.kind == "received" and not comes_back(state, step):
        if state.status != IN_TRANSIT:
            yield between("no-release", state, last, step, step.taker)
        elif step.taker != state.offered_to:
            yield gap("wrong-receiver", last, step, says=(state.offered_to, step.taker))
    if step.kind == "transferred-out":
        if state.status == IN_TRANSIT:
            yield between("never-received", state, last, step, step.giver)
        elif step.giver != state.holder:
            yield between("wrong-giver", state, last, step, step.giver)


def comes_back(state: State, step: Step) -> bool:
    """Back from a loan, or brought in from outside before anybody of the team held it."""
    return state.status == LOANED


def two_holders(state: State, last: Step | None, step: Step) -> Iterator[Gap]:
    """Somebody deals with it as its holder, while by the record another holds it."""
    if last is None or step.follows:
        return
    again = step.kind == "collected" and state.holder
    dealt = step.kind in HOLDERS_DEEDS and step.giver and step.giver != state.holder
    acted = step.taker if again else step.giver
    if (again or dealt) and acted != state.holder:
        yield gap("two-holders", last, step, says=(state.holder, acted))


def other_seal(state: State, last: Step | None, step: Step) -> Iterator[Gap]:
    """The seal on the package is not the one that was left on it."""
    if step.kind not in READ_OFF or step.follows or step.seal_before == state.seal:
        return
    opened = bool(state.seal) and not step.seal_before
    kind = "found-open" if opened else "other-seal"
    yield gap(kind, last, step, says=(state.seal, step.seal_before))


def examined_elsewhere(state: State, last: Step | None, step: Step) -> Iterator[Gap]:
    """An examination of what was not there, or not in the hands of who examined it."""
    if step.kind not in EXAMINATIONS or examined_where_it_is(state, step):
        return
    stranger = step.giver and state.holder and step.giver != state.holder
    apart = step.from_place and state.place and step.from_place != state.place
    if state.status in AWAY:
        yield gap("exam-elsewhere", last, step)
    elif stranger or apart:
        pair = (state.holder, step.giver) if stranger else (state.place, step.from_place)
        yield gap("exam-elsewhere", last, step, says=pair)


def examined_where_it_is(state: State, step: Step) -> bool:
    """Out of the team's hands, and with the very laboratory: either name may be the longer one."""
    one, other = state.out_with.casefold().strip(), step.giver.casefold().strip()
    return bool(one and other) and (one in other or other in one)


def after_the_end(state: State, last: Step | None, step: Step) -> Iterator[Gap]:
    """Something was done to what had been destroyed or returned to its owner."""
    if state.status in ENDED:
        yield gap("after-end", last, step)


FINDERS: tuple[Finder, ...] = (
    wrong_hands,
    two_holders,
    other_seal,
    examined_elsewhere,
    after_the_end,
)


def between(kind: str, state: State, last: Step | None, step: Step, actor: str) -> Gap:
    """From the last event of the holder by the record to the first of another."""
    since = last.at if last else None
    return gap(kind, last, step, since=since, until=step.at, says=(state.holder, actor))


def gap(
    kind: str,
    last: Step | None,
    step: Step,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    says: tuple[str, str] = ("", ""),
) -> Gap:
    """A gap with everybody who took part in the events around it."""
    around = [each for each in (last, step) if each]
    people = {who for each in around for who in (each.by, each.giver, each.taker) if who}
    return Gap(
        kind=kind,
        at=step.key,
        before=last.key if last else "",
        since=since,
        until=until,
        says=says,
        people=frozenset(people),
    )
