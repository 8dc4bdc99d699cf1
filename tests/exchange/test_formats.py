"""The cells of incident lists: odd dates, printed mappings, numbers written as floats."""

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.formats.incident_rows import read_count
from exchange.formats.moments import read_period
from exchange.formats.python_literal import read_literal

KYIV = ZoneInfo("Europe/Kyiv")


def test_a_printed_mapping_with_nan_is_read_as_unknown():
    assert read_literal("{'south': 61, 'east': NaN}") == {"south": 61, "east": None}


def test_nan_inside_a_word_is_left_alone():
    assert read_literal("['NaNtes, 4']") == ["NaNtes, 4"]


@pytest.mark.parametrize("text", ["__import__('os')", "{'a': open('x')}", "{", "3", "(" * 5000])
def test_anything_but_a_list_or_mapping_is_refused(text):
    with pytest.raises(ValueError, match=r"neither a list nor a mapping"):
        read_literal(text)


@pytest.mark.parametrize(
    "text",
    [r"['\x00']", r"['\ud800']", "[b'x']", "[1e999]", "[1j]", "[...]", r"{'\x00': 1}", "[[b'']]"],
)
def test_what_the_database_cannot_hold_is_refused_and_not_passed_on(text):
    with pytest.raises(ValueError, match="it holds"):
        read_literal(text)


def test_sets_tuples_and_odd_keys_become_plain():
    assert read_literal("[(1, 2), {3}]") == [[1, 2], [3]]
    assert read_literal("{1: {(1,): 2.5}}") == {"1": {"(1,)": 2.5}}


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_whatever_is_printed_is_read_as_json_or_refused(value):
    try:
        read = read_literal(repr([value]))
    except ValueError:
        return
    json.dumps(read, allow_nan=False).encode()


def test_summer_and_winter_time_are_told_apart():
    summer = read_period("2023-07-01 12:00", "", KYIV)
    winter = read_period("2023-01-01 12:00", "", KYIV)
    assert (summer.start.hour, winter.start.hour) == (9, 10)


def test_an_end_without_a_time_means_the_end_of_that_day():
    period = read_period("2023-05-16 21:00", "2023-05-16", ZoneInfo("UTC"))
    assert period.end is not None
    assert (period.end.hour, period.end.minute, period.precision) == (23, 59, "day")


def test_two_days_without_times_are_a_range():
    assert read_period("2023-05-16", "2023-05-18", KYIV).precision == "range"


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_as_a_time_is_read_or_refused(start, end):
    try:
        period = read_period(start, end, KYIV)
    except ValueError:
        return
    assert period.end is None or period.end >= period.start


@given(st.integers(0, 2_147_483_647))
def test_a_whole_number_survives_being_printed_as_a_float(number):
    assert read_count(f"{number}.0", "launched") == number


@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_number_is_read_or_refused(text):
    try:
        number = read_count(text, "launched")
    except ValueError:
        return
    assert number is None or number >= 0
