"""One origin counts once; what cannot both be true is said to conflict."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.methods.contradictions import Said, contradictions
from attribution.methods.origins import Told, closes_a_circle, count_origins, origins_of

A, B, C, D = (UUID(int=number) for number in range(1, 5))


def counted(*claims):
    return count_origins([claim.key for claim in claims], origins_of(claims))


def test_two_voices_are_two_origins():
    assert counted(Told(A, "W-01"), Told(B, "W-02")) == 2


def test_one_voice_counts_once_however_it_is_typed():
    assert counted(Told(A, "The Ministry"), Told(B, "the  ministry")) == 1


def test_voices_of_one_group_count_once():
    assert counted(Told(A, "Daily", "agency"), Told(B, "Radio", "Agency"), Told(C, "W-01")) == 2


def test_groups_that_share_a_voice_are_one_origin():
    assert counted(Told(A, "x", "one"), Told(B, "x", "two"), Told(C, "y", "two")) == 1


def test_a_repetition_adds_no_origin():
    assert counted(Told(A, "W-01"), Told(B, "Daily", rests_on=frozenset({A}))) == 1


def test_a_summary_of_two_has_both_origins_and_adds_none():
    summary = Told(C, "Report", rests_on=frozenset({A, B}))
    claims = [Told(A, "W-01"), Told(B, "W-02"), summary]
    assert len(origins_of(claims)[C]) == 2
    assert counted(*claims) == 2


def test_a_repetition_of_what_is_out_of_sight_stands_for_itself():
    assert counted(Told(B, "Daily", rests_on=frozenset({A}))) == 1


def test_a_circle_is_found_over_any_number_of_steps():
    rests_on = {B: {A}, C: {B}, D: {C}}
    assert closes_a_circle(A, [D], rests_on)
    assert not closes_a_circle(D, [A], rests_on)
    assert closes_a_circle(A, [A], {})


def test_claims_in_a_circle_have_no_origin():
    with pytest.raises(ValueError, match="circle"):
        origins_of([Told(A, "x", rests_on=frozenset({B})), Told(B, "y", rests_on=frozenset({A}))])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sets(st.integers(0, 30)))))
def test_there_are_never_more_origins_than_first_hand_claims(rows):
    keys = [uuid4() for _row in rows]
    claims = [
        Told(key, f"v{voice}", f"g{group}" if group else "",
             frozenset(keys[above] for above in rests if above < place))
        for place, (key, (voice, group, rests)) in enumerate(zip(keys, rows, strict=True))
    ]  # fmt: skip
    origins = origins_of(claims)
    first_hand = [claim.key for claim in claims if not claim.rests_on]
    assert all(origins[key] for key in keys)
    assert count_origins(keys, origins) == count_origins(first_hand, origins) <= len(first_hand)


def one(key, value="02:40", stance="asserts", fact="time", answers=None, subject="INC-1"):
    return Said(key, subject, fact, value, stance, answers)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (one(A), one(B, "03:10")),
        (one(A), one(B, stance="denies")),
        (one(A), one(B, "", stance="denies")),
        (one(A, "brigade", "accuses", "responsibility"),
         one(B, "cell", "claims-responsibility", "responsibility")),
        (one(A, "", fact="other"), one(B, "", "denies", "other", answers=A)),
    ],
)  # fmt: skip
def test_these_contradict_each_other(first, second):
    assert contradictions([first, second]) == {frozenset({A, B})}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (one(A), one(B)),
        (one(A), one(B, "")),
        (one(A), one(B, "03:10", subject="INC-2")),
        (one(A), one(B, "Erbil", fact="place")),
        (one(A), one(B, "03:10", "denies")),
        (one(A, stance="denies"), one(B, "03:10", "denies")),
        (one(A, "fled", fact="conduct"), one(B, "shot", fact="conduct")),
        (one(A), one(B, "03:10", "denies", answers=C)),
    ],
)
def test_these_do_not(first, second):
    assert not contradictions([first, second])


def test_what_was_retracted_contradicts_nothing():
    taken_back = one(C, stance="retracts", answers=B)
    assert not contradictions([one(A), one(B, "03:10"), taken_back])
