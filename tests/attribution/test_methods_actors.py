"""The pure methods of actors: in which script a name stands, and who belongs to whom when."""

from datetime import date

import pytest

from attribution.methods.lineage import Tie, closes_a_circle, overlaps
from attribution.methods.scripts import script_of

Y2020, Y2021, Y2022, Y2023 = (date(year, 1, 1) for year in (2020, 2021, 2022, 2023))


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("لواء الغاق", "arabic"),
        ("Cormorant Brigade", "latin"),
        ("Бригада", "cyrillic"),
        ("לואי", "hebrew"),
        ("Qasef-1 قاصف الأول", "arabic"),
        ("42 / 7", ""),
    ],
)
def test_the_script_is_that_of_most_letters(name, script):
    assert script_of(name) == script


def test_who_is_above_cannot_be_put_below_on_the_same_day():
    assert closes_a_circle(Tie("a", "b"), [Tie("b", "a")])
    assert closes_a_circle(Tie("a", "b"), [Tie("b", "c"), Tie("c", "a")])


def test_two_may_change_places_once_one_time_has_ended():
    earlier = Tie("b", "a", until=Y2020)
    assert not closes_a_circle(Tie("a", "b", since=Y2021), [earlier])
    assert closes_a_circle(Tie("a", "b", since=Y2020), [earlier]), "one day is enough"


def test_a_way_round_is_a_circle_only_if_all_of_it_holds_on_one_day():
    upper, lower = Tie("b", "c", Y2020, Y2021), Tie("c", "a", Y2022, Y2023)
    assert not closes_a_circle(Tie("a", "b"), [upper, lower])
    assert closes_a_circle(Tie("a", "b"), [upper, Tie("c", "a", Y2021, Y2023)])


def test_several_parents_at_once_are_no_circle():
    assert not closes_a_circle(Tie("a", "b"), [Tie("a", "c"), Tie("b", "d"), Tie("c", "d")])


def test_the_same_said_twice_of_one_day_overlaps():
    assert overlaps(Tie("a", "b", until=Y2021), Tie("a", "b", since=Y2021))
    assert not overlaps(Tie("a", "b", until=Y2020), Tie("a", "b", since=Y2021))
    assert not overlaps(Tie("a", "b"), Tie("a", "c"))
