"""The gates of a person: put into words once, and true of this person, now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.models import Item
from investigations import services
from investigations.models import Membership
from investigations.models.gates import gates_of


def sees(person, item) -> bool:
    return Item.objects.visible_to(person).filter(pk=item.pk).exists()


def test_the_words_are_found_once_for_the_same_rights(night_raid, amal, omar):
    assert gates_of(amal) is gates_of(amal)
    assert gates_of(amal) is not gates_of(omar)


@pytest.mark.parametrize(
    ("right", "value"),
    [("clearance", 2), ("compartments", ["NORTH"]), ("agency_id", None), ("is_active", False)],
)
def test_other_rights_have_other_words(amal, right, value):
    before = gates_of(amal)
    setattr(amal, right, value)
    assert gates_of(amal) is not before


def test_what_is_asked_later_is_asked_with_the_rights_of_then(gyro, amal):
    """The labels of a gate are put into words when they are first asked for."""
    gates = gates_of(amal)
    amal.is_active = False
    assert gates.whole.sql


def test_nobody_comes_in_by_the_gates_of_another(gyro, amal, omar):
    assert sees(amal, gyro)
    assert not sees(omar, gyro)


def test_a_place_given_counts_at_once(gyro, night_raid, omar, soraya):
    assert not sees(omar, gyro)
    services.admit_member(night_raid, omar, roles=["reviewer"], by=soraya)
    assert sees(omar, gyro)


def test_a_place_taken_counts_at_once(gyro, amal):
    assert sees(amal, gyro)
    Membership.objects.filter(user=amal).update(ended_at=timezone.now())
    assert not sees(amal, gyro)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"bound_to_cases": (Item().id,)}], ids=["left", "bound key"]
)
def test_rights_that_change_count_at_once(gyro, amal, change):
    assert sees(amal, gyro)
    for name, value in change.items():
        setattr(amal, name, value)
    assert not sees(amal, gyro)


def test_a_place_whose_day_has_come_has_ended(gyro, amal):
    assert sees(amal, gyro)
    Membership.objects.filter(user=amal).update(until=timezone.now() - timedelta(seconds=1))
    assert not sees(amal, gyro)
