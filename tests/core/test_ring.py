"""Outlines of areas: read as people and programs write them, and refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ring import WrongRing, checked, extent_m, ring_in, ring_of, signed_area, sketch

FIELD = "33.30, 44.39\n33.30, 44.40\n33.31, 44.40\n33.31, 44.39\n"
RING = [(44.39, 33.3), (44.4, 33.3), (44.4, 33.31), (44.39, 33.31), (44.39, 33.3)]
POLYGON = {"type": "Polygon", "coordinates": [[list(corner) for corner in RING]]}


@pytest.mark.parametrize(
    "text",
    [
        FIELD,
        FIELD.replace(",", ";"),
        FIELD.replace(", ", " "),
        json.dumps(POLYGON),
        json.dumps({"type": "Feature", "properties": {}, "geometry": POLYGON}),
        json.dumps(POLYGON["coordinates"][0]),
    ],
)
def test_an_outline_is_read_however_it_is_written(text):
    assert ring_in(text) == RING


def test_an_outline_written_the_other_way_round_is_turned():
    backwards = "\n".join(reversed(FIELD.splitlines()))
    assert signed_area(ring_in(backwards)) == pytest.approx(signed_area(RING))


@pytest.mark.parametrize(
    ("text", "code", "corner"),
    [
        ("{", "not-json", 0),
        ("[" * 5000, "not-json", 0),
        ('{"type": "Point", "coordinates": [1, 2]}', "not-a-polygon", 0),
        ('{"type": "Polygon", "coordinates": [[[0,0]], [[1,1]]]}', "has-holes", 0),
        ('{"type": "Polygon", "coordinates": [7]}', "not-a-polygon", 0),
        ("[[0, 0], [1, true], [1, 1]]", "not-a-position", 2),
        ('[[0, 0], ["1", 0], [1, 1]]', "not-a-position", 2),
        ("[[0, 0], [NaN, 0], [1, 1]]", "not-on-earth", 2),
        ("[[0, 0], [1e999, 0], [1, 1]]", "not-on-earth", 2),
        ("1, 2\nNorth wall\n", "not-a-position", 2),
        ("91, 0\n0, 1\n1, 1", "not-on-earth", 1),
        ("0, 181\n0, 1\n1, 1", "not-on-earth", 1),
        ("0, 0\n0, 1", "too-few-corners", 0),
        ("0, 0\n0, 1\n0, 0", "too-few-corners", 0),
        ("0, 0\n0, 11\n1, 5", "too-wide", 0),
        ("0, 0\n1, 1\n1, 0\n0, 1", "crosses-itself", 3),
        ("0, 0\n0, 2\n0, 1", "crosses-itself", 2),
        ("0, 0\n0, 2\n2, 2\n0, 1", "crosses-itself", 3),
        ("0, 0\n1, 0\n0, 0\n0, 1", "corner-twice", 3),
        ("\n".join(f"0, {n / 100}" for n in range(501)), "too-many-corners", 0),
    ],
)
def test_what_is_no_area_is_refused_with_its_reason_and_corner(text, code, corner):
    with pytest.raises(WrongRing) as refused:
        ring_in(text)
    assert (refused.value.code, refused.value.corner) == (code, corner)


def test_a_hectare_is_a_hectare():
    side = 100 / 111_195
    square = checked([(0, 0), (side, 0), (side, side), (0, side)])
    assert signed_area(square) == pytest.approx(10_000, rel=0.001)
    assert extent_m(square) == pytest.approx(100, rel=0.001)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(50, 53)), max_size=8))
def test_whatever_is_accepted_is_in_its_one_form_and_fits_its_sheet(corners):
    try:
        ring = checked(corners)
    except WrongRing:
        return
    assert ring_of([list(corner) for corner in ring]) == ring
    assert signed_area(ring) > 0
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in sketch(ring, 100))
