"""Custody: who holds an exhibit, and how it passes from hand to hand."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Refused
from evidence import services
from investigations import services as investigations
from ledger.models import Entry
from ledger.verification import verify
from tests.hands import pass_on


def test_a_hand_over_takes_two_and_leaves_a_line_of_each(gyro, amal, lena):
    services.hand_over(gyro, to=lena, by=amal)
    gyro.refresh_from_db()
    assert (gyro.holder, gyro.offered_to, gyro.status) == (amal, lena, "in-transit")
    assert Entry.objects.about(gyro).last().act == "evidence.item_handed_over"

    services.receive_item(gyro, by=lena)
    gyro.refresh_from_db()
    assert (gyro.holder, gyro.offered_to, gyro.status) == (lena, None, "collected")
    line = Entry.objects.about(gyro).last()
    assert (line.act, line.actor) == ("evidence.item_received", lena)


def test_only_the_holder_hands_over(gyro, amal, lena):
    pass_on(gyro, to=lena, by=amal)
    with pytest.raises(Refused, match="Only its holder"):
        services.hand_over(gyro, to=lena, by=amal)


def test_an_outsider_can_neither_give_nor_receive(gyro, amal, omar):
    with pytest.raises(Refused, match="may not hold"):
        services.hand_over(gyro, to=omar, by=amal)
    with pytest.raises(PermissionDenied):
        services.hand_over(gyro, to=amal, by=omar)


def test_a_sealed_exhibit_is_sealed_once(gyro, amal):
    services.seal_item(gyro, seal_no="S-100", by=amal)
    with pytest.raises(Refused, match="break that one first"):
        services.seal_item(gyro, seal_no="S-101", by=amal)


def test_the_ledger_holds_after_a_chain_of_hands(gyro, amal, lena):
    services.seal_item(gyro, seal_no="S-100", by=amal)
    pass_on(gyro, to=lena, by=amal)
    services.break_seal(gyro, reason="examination", by=lena)
    services.store_item(gyro, place="Room 2, shelf B, box 4", by=lena)

    assert verify().flaws == []
    acts = Entry.objects.about(gyro).values_list("act", flat=True)
    assert list(acts) == [
        "evidence.item_logged",
        "evidence.item_collected",
        "evidence.item_sealed",
        "evidence.item_handed_over",
        "evidence.item_received",
        "evidence.seal_broken",
        "evidence.item_stored",
    ]


def test_the_number_of_a_seal_is_used_once_in_a_case(gyro, night_raid, strike, amal):
    other = services.log_item(
        night_raid, by=amal, incident=strike, kind=gyro.kind, description="Another"
    )
    services.seal_item(gyro, seal_no="S-100", by=amal)
    with pytest.raises(Refused, match="used in this case before"):
        services.seal_item(other, seal_no="S-100", by=amal)
    services.break_seal(gyro, reason="examination", by=amal)
    for item in (gyro, other):
        with pytest.raises(Refused, match="used in this case before"):
            services.seal_item(item, seal_no=" S-100 ", by=amal)
    services.seal_item(gyro, seal_no="S-1", by=amal)
    services.seal_item(other, seal_no='S-"%_\\', by=amal)


def test_what_a_colleague_held_who_left_is_passed_on_by_the_lead(
    gyro, night_raid, amal, lena, soraya
):
    pass_on(gyro, to=lena, by=amal)
    with pytest.raises(Refused, match="Only its holder"):
        services.hand_over(gyro, to=soraya, by=soraya)

    investigations.end_membership(night_raid.memberships.get(user=lena), by=soraya)
    with pytest.raises(Refused, match="Only its holder"):
        services.hand_over(gyro, to=amal, by=amal)
    with pytest.raises(Refused, match="Only its holder"):
        services.store_item(gyro, place="Shelf", by=soraya)
    pass_on(gyro, to=soraya, by=soraya, purpose="Lena has left")

    gyro.refresh_from_db()
    assert gyro.holder == soraya
    line = Entry.objects.about(gyro).last()
    assert (line.actor, line.facts["giver"]) == (soraya, str(lena.pk))


def test_the_lead_is_offered_to_pass_on_what_nobody_answers_for(
    client, gyro, night_raid, amal, lena, soraya
):
    pass_on(gyro, to=lena, by=amal)
    there = reverse("evidence:item_detail", args=[gyro.pk])
    client.force_login(soraya)
    assert [offer["name"] for offer in client.get(there).context["offers"]] == ["dispose"]
    investigations.end_membership(night_raid.memberships.get(user=lena), by=soraya)
    assert [one["name"] for one in client.get(there).context["offers"]] == ["hand_over", "dispose"]
    client.force_login(amal)
    assert client.get(there).context["offers"] == []
