"""Where an exhibit stands after what happened to it: in whose charge, where, under which seal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

COLLECTED, STORED, IN_TRANSIT, EXAMINED = "collected", "stored", "in-transit", "in-examination"
LOANED, ABROAD, LOST = "loaned", "transferred-abroad", "lost"
RETURNED, DESTROYED = "returned-to-owner", "destroyed"
ENDED = frozenset({RETURNED, DESTROYED})
AWAY = frozenset({IN_TRANSIT, LOANED, ABROAD, LOST, *ENDED})


@dataclass(frozen=True)
class Step:
    """One event of custody, freed of the database; people are ids, or names of outsiders."""

    key: str
    seq: int
    kind: str
    at: datetime
    by: str = ""
    giver: str = ""
    taker: str = ""
    from_place: str = ""
    place: str = ""
    seal_before: str = ""
    seal_after: str = ""
    point: tuple[float, float] | None = None
    slack: timedelta = timedelta()
    """By how much `at` may be off, as far as it is known."""
    corrects: str = ""
    follows: bool = False
    """Written because the whole moved in which this lies."""


@dataclass(frozen=True)
class State:
    """What holds after some events; `offered_to` and `offer` while it passes from hand to hand."""

    holder: str = ""
    place: str = ""
    seal: str = ""
    status: str = COLLECTED
    offered_to: str = ""
    offer: Step | None = None
    inside: bool = False
    """It lies in the sealed package of the whole it is part of."""
    out_with: str = ""
    """Outside of the team, with whom: until it is back."""


def standing(steps: Iterable[Step]) -> list[Step]:
    """The events that hold, in the order in which they happened."""
    told = [step for step in holding(steps) if step.kind != "correction"]
    return sorted(told, key=lambda step: (step.at, step.seq))


def holding(steps: Iterable[Step]) -> list[Step]:
    """The events and corrections that hold, as they were given.

    A correction takes away the one event that it names; corrected itself, it takes away nothing.
    """
    steps = list(steps)
    naming: dict[str, list[Step]] = {}
    for step in steps:
        if step.corrects:
            naming.setdefault(step.corrects, []).append(step)

    def holds(step: Step) -> bool:
        return not any(holds(other) for other in naming.get(step.key, []) if other.seq > step.seq)

    return [step for step in steps if holds(step)]


def after(state: State, step: Step) -> State:
    """Where the exhibit stands once this has happened."""
    change = CHANGES.get(step.kind)
    state = change(state, step) if change else state
    if step.follows:
        return replace(state, inside=stays_inside(state, step))
    if step.kind in READ_OFF or step.kind == "collected":
        return replace(state, seal=step.seal_after)
    return state


def state_after(steps: Iterable[Step]) -> State:
    """Where the exhibit stands now, by the events that hold."""
    state = State()
    for step in standing(steps):
        state = after(state, step)
    return state


def stays_inside(state: State, step: Step) -> bool:
    """Closing the whole shuts the part in; opening it lets the part out."""
    return {"sealed": True, "unsealed": False}.get(step.kind, state.inside)


def collected(state: State, step: Step) -> State:
    return replace(state, holder=step.taker or step.by, place=step.place, status=COLLECTED)


def handed_out(state: State, step: Step) -> State:
    return replace(state, place="", status=IN_TRANSIT, offered_to=step.taker, offer=step)


def taken(state: State, step: Step) -> State:
    return State(
        holder=step.taker or step.by, place=step.place, seal=state.seal, inside=state.inside
    )


def kept(state: State, step: Step) -> State:
    """The hand-over came to nothing: its giver answers for it as before."""
    return replace(state, status=COLLECTED, offered_to="", offer=None)


def put(state: State, step: Step) -> State:
    return replace(state, place=step.place, status=STORED)


def brought(state: State, step: Step) -> State:
    place = step.place or state.place
    return replace(state, place=place, status=STATUS_OF[step.kind], out_with="")


def let_out(state: State, step: Step) -> State:
    return replace(brought(state, step), out_with=step.taker)


def examined(state: State, step: Step) -> State:
    """Whoever has it on loan examines it there, and it is not back for that."""
    return state if state.out_with else brought(state, step)


def ended(state: State, step: Step) -> State:
    return State(status=STATUS_OF[step.kind])


def missed(state: State, step: Step) -> State:
    return replace(state, place="", status=LOST, offered_to="", offer=None, out_with="")


def found(state: State, step: Step) -> State:
    return replace(state, holder=step.taker or state.holder, place=step.place, status=COLLECTED)


STATUS_OF = {
    "examined-start": EXAMINED,
    "examined-end": COLLECTED,
    "loaned": LOANED,
    "exported": ABROAD,
    "imported": COLLECTED,
    "returned": RETURNED,
    "destroyed": DESTROYED,
}
CHANGES: dict[str, Callable[[State, Step], State]] = {
    "collected": collected,
    "transferred-out": handed_out,
    "received": taken,
    "refused": kept,
    "taken-back": kept,
    "stored": put,
    "moved": put,
    "lost": missed,
    "found": found,
    "returned": ended,
    "destroyed": ended,
    "examined-start": examined,
    "examined-end": examined,
    "loaned": let_out,
    "exported": let_out,
    "imported": brought,
}
READ_OFF = frozenset({"received", "inventory-check", "imported", "found", "sealed", "unsealed"})
"""Events whose seal was read off the package; in others it is only carried forward."""
