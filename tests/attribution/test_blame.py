"""Nobody is blamed by name before a finding is released, and a place or a maker is no blame."""

import pytest
from django.urls import reverse

from attribution import services
from attribution.models import Actor
from attribution.models.named import held_back_in, named_in_title, neutral_title
from attribution.services.gates import open_gates
from catalogue.models import Country
from evidence import services as evidence
from investigations import services as investigations
from tests.attribution.conftest import hand_in_and_approve

NAMES = ("Kestrel Harbour", "ميناء العاسوق", "The Harriers", "Al-Asuq", "Dawn of the Pier")


@pytest.fixture
def entered(night_raid, amal):
    """Enters an actor of a kind into the case, individuals as living persons."""

    def enter(kind, name=NAMES[0], **facts):
        sensitivity = "living-person" if kind == "individual" else "ordinary"
        words = {"name": name, "kind": kind, "sensitivity": sensitivity, **facts}
        return services.enter_actor(night_raid, by=amal, **words)

    return enter


@pytest.fixture
def state(entered):
    """The state in which the attack took place, as a suspect."""
    host = Country.objects.get(code="IQ")
    return entered("state", name=host.name, native_name=host.name_ar, country=host)


def titled(case, title):
    """Whom this title would name."""
    case.public_title = title
    return named_in_title(case)


def in_text(case, text, *, concluded=(), told=()):
    """Whether something in a text is held back."""
    pattern = held_back_in({case.pk}, concluded=concluded, told=told)
    return bool(pattern and pattern.search(text))


@pytest.mark.parametrize("kind", [each for each in Actor.Kind if each != "unknown-placeholder"])
def test_every_kind_of_actor_is_held_back(entered, night_raid, kind):
    actor = entered(kind)
    assert titled(night_raid, "Strike by KESTREL-Harbour") == [actor]
    assert neutral_title(night_raid) == ""
    assert in_text(night_raid, "Kestrel Harbour sent it.")
    assert not in_text(night_raid, "Kestrel Harbour sent it.", concluded={actor.pk})


def test_a_placeholder_is_nobody(entered, night_raid):
    entered("unknown-placeholder")
    assert titled(night_raid, "Strike by Kestrel Harbour") == []


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_held_back_in_every_script(entered, night_raid, amal, name):
    actor = entered("media-channel", native_name=NAMES[1])
    services.name_actor(actor, by=amal, text=NAMES[2])
    services.name_actor(actor, by=amal, text="العاسوق", transliteration=NAMES[3])
    services.name_actor(actor, by=amal, text=NAMES[4], kind="front")
    assert titled(night_raid, f"Strike ({name})") == [actor]
    assert in_text(night_raid, f"Strike ({name})")


def test_the_country_of_the_attack_says_where_and_any_other_name_of_that_state_who(
    state, entered, night_raid, strike, amal
):
    services.name_actor(state, by=amal, text="The Tigris Directorate")
    for place in (state.name, state.native_name):
        assert titled(night_raid, f"Attack on a residence, {place}") == []
        assert not in_text(night_raid, f"Near the capital of {place}")
    assert titled(night_raid, "Raid of the Tigris Directorate") == [state]
    assert in_text(night_raid, "Ordered by the Tigris Directorate.")
    other = entered("state", name=Country.objects.get(code="YE").name)
    assert titled(night_raid, f"Attack from {other.name}") == [other]
    assert in_text(night_raid, f"Sent from {other.name}.")


def test_an_organ_that_goes_by_the_name_of_the_country_is_no_place(entered, night_raid, strike):
    organ = entered("state-organ", name=strike.country.name)
    assert titled(night_raid, f"Strike by {organ.name}") == [organ]


def test_a_maker_on_a_part_is_no_blame_in_a_text_and_stays_out_of_titles(
    entered, night_raid, gyro, amal
):
    firm = entered("company", name="Kestrel Instruments Ltd.")
    assert in_text(night_raid, "Made by Kestrel Instruments Ltd.")
    evidence.describe_component(
        gyro, by=amal, category=gyro.kind, maker_as_marked="Kestrel Instruments"
    )
    assert not in_text(night_raid, "Made by Kestrel Instruments Ltd.")
    assert titled(night_raid, "Parts of Kestrel Instruments Ltd.") == [firm]


def test_a_firm_of_which_a_released_finding_speaks_could_answer_and_is_told(entered, night_raid):
    entered("company", name="Gulf Trade")
    entered("cell", name="Heron Cell")
    told = ["Gulf Trade shipped it to the Heron Cell."]
    assert in_text(night_raid, told[0], told=told), "the cell is not what the finding is about"
    assert not in_text(night_raid, "Gulf Trade shipped it.", told=told)


def test_a_title_that_names_a_state_bars_the_release_and_is_warned_of_on_the_form(
    client, technical, entered, night_raid, soraya, amal, rami
):
    entered("state", name=Country.objects.get(code="YE").name)
    ready = hand_in_and_approve(technical, author=amal, reviewer=rami)
    night_raid.refresh_from_db()
    investigations.amend_case(
        night_raid, by=soraya, version=night_raid.version, public_title="A drone from Yemen"
    )
    assert [gate.kind for gate in open_gates(type(ready).objects.get(pk=ready.pk))] == ["title"]
    client.force_login(soraya)
    form = client.get(reverse("investigations:case_edit", args=[night_raid.pk])).content.decode()
    assert "The public title names an actor" in form
