"""What lists and records can be asked for: fields, records along, an order, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.api import router
from core.asked import DOORS
from core.markings import Handling, Tlp
from core.rest import RecordViewSet
from evidence import services
from evidence.models import Item
from investigations.models import Label

pytestmark = pytest.mark.django_db
ITEMS = "/api/v1/items/"


@pytest.fixture
def program(as_program, amal):
    return as_program(amal)


@pytest.fixture
def shelf(gyro, amal):
    """Five exhibits more, two of which say the same."""
    words = ["Antenna", "Bolt", "Bolt", "Cable", "Drum"]
    return [
        services.log_item(
            gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description=each
        )
        for each in words
    ]


def results(answer):
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def walked(program, there):
    """Every page, by its `next`."""
    found = []
    while there:
        page = program.get(there).json()
        found += page["results"]
        there = page["next"]
    return found


def test_only_what_was_asked_for_is_told_and_always_the_id(program, gyro):
    (told,) = results(program.get(f"{ITEMS}?fields=exhibit_no,kind"))
    assert told == {"id": str(gyro.pk), "exhibit_no": "EV-0001", "kind": "gyroscope-imu"}
    assert set(program.get(f"{ITEMS}{gyro.pk}/?fields=kind").json()) == {"id", "kind"}


def test_what_is_not_told_is_not_read_either(program, gyro, amal):
    services.describe_component(gyro, by=amal, category=gyro.kind)
    with CaptureQueriesContext(connection) as asked:
        results(program.get("/api/v1/components/?fields=serial_number"))
    assert not any("evidence_marking" in each["sql"].split("WHERE")[0] for each in asked)


@pytest.mark.parametrize(
    ("query", "parameter", "known"),
    [
        ("fields=exhibit", "fields", "exhibit_no"),
        ("expand=kind", "expand", "incident"),
        ("expand=incident.country", "expand", "case"),
        ("expand=parent.parent.parent", "expand", "2"),
        ("ordering=mass_g", "ordering", "exhibit_no"),
        ("incidnet=7", "incidnet", "incident"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(program, gyro, query, parameter, known):
    answer = program.get(f"{ITEMS}?{query}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    (sentence,) = answer.json()["errors"][parameter]
    assert known in sentence


def test_a_record_is_told_in_the_place_of_its_id(program, gyro):
    (told,) = results(program.get(f"{ITEMS}?expand=incident.case,parent"))
    assert told["incident"]["title"] == gyro.incident.title
    assert told["incident"]["case"]["id"] == told["case"] == str(gyro.case_id)
    assert told["parent"] is None
    alone = program.get(f"{ITEMS}{gyro.pk}/?expand=incident.case&fields=kind").json()
    assert alone["incident"] == told["incident"] and set(alone) == {"id", "kind", "incident"}


def test_what_the_reader_may_not_see_stays_an_id(as_program, lena, program, gyro, amal):
    part = services.log_item(
        gyro.case,
        by=amal,
        incident=gyro.incident,
        kind=gyro.kind,
        description="Rotor",
        parent=gyro,
    )
    label = Label.for_handling(Handling(tlp=Tlp.RED, compartments=frozenset({"ALPHA"})))
    Item.objects.filter(pk=gyro.pk).update(label=label)
    told = as_program(lena).get(f"{ITEMS}{part.pk}/?expand=parent").json()
    assert told["parent"] == str(gyro.pk)


def test_expanding_costs_the_same_for_one_row_and_for_many(program, gyro, amal):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            results(program.get(f"{ITEMS}?expand=incident.case,site"))
        return len(asked)

    cost()  # the key was used for the first time
    before = cost()
    for _each in range(4):
        services.log_item(
            gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Bolt"
        )
    assert cost() == before


@pytest.mark.parametrize("name", ["description", "exhibit_no", "created_at"])
def test_an_order_holds_over_all_pages_and_back(program, shelf, name):
    there = f"{ITEMS}?limit=2&fields={name}&ordering={name}"
    rising = walked(program, there)
    falling = walked(program, there.replace("ordering=", "ordering=-"))
    assert len({each["id"] for each in rising}) == len(rising) == 6
    assert [each[name] for each in rising] == sorted(each[name] for each in rising)
    assert falling == rising[::-1]
    first = program.get(there).json()
    second = program.get(first["next"]).json()
    assert program.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize("cursor", ["nonsense", "n!!", "nWyIAIiwgMV0", "p"])
def test_a_cursor_that_was_not_given_out_is_no_page(program, shelf, cursor):
    answer = program.get(f"{ITEMS}?ordering=description&cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_page_is_kept_in_place_by_an_exhibit_that_comes_in_between(program, shelf, gyro, amal):
    first = program.get(f"{ITEMS}?ordering=description&limit=2&fields=description").json()
    services.log_item(
        gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Anvil"
    )
    second = program.get(first["next"]).json()["results"]
    assert [each["description"] for each in second] == ["Bolt", "Cable"]


def test_lists_are_narrowed_by_when_records_were_entered_and_changed(program, gyro):
    for name in ("created_since", "updated_since"):
        assert len(results(program.get(f"{ITEMS}?{name}=2020-01-01T00:00:00Z"))) == 1
        assert results(program.get(f"{ITEMS}?{name}=2100-01-01T00:00:00Z")) == []


def test_hits_with_other_agencies_are_narrowed_by_no_moment(program):
    assert program.get("/api/v1/comparisons/hits/?created_since=2026-01-01").status_code == 422


def test_every_list_has_filters_and_every_kind_one_door():
    doors = [door for _prefix, door, _name in router.registry if issubclass(door, RecordViewSet)]
    assert [door for door in doors if not getattr(door, "filterset_class", None)] == []
    assert set(DOORS) == {door.model for door in doors}


def test_every_door_says_how_much_may_still_be_asked(program, gyro, settings):
    settings.RATE_LIMITS = {"api": (1000, 60)}
    answer = program.get(ITEMS)
    assert answer["RateLimit-Policy"].startswith('"api";q=1000;w=60')
    assert answer["RateLimit"].startswith('"api";r=')
