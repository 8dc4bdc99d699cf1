"""Which weapon models of the catalogue fit what was observed, and what to find out next."""

from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.models import WeaponModel
from catalogue.models.review import ReviewStatus
from evidence import services as evidence


def model(name, **facts):
    return WeaponModel.objects.create(name=name, **facts)


def size(quantity, least, greatest=None):
    ends = {"min": least, "max": greatest or least}
    return {f"{quantity}_{end}": Decimal(str(value)) for end, value in ends.items()}


@pytest.fixture
def library(db):
    """A delta, its lighter twin, a large glider, and one of which nothing is known."""
    return {
        "delta": model(
            "Delta 136",
            aliases=["Geran"],
            propulsion="piston",
            roles=["WING", "OWA"],
            expected_components=["V10-A"],
            review_status=ReviewStatus.IMPORTED,
            **size("wingspan_m", 2.4, 2.6),
            **size("takeoff_mass_kg", 190, 210),
        ),
        "twin": model(
            "Twin 131",
            propulsion="piston",
            review_status=ReviewStatus.REVIEWED,
            **size("wingspan_m", 2.5),
            **size("takeoff_mass_kg", 120, 130),
        ),
        "glider": model("Glider", propulsion="electric", **size("wingspan_m", 9)),
        "blank": model("Blank"),
    }


@pytest.fixture
def seen(client, amal, strike):
    """The page of a weapon of which this was observed."""
    client.force_login(amal)

    def look(**observed):
        weapon = evidence.enter_weapon(strike, by=amal, **observed)
        return client.get(reverse("comparison:weapon_models", args=[weapon.pk]))

    return look


def names(answer):
    return [one.model.name for one in answer.context["ranking"].candidates]


def test_the_models_that_fit_come_first_and_an_import_is_flagged(seen, library):
    answer = seen(wingspan_m=Decimal("2.5"), propulsion="piston")
    assert sorted(names(answer)) == ["Delta 136", "Twin 131"]
    text = answer.content.decode()
    assert "Imported, not reviewed" in text
    assert "to fit is not to be it" in text
    assert "match" not in text.lower()


def test_what_tells_the_candidates_apart_is_named(seen, library):
    (first,) = seen(wingspan_m=Decimal("2.5"), propulsion="piston").context["ranking"].next
    assert (first.feature, first.told_apart, first.pairs) == ("takeoff_mass_kg", 1, 1)
    assert ("Delta 136", "190–210 kg") in first.values


def test_a_difference_is_shown_and_an_unknown_value_counts_for_nothing(seen, library):
    answer = seen(wingspan_m=Decimal("2.5"), takeoff_mass_kg=Decimal("125"), roles=["WING"])
    assert names(answer)[0] == "Twin 131"
    by_name = {one.model.name: one for one in answer.context["ranking"].candidates}
    assert [cell.feature for cell in by_name["Delta 136"].differences] == ["takeoff_mass_kg"]
    assert by_name["Twin 131"].unknown == 1, "of its wings the catalogue says nothing"


def test_a_measure_is_good_to_its_tolerance(seen, library):
    assert "Delta 136" not in names(seen(wingspan_m=Decimal("2.9"), tolerance_pct=5))
    assert "Delta 136" in names(seen(wingspan_m=Decimal("2.9"), tolerance_pct=15))


def test_a_name_or_a_component_that_the_catalogue_lists_speaks_for_a_model(
    seen, library, client, amal, strike, component_of
):
    assert names(seen(name_as_marked="GERAN")) == ["Delta 136"]
    gyroscope = component_of(strike, "gyroscope-imu", part_number="v10 a")
    assert names(seen(exhibits=[gyroscope.item])) == ["Delta 136"]


def test_what_it_is_for_is_no_shape(seen, library):
    assert names(seen(roles=["OWA"])) == []


def test_nothing_observed_teaches_what_to_observe(seen, library):
    assert "Nothing is observed yet" in seen().content.decode()
    assert "No model fits" in seen(wingspan_m=Decimal("77")).content.decode()


def test_the_ranking_costs_the_same_whatever_the_library_holds(
    client, amal, strike, library, django_assert_max_num_queries
):
    for number in range(50):
        model(f"More {number}", propulsion="piston")
    weapon = evidence.enter_weapon(strike, by=amal, propulsion="piston")
    client.force_login(amal)
    there = reverse("comparison:weapon_models", args=[weapon.pk])
    client.get(there)
    with django_assert_max_num_queries(12):
        client.get(there)


def test_programs_are_told_the_ranking(amal, as_program, strike, library):
    weapon = evidence.enter_weapon(strike, by=amal, wingspan_m=Decimal("2.5"))
    told = as_program(amal).get(f"/api/v1/weapon-comparisons/{weapon.pk}/models/").json()
    assert {one["name"] for one in told["candidates"]} == {"Delta 136", "Twin 131"}
    assert told["candidates"][0]["features"][0]["stand"] == "agree"
