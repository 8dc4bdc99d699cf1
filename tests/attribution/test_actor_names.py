"""Names in every script, and whom an actor belonged to over time."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from attribution import services
from attribution.models import Actor, ActorName, ActorParent
from attribution.models.named import names_of
from core.errors import Refused
from investigations import services as investigations
from ledger.models import Entry

Y2020, Y2021 = date(2020, 1, 1), date(2021, 1, 1)


@pytest.fixture
def heron(night_raid, amal):
    """A second actor of the case."""
    return services.enter_actor(night_raid, by=amal, name="Heron Network", kind="network")


def test_a_front_name_is_kept_in_its_script_with_its_transliteration(brigade, amal):
    name = services.name_actor(
        brigade, by=amal, text="أولياء الدم", transliteration="Awliya al-Dam", kind="front"
    )
    assert (name.script, name.get_kind_display()) == ("arabic", "front name")
    assert brigade.names.filter(kind="front").get().transliteration == "Awliya al-Dam"


def test_a_name_is_entered_once_of_a_kind(brigade, amal):
    with pytest.raises(ValidationError, match="has this name already"):
        services.name_actor(brigade, by=amal, text="the cormorants")


def test_no_name_or_transliteration_reaches_the_ledger(brigade, amal):
    services.name_actor(brigade, by=amal, text="الغاق", transliteration="Al-Ghaq")
    lines = [line.body for line in Entry.objects.about(brigade)]
    assert len(lines) == 3
    assert not [line for line in lines if "Ghaq" in line or "الغاق" in line]


def test_every_spelling_is_held_back_from_reports_until_a_finding_is_released(brigade, amal):
    services.name_actor(brigade, by=amal, text="أولياء الدم", transliteration="Awliya al-Dam")
    told = names_of(Actor.objects.visible_to(amal))
    assert {"awliya al dam", "أولياء الدم", "the cormorants"} <= set(told)


def test_a_struck_name_is_gone_and_its_striking_on_record(brigade, amal):
    services.strike_name(brigade.names.get(), by=amal)
    assert not ActorName.objects.visible_to(amal).exists()
    assert Entry.objects.about(brigade).latest("position").act == "attribution.actor_name_struck"


def test_an_examiner_gives_no_names(brigade, heron, lena):
    with pytest.raises(PermissionDenied):
        services.name_actor(brigade, by=lena, text="Somebody")
    with pytest.raises(PermissionDenied):
        services.place_under(brigade, heron, by=lena)


def test_an_actor_belongs_to_several_at_once_and_to_others_later(night_raid, brigade, heron, amal):
    second = services.enter_actor(night_raid, by=amal, name="Second", kind="network")
    services.place_under(brigade, heron, by=amal, until=Y2020)
    services.place_under(brigade, second, by=amal)
    services.place_under(brigade, heron, by=amal, since=Y2021)
    assert ActorParent.objects.visible_to(amal).filter(actor=brigade).count() == 3


def test_nobody_is_part_of_themselves_at_any_one_time(brigade, heron, amal):
    services.place_under(brigade, heron, by=amal, until=Y2020)
    with pytest.raises(Refused, match="part of itself"):
        services.place_under(heron, brigade, by=amal)
    services.place_under(heron, brigade, by=amal, since=Y2021)


def test_an_earlier_end_cannot_be_moved_into_a_circle(brigade, heron, amal):
    tie = services.place_under(brigade, heron, by=amal, until=Y2020)
    services.place_under(heron, brigade, by=amal, since=Y2021)
    with pytest.raises(Refused, match="part of itself"):
        services.end_parent(tie, by=amal, until=Y2021)


def test_the_same_parent_is_said_once_of_a_time(brigade, heron, amal):
    services.place_under(brigade, heron, by=amal)
    with pytest.raises(Refused, match="at that time already"):
        services.place_under(brigade, heron, by=amal, since=Y2021)


def test_a_parent_of_another_case_is_refused(brigade, soraya):
    other = investigations.open_case(soraya, title="T", public_title="P", mandate="M")
    stranger = services.enter_actor(other, by=soraya, name="Stranger", kind="cell")
    with pytest.raises(Refused, match="another case"):
        services.place_under(brigade, stranger, by=soraya)


def test_the_page_adds_a_name_and_a_parent_and_keeps_what_was_refused(client, brigade, heron, amal):
    client.force_login(amal)
    named = {
        "name-text": "فرقة الغاق",
        "name-transliteration": "Firqat al-Ghaq",
        "name-kind": "own",
    }
    page = client.post(reverse("attribution:actor_name_add", args=[brigade.pk]), named, follow=True)
    assert "Firqat al-Ghaq" in page.content.decode()
    placed = {"parent-parent": heron.pk, "parent-since": "2020-01-01"}
    there = reverse("attribution:actor_parent_add", args=[brigade.pk])
    assert "Heron Network" in client.post(there, placed, follow=True).content.decode()
    again = client.post(there, placed)
    assert again.status_code == 422
    assert "at that time already" in again.content.decode()
