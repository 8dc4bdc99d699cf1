"""Gaps in custody, found from the events alone: what fits has none, and what is missing shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.methods.custody import Step, standing, state_after
from evidence.methods.gaps import distance, gaps_in

BEGUN = datetime(2026, 3, 1, 6, tzinfo=UTC)
PATIENCE = timedelta(hours=24)
LATER = BEGUN + timedelta(days=365)


class Way:
    """A history being written: each deed an hour after the last, by whoever holds the thing."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.holder, self.seal, self.seals = "amal", "", 0
        self.add("collected", taker="amal")

    def add(self, kind: str, **facts: object) -> None:
        seq = len(self.steps) + 1
        facts = {"seal_before": self.seal, "seal_after": self.seal, **facts}
        at = BEGUN + timedelta(hours=seq)
        by = str(facts.get("giver", self.holder))
        self.steps.append(Step(key=f"e{seq}", seq=seq, kind=kind, at=at, by=by, **facts))

    def pass_on(self, to: str) -> None:
        if to != self.holder:
            self.add("transferred-out", giver=self.holder, taker=to)
            self.add("received", giver=self.holder, taker=to)
            self.holder = to

    def store(self, place: str) -> None:
        self.add("stored", giver=self.holder, place=place)

    def reseal(self, _word: str) -> None:
        if self.seal:
            self.add("unsealed", giver=self.holder, seal_after="")
        self.seals += 1
        number = f"S-{self.seals}"
        self.add("sealed", giver=self.holder, seal_before="", seal_after=number)
        self.seal = number

    def examine(self, _word: str) -> None:
        self.add("examined-start", giver=self.holder)
        self.add("examined-end", giver=self.holder)


def regular(deeds: list[tuple[str, str]]) -> list[Step]:
    way = Way()
    for deed, word in deeds:
        getattr(way, deed)(word)
    return way.steps


people, places = st.sampled_from(["amal", "lena", "karim"]), st.sampled_from(["Room 1", "Room 2"])
DEED = st.one_of(
    st.tuples(st.just("pass_on"), people),
    st.tuples(st.just("store"), places),
    st.tuples(st.just("reseal"), places),
    st.tuples(st.just("examine"), places),
)
HISTORY = st.lists(DEED, max_size=12).map(regular)


def found(steps: list[Step], now: datetime = LATER) -> list[str]:
    return [gap.kind for gap in gaps_in(steps, now=now, patience=PATIENCE)]


@given(HISTORY)
def test_a_regular_history_has_no_gaps(steps):
    assert found(steps) == []


@given(HISTORY, st.data())
def test_without_one_event_of_a_transfer_there_is_a_gap(steps, data):
    halves = [step for step in steps if step.kind in {"transferred-out", "received"}]
    if halves:
        missing = data.draw(st.sampled_from(halves))
        assert found([step for step in steps if step is not missing])


@given(HISTORY, st.randoms())
def test_the_order_of_entry_is_irrelevant(steps, random):
    entered = list(range(1, len(steps) + 1))
    random.shuffle(entered)
    late = [replace(step, seq=seq) for step, seq in zip(steps, entered, strict=True)]
    random.shuffle(late)
    assert state_after(late) == state_after(steps)
    assert found(late) == found(steps)


@given(HISTORY, st.data())
def test_a_correction_takes_away_exactly_what_it_names(steps, data):
    wrong = data.draw(st.sampled_from(steps))
    said = Step(key="c", seq=99, kind="correction", at=LATER, corrects=wrong.key)
    assert standing([*steps, said]) == [step for step in steps if step is not wrong]
    undone = Step(key="d", seq=100, kind="correction", at=LATER, corrects="c")
    assert standing([*steps, said, undone]) == steps


@given(HISTORY)
def test_each_gap_has_a_key_of_its_own(steps):
    gaps = gaps_in(steps[1:], now=LATER, patience=PATIENCE)
    assert len({gap.key for gap in gaps}) == len(gaps)


def way_of(*deeds: tuple[str, str]) -> Way:
    way = Way()
    for deed, word in deeds:
        getattr(way, deed)(word)
    return way


def test_a_transfer_is_given_a_day_and_not_more():
    way = way_of()
    way.add("transferred-out", giver="amal", taker="lena")
    out = way.steps[-1].at
    assert found(way.steps, out + PATIENCE) == []
    (gap,) = gaps_in(way.steps, now=out + PATIENCE * 2, patience=PATIENCE)
    assert (gap.kind, gap.since, gap.until, gap.goes_on) == ("not-received", out, None, True)
    way.steps.append(replace(way.steps[-1], key="r", seq=3, kind="received", at=out + PATIENCE * 3))
    (gap,) = gaps_in(way.steps, now=LATER, patience=PATIENCE)
    assert (gap.until, gap.goes_on) == (out + PATIENCE * 3, False)


def test_whoever_gives_is_whoever_received():
    way = way_of(("pass_on", "lena"))
    way.add("transferred-out", giver="karim", taker="rami")
    way.add("received", giver="karim", taker="rami")
    gap = gaps_in(way.steps, now=LATER, patience=PATIENCE)[0]
    assert (gap.kind, gap.says) == ("wrong-giver", ("lena", "karim"))
    assert gap.until - gap.since == timedelta(hours=1)


def test_another_receives_than_it_was_for():
    way = way_of()
    way.add("transferred-out", giver="amal", taker="lena")
    way.add("received", giver="amal", taker="karim")
    assert found(way.steps) == ["wrong-receiver"]


@pytest.mark.parametrize(("read", "kind"), [("S-9", "other-seal"), ("", "found-open")])
def test_another_seal_than_was_left_is_a_gap_of_its_own(read, kind):
    way = way_of(("reseal", ""))
    way.add("transferred-out", giver="amal", taker="lena")
    way.add("received", giver="amal", taker="lena", seal_before=read, seal_after=read)
    (gap,) = gaps_in(way.steps, now=LATER, patience=PATIENCE)
    assert (gap.kind, gap.says) == (kind, ("S-1", read))


def test_two_cannot_hold_it_at_once():
    way = way_of(("pass_on", "lena"))
    way.add("stored", giver="amal", place="Room 9")
    assert found(way.steps) == ["two-holders"]


def test_nothing_travels_faster_than_an_airliner():
    way = way_of()
    way.add("stored", giver="amal", place="Baghdad", point=(33.31, 44.36))
    way.add("moved", giver="amal", place="Aden", point=(12.79, 45.03))
    (gap,) = gaps_in(way.steps, now=LATER, patience=PATIENCE)
    assert (gap.kind, gap.says) == ("travel", ("2283", "60"))
    way.steps[-1] = replace(way.steps[-1], slack=timedelta(days=1))
    assert found(way.steps) == [], "a time known to the day proves no haste"


def test_a_distance_is_that_of_the_great_circle():
    assert round(distance((48.8566, 2.3522), (51.5074, -0.1278))) == 344
    assert distance((10, 179.999), (10, -179.999)) < 1


@pytest.mark.parametrize("away", ["loaned", "exported", "lost"])
def test_an_examination_of_what_was_elsewhere(away):
    way = way_of()
    way.add(away, giver="amal", place="The court")
    way.add("examined-start", giver="amal")
    assert "exam-elsewhere" in found(way.steps)


def test_an_examination_by_who_did_not_have_it():
    way = way_of()
    way.add("examined-start", giver="lena")
    assert found(way.steps) == ["exam-elsewhere"]


def test_nothing_happens_before_the_collecting_or_after_the_end():
    way = way_of(("store", "Room 1"))
    early = replace(way.steps[1], key="x", seq=3, at=BEGUN)
    assert "before-collection" in found([*way.steps, early])
    assert "no-collection" in found(way.steps[1:])
    way.add("destroyed")
    way.add("stored", giver="")
    assert found(way.steps) == ["after-end"]


def test_what_was_lost_is_unaccounted_for_until_it_is_found():
    way = way_of()
    way.add("lost")
    (gap,) = gaps_in(way.steps, now=LATER, patience=PATIENCE)
    assert (gap.kind, gap.goes_on) == ("lost", True)
    way.add("found", taker="amal")
    (gap,) = gaps_in(way.steps, now=LATER, patience=PATIENCE)
    assert gap.until - gap.since == timedelta(hours=1)
