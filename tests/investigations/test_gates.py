"""The gates of a person: put into words once a request, and true of this person, now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.models import Item
from investigations import services
from investigations.models import Membership
from investigations.models.gates import gates_kept, gates_of


def sees(person, item) -> bool:
    return Item.objects.visible_to(person).filter(pk=item.pk).exists()


def test_within_a_request_the_words_are_found_once(night_raid, amal):
    with gates_kept():
        assert gates_of(amal) is gates_of(amal)
    assert gates_of(amal) is not gates_of(amal)


def test_nobody_comes_in_by_the_gates_of_another(gyro, amal, omar):
    with gates_kept():
        assert sees(amal, gyro)
        assert not sees(omar, gyro)


def test_a_place_given_within_the_request_counts_at_once(gyro, night_raid, omar, soraya):
    with gates_kept():
        assert not sees(omar, gyro)
        services.admit_member(night_raid, omar, roles=["reviewer"], by=soraya)
        assert sees(omar, gyro)


def test_a_place_taken_within_the_request_counts_at_once(gyro, amal):
    with gates_kept():
        assert sees(amal, gyro)
        Membership.objects.filter(user=amal).update(ended_at=timezone.now())
        assert not sees(amal, gyro)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"bound_to_cases": (Item().id,)}], ids=["left", "bound key"]
)
def test_rights_that_change_within_the_request_count_at_once(gyro, amal, change):
    with gates_kept():
        assert sees(amal, gyro)
        for name, value in change.items():
            setattr(amal, name, value)
        assert not sees(amal, gyro)


def test_a_place_that_ends_while_the_request_waits_has_ended(gyro, amal, monkeypatch):
    until = timezone.now() + timedelta(seconds=30)
    Membership.objects.filter(user=amal).update(until=until)
    with gates_kept():
        assert sees(amal, gyro)
        monkeypatch.setattr(timezone, "now", lambda: until + timedelta(seconds=1))
        assert not sees(amal, gyro)
