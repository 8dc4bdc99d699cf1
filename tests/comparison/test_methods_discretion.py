"""Counts over every case tell nothing of any single recovery, and never too strong a figure."""

from hypothesis import given
from hypothesis import strategies as st

from comparison.methods.discretion import (
    published_holders,
    published_range,
    published_recoveries,
)
from comparison.methods.rarity import agreement_ratio

counts = st.integers(min_value=0, max_value=10_000_000)


def test_one_recovery_more_is_not_told_from_none():
    assert {published_holders(f, 1_000) for f in (0, 1, 2)} == {2}
    assert [published_recoveries(n) for n in (0, 9, 10, 57)] == [0, 0, 10, 50]
    assert [published_range(r) for r in (7, 2_588, 10_000)] == [7, 2_000, 10_000]


def test_holders_are_told_in_few_steps():
    assert [published_holders(f, 10_000) for f in (3, 6, 11, 40, 300)] == [5, 10, 20, 50, 500]


def test_a_handful_of_recoveries_is_not_told_at_all():
    assert published_holders(3, 9) == 0


@given(counts, counts)
def test_what_is_told_never_says_that_a_value_is_rarer(f: int, more: int):
    n = f + more
    told_f, told_n = published_holders(f, n), published_recoveries(n)
    assert 0 <= told_f <= told_n <= n
    told = agreement_ratio(told_f, told_n, 0.02)
    assert told_n == 0 or told <= max(1.1, agreement_ratio(f, n, 0.02))  # 1.1: all but all hold it


@given(counts)
def test_a_range_of_serials_is_told_within_a_half(serials: int):
    assert published_range(serials) <= serials < 2 * published_range(serials) + 1
