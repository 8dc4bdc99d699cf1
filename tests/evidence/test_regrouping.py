"""One exhibit becomes several, and several are found to belong together; each can be followed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from catalogue.models import ComponentCategory
from core.errors import Refused, Stale
from evidence import services
from evidence.models import CustodyEvent, Item, Regrouping
from evidence.services import Part
from ledger.models import Entry


@pytest.fixture
def bag(gyro, amal) -> Item:
    """Ten fragments in one bag."""
    return log(gyro, amal, "Fragments", quantity=10, unit="pieces")


def log(like, by, description, **facts) -> Item:
    kind = ComponentCategory.objects.get(code="pcb")
    return services.log_item(
        like.case, by=by, incident=like.incident, kind=kind, description=description, **facts
    )


def split(item, by, *parts, version=1, reason="Sent to two laboratories"):
    return services.split_item(item, parts, by=by, version=version, reason=reason)


def test_parts_take_their_quantity_with_them_and_the_rest_remains(bag, amal):
    deed = split(bag, amal, Part("Steel", 3), Part("Glass", 4))
    bag.refresh_from_db()
    assert (bag.quantity, deed.quantity_before, deed.quantity_after) == (3, 10, 3)
    parts = Item.objects.filter(parent=bag).order_by("id")
    assert [(part.description, part.quantity, part.holder) for part in parts] == [
        ("Steel", 3, amal),
        ("Glass", 4, amal),
    ]
    line = Entry.objects.about(bag).get(act="evidence.item_split")
    assert line.facts["quantity"] == [10, 3]


def test_the_custody_of_a_part_begins_when_it_is_taken_off_and_not_before(gyro, amal, lena):
    found = timezone.now() - timedelta(days=3)
    gyro = services.amend_item(gyro, by=amal, version=gyro.version, recovered_at=found)
    services.hand_over(gyro, to=lena, by=amal)
    gyro = services.receive_item(gyro, by=lena)
    split(gyro, lena, Part("A screw"), version=gyro.version)

    part = Item.objects.get(parent=gyro)
    begun = CustodyEvent.objects.get(item=part)
    assert part.recovered_at == found
    assert begun.at > CustodyEvent.objects.get(item=gyro, kind="received").at
    assert (begun.to_person, begun.purpose) == (lena, "Taken off EV-0001.")
    assert services.gaps_of(part) == []


def test_a_part_of_a_single_thing_takes_no_quantity(gyro, amal):
    split(gyro, amal, Part("A screw"))
    gyro.refresh_from_db()
    assert gyro.quantity == 1


@pytest.mark.parametrize(
    ("parts", "reason", "why"),
    [
        ([Part("All of them", 10)], "Why not", "must remain"),
        ([], "Why not", "at least one part"),
        ([Part("Some", 2)], " ", "Say why"),
    ],
)
def test_a_split_that_leaves_nothing_or_says_nothing_is_refused(bag, amal, parts, reason, why):
    with pytest.raises(Refused, match=why):
        split(bag, amal, *parts, reason=reason)


def test_nothing_is_taken_out_of_a_sealed_package_or_anothers_hands(bag, amal, lena):
    with pytest.raises(Refused, match="Only its holder"):
        split(bag, lena, Part("Some", 2))
    services.seal_item(bag, seal_no="S-1", by=amal)
    with pytest.raises(Refused, match="Break the seal"):
        split(bag, amal, Part("Some", 2), version=2)


def test_a_split_of_an_older_state_is_told(bag, amal):
    split(bag, amal, Part("Some", 2))
    with pytest.raises(Stale):
        split(bag, amal, Part("Some", 2))


def test_exhibits_belong_together_until_that_is_corrected(gyro, amal, bag):
    rotor = log(gyro, amal, "Rotor")
    inner = log(gyro, amal, "Bearing", parent=bag)
    deed = services.join_items(gyro, [rotor, inner], by=amal, reason="The edges fit")
    assert {part.parent for part in Item.objects.filter(pk__in=deed.parts)} == {gyro}

    services.correct_join(deed, by=amal, reason="Another rotor was found")
    rotor.refresh_from_db()
    inner.refresh_from_db()
    assert (rotor.parent, inner.parent) == (None, bag)
    with pytest.raises(Refused, match="once"):
        services.correct_join(deed, by=amal, reason="Again")


def test_what_was_moved_on_since_is_not_moved_back(gyro, amal, bag):
    rotor = log(gyro, amal, "Rotor")
    deed = services.join_items(gyro, [rotor], by=amal, reason="The edges fit")
    services.join_items(bag, [rotor], by=amal, reason="It lay in the bag")
    with pytest.raises(Refused, match="elsewhere since"):
        services.correct_join(deed, by=amal, reason="Wrong")


def test_a_loop_of_any_length_is_refused(gyro, amal):
    one, two = log(gyro, amal, "One", parent=gyro), None
    two = log(gyro, amal, "Two", parent=one)
    for whole in (gyro, one, two):
        with pytest.raises(Refused, match="part of itself"):
            services.join_items(whole, [gyro], by=amal, reason="A circle")


def test_what_was_held_is_no_part_of_what_never_was(gyro, amal, bag):
    seen = log(gyro, amal, "Seen on a market", acquisition="documented-only")
    with pytest.raises(Refused, match="never was"):
        services.join_items(seen, [bag], by=amal, reason="It looks like it")


def test_splitting_and_joining_are_deeds_of_those_who_log(gyro, bag, rami):
    with pytest.raises(PermissionDenied):
        split(bag, rami, Part("Some", 2))
    with pytest.raises(PermissionDenied):
        services.join_items(gyro, [bag], by=rami, reason="No")


def test_the_pages_split_join_and_correct(client, amal, gyro, bag):
    client.force_login(amal)
    there = reverse("evidence:item_split", args=[bag.pk])
    assert client.get(there).status_code == 200
    typed = {"reason": "Two laboratories", "version": 1, "part_1_description": "Steel"}
    assert client.post(there, {**typed, "part_1_quantity": 3}).status_code == 302
    part = Item.objects.get(parent=bag)

    there = reverse("evidence:item_join", args=[gyro.pk])
    unknown = client.post(there, {"parts": "XX-9", "reason": "The edges fit"})
    assert unknown.status_code == 422 and b"XX-9" in unknown.content
    typed = {"parts": f"{bag.exhibit_no}", "reason": "The edges fit"}
    assert client.post(there, typed).status_code == 302

    page = client.get(reverse("evidence:item_detail", args=[bag.pk])).content.decode()
    assert part.exhibit_no in page and "The edges fit" in page and "10 → 7" in page
    correct = reverse("evidence:join_correct", args=[Regrouping.objects.get(kind="join").pk])
    assert correct in page
    assert client.post(correct, {"reason": "No"}).status_code == 302
    bag.refresh_from_db()
    assert bag.parent is None
