"""Markings: brought to one form, taken apart, and filed under keys that find relatives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.methods.assessment import Agreement, Reason
from comparison.methods.date_codes import days_apart, read_date_code
from comparison.methods.facts import ComponentFacts
from comparison.methods.marks import compare_marks
from comparison.methods.retrieval import hashed, retrieval_keys, spelling_keys
from comparison.methods.serials import Serial, parse_serial
from core.normalise import (
    could_be_same,
    fold_confusable,
    normalise,
    within_one_edit,
)

MARKS = st.text("ABO0158SZQDIL2?", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("as_seen", "normalised"),
    [
        ("sg-90 / a", "SG90A"),
        ("\u0421-47", "C47"),  # Cyrillic Es
        ("\u0410\u0412\u0415\u041a", "ABEK"),
        ("\u0391\u0392", "AB"),  # Greek
        ("\uff21\uff22\uff11", "AB1"),  # full width
        ("\u0661\u0662\u0663", "123"),  # Arabic-Indic
        ("\u06f4\u06f5\u06f6", "456"),  # Persian
        ("S\u200fN\u200e-1", "SN1"),  # bidi marks
        ("000412", "000412"),
        ("AB12?45", "AB12?45"),
        ("AB12\u061f45", "AB12?45"),  # Arabic question mark
        ("\u0637\u0640\u0640\u0627", "\u0637\u0627"),  # tatweel
        (" -/._ ", ""),
    ],
)
def test_a_marking_has_one_form_whatever_the_keyboard(as_seen, normalised):
    assert normalise(as_seen) == normalised


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_separators_and_case_never_matter(text):
    assert normalise(f" {text}-") == normalise(text)
    assert normalise(text.upper()) == normalise(normalise(text))


def test_the_confusable_fold_is_wider_than_agreement():
    assert fold_confusable("OQD-IL-SBZ".replace("-", "")) == "00011582"
    assert compare_marks("SGO1", "SG01") == (Agreement.SIMILAR, Reason.MISREADING)


@pytest.mark.parametrize(
    ("left", "right", "stands"),
    [
        ("AB12345", "AB12345", Agreement.AGREE),
        ("AB12?45", "AB12345", Agreement.SIMILAR),
        ("AB12?45", "AB12?45", Agreement.SIMILAR),
        ("AB12?45", "AB1234", Agreement.DIFFER),
        ("AB12345", "AB12346", Agreement.DIFFER),
    ],
)
def test_an_unread_character_fits_any_but_proves_none(left, right, stands):
    assert compare_marks(left, right)[0] is stands
    assert compare_marks(right, left)[0] is stands


@given(MARKS, st.integers(0, 11))
def test_a_marking_fits_itself_with_one_character_unread(mark, at):
    at %= len(mark)
    assert could_be_same(mark, mark[:at] + "?" + mark[at + 1 :])


@given(st.text("ABC", max_size=6), st.text("ABC", max_size=6))
def test_one_edit_means_one_edit(left, right):
    assert within_one_edit(left, right) == (_distance(left, right) <= 1)


@pytest.mark.parametrize(
    ("serial", "parsed"),
    [
        ("SN0041A", Serial("SN", 41, 4, "A")),
        ("731042", Serial("", 731042, 6, "")),
        ("7B2213X0041", Serial("7B2213X", 41, 4, "")),
        ("000412", Serial("", 412, 6, "")),
        ("AB12?45", None),
        ("GYRO", None),
        ("", None),
        ("9" * 30, None),
    ],
)
def test_a_serial_is_prefix_number_width_and_suffix(serial, parsed):
    assert parse_serial(serial) == parsed


def test_serials_of_different_width_belong_to_different_counters():
    assert not parse_serial("000412").counts_with(parse_serial("412"))


def test_an_ambiguous_date_code_keeps_both_readings():
    readings = read_date_code("2213", 1990, 2026)

    assert {(w.start.isocalendar()[:2], w.order) for w in readings} == {
        ((2022, 13), "YYWW"),
        ((2013, 22), "WWYY"),
    }
    assert all((w.end - w.start).days == 6 for w in readings)


def test_year_bounds_settle_an_ambiguous_date_code():
    (reading,) = read_date_code("2213", 2018, 2026)
    assert reading.start == date(2022, 3, 28)


@pytest.mark.parametrize(
    ("code", "orders"),
    [
        ("22W13", ["YYWW"]),
        ("2022W13", ["YYWW"]),
        ("W1322", ["WWYY"]),
        ("DC2260", []),
        ("202213", ["YYYYWW"]),
        ("132022", ["WWYYYY"]),
        ("9752", ["YYWW"]),
        ("2199", ["WWYY"]),  # week 21 of 1999; a year has no week 99
        ("2153", []),  # 2021 has 52 weeks; 2053 is no year yet
        ("2053", ["YYWW"]),
        ("22?3", []),
        ("A", []),
        ("\u0662213", []),
    ],
)
def test_date_codes_are_read_as_written(code, orders):
    assert [window.order for window in read_date_code(code, 1990, 2026)] == orders


def test_days_apart_takes_the_kindest_reading():
    early, late = read_date_code("2213", 1990, 2026), read_date_code("2215", 1990, 2026)
    assert days_apart(early, late) == 8
    assert days_apart(early, ()) is None


def test_a_component_is_filed_under_every_kind_of_key():
    facts = ComponentFacts(
        category="gyroscope",
        maker="Aerotek",
        part_number="V10-A",
        serial="SN-004120",
        lot="L7",
        firmware_sha256="ab" * 32,
        concealment="lines 1 and 3, rotary tool",
        photos=("cd" * 32,),
    )
    keys = set(retrieval_keys(facts, theatre="Yemen"))

    assert {"part:V10A", "lot:L7", "serial:SN004120", f"firmware:{'AB' * 32}"} <= keys
    assert {"held:gyroscope:", "held:gyroscope:maker=AEROTEK", f"photo:{'cd' * 32}"} <= keys
    assert {"block:gyroscope:SN:6::41", "theatre:gyroscope:V10A:Yemen"} <= keys
    assert "both:gyroscope:part=V10A&concealment=1 3 AND LINES ROTARY TOOL" in keys
    assert len({hashed(key) for key in keys}) == len(keys)


@pytest.mark.parametrize(
    ("left", "right"),
    [("AB12?45", "AB12345"), ("SG-O15", "SG015"), ("V1OA2", "V10A"), ("X4711B", "X47118")],
)
def test_a_misread_part_number_still_finds_its_relative(left, right):
    assert set(spelling_keys("servo", left)) & set(spelling_keys("servo", right))


@given(st.text("ABO0158SZQDIL2", min_size=5, max_size=12), st.integers(0, 11))
def test_one_character_lost_or_changed_never_hides_a_relative(mark, at):
    at %= len(mark)
    part = set(spelling_keys("servo", mark))
    serial = set(retrieval_keys(ComponentFacts(category="servo", serial=mark)))
    for misread in (mark[:at] + mark[at + 1 :], mark[:at] + "X" + mark[at + 1 :]):
        assert part & set(spelling_keys("servo", misread))
        other = set(retrieval_keys(ComponentFacts(category="servo", serial=misread)))
        assert (serial & other) - {"held:servo:"}


def _distance(left, right):
    """Levenshtein's distance, the plain way."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row, above = [i], row
        for j, b in enumerate(right, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]
