"""Weapons that were found: which exhibits are parts of one, and what was observed of it."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.models import ComponentCategory
from catalogue.services import enter_weapon_model
from core.errors import Refused
from evidence import services
from evidence.models import Component, WeaponInstance
from evidence.models.weapon_instance import components_of
from ledger.models import Entry

LIST = reverse("evidence:weaponinstance_list")


def page_of(weapon):
    return reverse("evidence:weaponinstance_detail", args=[weapon.pk])


@pytest.fixture
def exhibit(amal, strike):
    """Logs an exhibit of the strike, or of another incident."""

    def log(incident=strike, parent=None, kind="airframe-section"):
        kind = ComponentCategory.objects.get(code=kind)
        return services.log_item(
            incident.case,
            by=amal,
            incident=incident,
            kind=kind,
            description="A wing",
            parent=parent,
        )

    return log


@pytest.fixture
def weapon(amal, strike, exhibit):
    """A weapon of one wing."""
    return services.enter_weapon(
        strike, by=amal, exhibits=[exhibit()], wingspan_m=Decimal("2.5"), tail_number="T-7"
    )


def test_a_weapon_gets_a_number_and_a_line_in_the_ledger(weapon):
    assert weapon.ref == "W-001"
    told = json.loads(Entry.objects.get(act="evidence.weapon_entered").body)
    assert "W-001" in json.dumps(told)


def test_its_components_are_those_of_its_exhibits_and_of_their_parts(weapon, amal, lena, exhibit):
    wing = weapon.exhibits.visible_to(lena).get()
    chip = exhibit(parent=exhibit(parent=wing), kind="pcb")
    inside = services.describe_component(chip, by=amal, category=chip.kind, part_number="C-1")
    apart = exhibit(kind="pcb")
    services.describe_component(apart, by=amal, category=apart.kind, part_number="C-2")
    assert components_of(weapon, Component.objects.visible_to(lena)) == [inside]


def test_an_exhibit_is_part_of_one_weapon_at_most(weapon, amal, lena, strike, exhibit):
    wing = weapon.exhibits.visible_to(lena).get()
    part, whole = exhibit(parent=wing), exhibit()
    for taken in (wing, part):
        with pytest.raises(Refused, match="belongs to W-001 already"):
            services.enter_weapon(strike, by=amal, exhibits=[taken])
    services.amend_item(wing, by=amal, version=wing.version, parent=whole)
    with pytest.raises(Refused, match="belongs to W-001 already"):
        services.enter_weapon(strike, by=amal, exhibits=[whole])


def test_the_exhibits_are_those_of_its_own_incident(amal, strike, harbour, exhibit):
    with pytest.raises(Refused, match="exhibits of this incident"):
        services.enter_weapon(strike, by=amal, exhibits=[exhibit(harbour)])


def test_no_model_is_named_without_saying_how_that_is_known(amal, strike, admin):
    delta = enter_weapon_model("Delta 136", by=admin)
    with pytest.raises(Refused, match="how it is known"):
        services.enter_weapon(strike, by=amal, model=delta)
    with pytest.raises(Refused, match="Choose the model"):
        services.enter_weapon(strike, by=amal, model_confidence="low")
    weapon = services.enter_weapon(
        strike, by=amal, model=delta, model_confidence="low", model_basis="The wing's shape"
    )
    assert str(weapon) == "W-001 Delta 136"


def test_what_changes_is_told_field_by_field(weapon, amal, exhibit):
    more = exhibit()
    version = weapon.version
    weapon = services.amend_weapon(
        weapon, by=amal, version=version, exhibits=[more], length_m=Decimal("3.5")
    )
    assert weapon.version > version
    told = Entry.objects.get(act="evidence.weapon_amended").body
    assert more.exhibit_no in told and "3.5" in told


def test_a_weapon_is_typed_in_and_amended_in_the_browser(client, amal, strike, exhibit, admin):
    enter_weapon_model("Delta 136", by=admin)
    client.force_login(amal)
    wing = exhibit()
    typed = {
        "exhibits": wing.exhibit_no,
        "wingspan_m": "2.5",
        "tolerance_pct": "5",
        "model": "delta-136",
        "model_confidence": "moderate",
        "model_basis": "Shape of the wing",
        "roles": ["WING"],
    }
    there = reverse("evidence:weaponinstance_create", args=[strike.pk])
    answer = client.post(there, typed)
    weapon = WeaponInstance.objects.get()
    assert answer.url == page_of(weapon)
    text = client.get(page_of(weapon)).content.decode()
    assert "Delta 136" in text and wing.exhibit_no in text and "2.5 ± 5 %" in text
    edit = reverse("evidence:weaponinstance_edit", args=[weapon.pk])
    shown = client.get(edit).content.decode()
    assert wing.exhibit_no in shown and "Delta 136" in shown
    answer = client.post(edit, {**typed, "version": weapon.version, "tail_number": "T-9"})
    assert answer.status_code == 302
    weapon.refresh_from_db()
    assert (weapon.tail_number, weapon.model.name) == ("T-9", "Delta 136")
    stale = client.post(edit, {**typed, "version": 1, "tail_number": "T-1"})
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("model", "Nothing of the kind", "no one model of this name"),
        ("exhibits", "EV-9999", "No exhibit of this case"),
        ("wingspan_m", "-1", "greater than or equal"),
        ("tolerance_pct", "99", "less than or equal"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client, amal, strike, field, typed, told):
    client.force_login(amal)
    there = reverse("evidence:weaponinstance_create", args=[strike.pk])
    answer = client.post(there, {"tolerance_pct": "5", field: typed})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not WeaponInstance.objects.exists()


def test_the_list_is_that_of_an_incident_if_asked(client, lena, weapon, strike, harbour):
    client.force_login(lena)
    assert "W-001" in client.get(LIST, {"incident": str(strike.pk)}).content.decode()
    assert "W-001" not in client.get(LIST, {"incident": str(harbour.pk)}).content.decode()


def test_an_outsider_learns_of_no_weapon(client, omar, weapon):
    client.force_login(omar)
    assert client.get(page_of(weapon)).status_code == 404
    assert "W-001" not in client.get(LIST).content.decode()


def test_pages_of_weapons_cost_little(client, lena, weapon, django_assert_max_num_queries):
    client.force_login(lena)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)
    with django_assert_max_num_queries(15):
        client.get(page_of(weapon))


def test_a_program_describes_a_weapon_and_amends_it(amal, as_program, strike, exhibit):
    program, wing = as_program(amal), exhibit()
    body = {"incident": str(strike.pk), "exhibits": [str(wing.pk)], "wingspan_m": "2.5"}
    made = program.post("/api/v1/weapons/", body, format="json")
    assert made.status_code == 201, made.json()
    assert made.json()["exhibits"] == [str(wing.pk)]
    there = f"/api/v1/weapons/{made.json()['id']}/"
    changed = program.patch(
        there, {"tail_number": "T-9"}, format="json", headers={"if-match": made.headers["ETag"]}
    )
    assert changed.json()["tail_number"] == "T-9", changed.json()
    assert len(program.get(f"/api/v1/weapons/?incident={strike.pk}").json()["results"]) == 1
