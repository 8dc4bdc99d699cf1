"""What comparisons tell beyond the walk: how others judged, what is alike, what holds nothing."""

import pytest
from django.db import transaction

from comparison.http import silent_parts
from comparison.models import Link, Reading
from comparison.services.weapon_link import relatives_of
from evidence.models import Component
from tests.access.scene import world
from tests.access.world import World
from tests.test_access_beyond_the_walk import ABOVE_ALL, called, labelled

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def other_end(world: World) -> Component:
    """The component that the first one of the case is compared with."""
    link, first = world.things["link"], world.things["component"]
    return link.right if link.left == first else link.left


def test_a_comparison_is_no_ground_for_the_examiner_who_has_yet_to_judge_it(world: World):
    judged = world.things["judged"]
    told_to = {
        name
        for name in ("lena", "noor", "amal")
        if Link.objects.visible_to(called(name)).told_to(called(name)).filter(pk=judged.pk).exists()
    }
    assert told_to == {"lena", "amal"}


def test_an_attack_that_is_hidden_is_not_said_to_be_like_another(world: World):
    first, lena = world.things["component"], called("lena")
    attack, ours = other_end(world).item.incident, first.item.incident
    before = {one.other for one in relatives_of([first.pk], lena, other_than=ours)}
    with labelled(attack, ABOVE_ALL):
        after = {one.other for one in relatives_of([first.pk], lena, other_than=ours)}
    assert before - after == {attack}


def test_a_weapon_that_is_hidden_is_not_said_to_be_like_another(world: World):
    first, lena = world.things["component"], called("lena")
    weapon, ours = world.things["found_weapon"], world.things["other_weapon"]
    with transaction.atomic():
        weapon.exhibits.add(other_end(world).item)
        before = [one.other for one in relatives_of([first.pk], lena, other_than=ours)]
        with labelled(weapon, ABOVE_ALL):
            after = [one.other for one in relatives_of([first.pk], lena, other_than=ours)]
        transaction.set_rollback(True)
    assert (before, after) == ([weapon], [])


def test_a_part_that_is_hidden_is_not_named_for_holding_nothing_to_compare(world: World):
    part, lena = world.things["component"], called("lena")
    reading = Reading.objects.get(component=part)
    with transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(values=[], facts={"marks": {}})
        before = silent_parts(part.item, lena)["silent"]
        with labelled(reading, ABOVE_ALL):
            after = silent_parts(part.item, lena)["silent"]
        transaction.set_rollback(True)
    assert (before, after) == ([part], [])
