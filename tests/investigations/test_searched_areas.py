"""The areas that were searched: entered by hand or as GeoJSON, and guarded where a place is."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from investigations import services
from investigations.models import Site
from ledger.models import Entry
from reports.content.incidents import sites_of
from reports.content.reading import Reading
from reports.models import Report

FIELD = "33.300000, 44.390000\n33.300000, 44.400000\n33.310000, 44.400000\n33.310000, 44.390000"
RING = [[44.39, 33.3], [44.4, 33.3], [44.4, 33.31], [44.39, 33.31], [44.39, 33.3]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}
POINT = {"latitude": Decimal("33.304567"), "longitude": Decimal("44.391234")}


def at(name, row):
    return reverse(f"investigations:{name}", args=[row.pk])


@pytest.fixture
def field(strike, amal) -> Site:
    return services.enter_site(
        strike, by=amal, name="North field", kind="wreckage-crash", searched_area=RING, **POINT
    )


@pytest.fixture
def house(strike, amal) -> Site:
    """A place that somebody would suffer for, if it became known."""
    return services.enter_site(
        strike,
        by=amal,
        name="House",
        kind="wreckage-crash",
        searched_area=RING,
        place_name="Behind the mill",
        sensitive=True,
        **POINT,
    )


def typed(**more):
    return {"name": "Field", "kind": "impact", "safe_status": "cleared", **more} | {
        "place_precision": "building"
    }


def incident_page(client, person, incident):
    client.force_login(person)
    return client.get(at("incident_detail", incident)).content.decode()


@pytest.mark.parametrize("text", [FIELD, json.dumps(POLYGON)])
def test_an_area_is_entered_by_its_corners_or_as_geojson(client, strike, amal, text):
    client.force_login(amal)
    answer = client.post(at("site_create", strike), typed(searched_area=text))

    assert answer.status_code == 302
    assert strike.sites.get().searched_area == RING


def test_an_area_that_crosses_itself_is_told_and_what_was_typed_stays(client, strike, amal):
    client.force_login(amal)
    bow = "33.3, 44.39\n33.31, 44.40\n33.31, 44.39\n33.3, 44.40"
    answer = client.post(at("site_create", strike), typed(searched_area=bow))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "crosses or touches itself. (corner 3)" in page and "33.31, 44.40" in page
    assert not strike.sites.exists()


def test_the_form_shows_the_corners_that_are_stored(client, field, amal):
    client.force_login(amal)
    assert FIELD in client.get(at("site_edit", field)).content.decode()


def test_the_area_is_drawn_with_its_size_and_corners(client, field, amal, strike):
    page = incident_page(client, amal, strike)

    assert "<polygon points=" in page and "103.34 ha" in page
    assert "33.300000, 44.400000" in page


def test_no_door_leads_in_an_outline_of_another_form(strike, amal):
    with pytest.raises(ValidationError):
        services.enter_site(
            strike, by=amal, name="X", kind="impact", searched_area=[[0, 0], [1, 1], [1, 0]]
        )


def test_the_ledger_names_an_area_by_its_digest_and_not_by_its_place(field, amal):
    services.amend_site(field, by=amal, version=1, searched_area=None)

    lines = [line.body for line in Entry.objects.about(field)]
    assert all("44.39" not in body for body in lines)
    assert all("4 corners, SHA-256" in body for body in lines)


def test_a_sensitive_place_is_exact_only_to_those_who_enter_evidence(
    client, house, strike, amal, rami
):
    mine, theirs = (incident_page(client, person, strike) for person in (amal, rami))

    assert "33.304567" in mine and "Behind the mill" in mine and "<polygon" in mine
    assert "33.304567" not in theirs and "33.3, 44.4" in theirs
    assert "Behind the mill" not in theirs and "<polygon" not in theirs


def test_looking_at_a_sensitive_place_roughly_changes_nothing(client, house, strike, rami):
    incident_page(client, rami, strike)
    house.refresh_from_db()
    assert (house.latitude, house.searched_area) == (POINT["latitude"], RING)


def test_a_change_of_a_sensitive_place_tells_the_ledger_no_coordinates(house, amal):
    services.amend_site(house, by=amal, version=1, latitude=Decimal("33.305001"))

    told = Entry.objects.about(house).get(act="investigations.site_amended").body
    assert "33.30" not in told


def test_reports_hold_areas_but_of_a_sensitive_place_neither_area_nor_point(
    field, house, strike, amal
):
    reading = Reading(Report(case=strike.case, requested_by=amal))
    printed = json.dumps(sites_of(reading, strike), ensure_ascii=False)

    assert printed.count("33.310000, 44.390000") == 1
    assert printed.count("33.304567") == 1
    assert "Behind the mill" not in printed


def test_programs_read_and_write_areas_as_geojson(strike, amal, as_program):
    program = as_program(amal)
    sent = {"incident": str(strike.pk), "name": "Field", "kind": "impact", "searched_area": POLYGON}
    made = program.post("/api/v1/sites/", sent, format="json")
    there = f"/api/v1/sites/{made.json()['id']}/"
    emptied = program.patch(
        there, {"searched_area": None}, format="json", headers={"if-match": made.headers["ETag"]}
    )

    assert made.status_code == 201
    assert made.json()["searched_area"] == POLYGON
    assert emptied.json()["searched_area"] is None


def test_programs_are_told_what_is_wrong_with_an_outline(strike, amal, as_program):
    sent = {"incident": str(strike.pk), "name": "Field", "kind": "impact"}
    wrong = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}
    answer = as_program(amal).post(
        "/api/v1/sites/", {**sent, "searched_area": wrong}, format="json"
    )

    assert answer.status_code == 422
    assert "three different corners" in answer.content.decode()


def test_programs_of_those_who_enter_no_evidence_get_a_sensitive_place_roughly(
    house, amal, rami, as_program
):
    there = f"/api/v1/sites/{house.pk}/"
    mine, theirs = (as_program(person).get(there).json() for person in (amal, rami))

    assert mine["searched_area"] == POLYGON
    assert theirs["searched_area"] is None
    assert (theirs["latitude"], theirs["place_name"]) == ("33.300000", "")
