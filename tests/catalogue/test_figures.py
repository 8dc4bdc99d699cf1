"""Figures: what free text says, read as two bounds or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.data.figures import DURATION, KILOGRAMS, METRES, SPEED, read_figure


def bounds(least: str, greatest: str | None = None) -> tuple[Decimal, Decimal]:
    return Decimal(least), Decimal(greatest or least)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("10 to 16h", bounds("10", "16")),
        ("up to 4.5 h", bounds("4.5")),
        ("25 min", bounds("0.4167")),
        ("2 h 20 min", bounds("2.3333")),
        (".5", bounds("0.5")),
        ("0,5", bounds("0.5")),
        ("7 days", bounds("168")),
        ("from 22 to 45 мин", bounds("0.3667", "0.75")),
        ("18 h [min, max payload]; 28 h [max]", bounds("18", "28")),
        ("2 (electric), 6 (hybrid)", bounds("2", "6")),
        ("3.5hrs no load, 1.5hrs at 10kgs payload", bounds("1.5", "3.5")),
        ("Infinite", None),
    ],
)
def test_endurance_is_read_in_hours(text, hours):
    assert read_figure(text, DURATION) == hours


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("500 kg", bounds("500")),
        ("5,5 kg", bounds("5.5")),
        ("1,000 grams", bounds("1")),
        ("1 000 - 2 000 kg", bounds("1000", "2000")),
        ("2,000–2,800 kg (estimated)", bounds("2000", "2800")),
        ("optimal - 800 g, maximum - 1.5 kg.", bounds("0.8", "1.5")),
        ("1.8 tons", bounds("1800")),
        ("135 kg (298 lb)", bounds("135")),
        ("3 kamikaze drones", None),
        ("20K$ to 50K$", None),
        (" ", None),
    ],
)
def test_payload_is_read_in_kilograms(text, kilograms):
    assert read_figure(text, KILOGRAMS) == kilograms


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("2,300 mm", bounds("2.3")),
        ("2,815", bounds("2.815")),
        ("97.5 cm", bounds("0.975")),
        ("264 × 325 × 55 mm", None),
        ("9'", None),
        ("4640", None),
    ],
)
def test_wingspan_is_read_in_metres_and_box_sizes_are_left_alone(text, metres):
    assert read_figure(text, METRES) == metres


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("120 to 250 km/h", bounds("120", "250")),
        ("75.6 kt (140 km/h; 87 mph)", bounds("140")),
        ("45 m/s", bounds("162")),
        ("200 knots", bounds("370.4")),
        ("Mach 2.5", None),
        ("It does not have a published speed; another has 72 km/h", None),
    ],
)
def test_speed_is_read_in_kilometres_an_hour(text, kmh):
    assert read_figure(text, SPEED) == kmh


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    found = read_figure(text, KILOGRAMS)
    assert found is None or Decimal(0) <= found[0] <= found[1] <= KILOGRAMS.limit


@given(st.decimals(min_value=0, max_value=9999, places=2))
def test_a_plain_number_is_read_as_itself(number):
    assert read_figure(f"{number} kg", KILOGRAMS) == (number, number)
