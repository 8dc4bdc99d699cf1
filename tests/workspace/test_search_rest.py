"""Search and activity through REST: what the pages show, and to nobody more."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.markings import Handling
from evidence import services as evidence
from investigations import services
from investigations.services.label import mark_more_strictly

SEARCH = "/api/v1/search/"


@pytest.fixture
def program(amal, as_program):
    """A program of Amal's."""
    return as_program(amal)


def found(program, words):
    answer = program.get(SEARCH, {"q": words})
    assert answer.status_code == 200, answer.json()
    return {
        group["kind"]: [hit["id"] for hit in group["hits"]] for group in answer.json()["groups"]
    }


def test_what_is_found_is_named_by_its_address(program, night_raid, strike, gyro):
    assert found(program, "residence raid") == {"cases": [str(night_raid.pk)]}
    assert found(program, "gyroscope housing")["items"] == [str(gyro.pk)]
    told = program.get(SEARCH, {"q": "RESIDENCE drone"}).json()
    (group,) = told["groups"]
    (hit,) = group["hits"]
    assert program.get(f"/api/v1/{group['kind']}/{hit['id']}/").json()["ref"] == hit["ref"]
    assert hit["page"].endswith(reverse("investigations:incident_detail", args=[strike.pk]))
    assert (told["labelled"], group["more"]) == (None, False)
    assert told["handling"]["tlp"] == str(night_raid.handling.tlp)


def test_a_marking_is_found_however_it_was_read_and_a_label_names_its_exhibit(
    program, night_raid, gyro, amal
):
    part = evidence.describe_component(gyro, by=amal, category=gyro.kind, serial_number="73-1O42")
    assert found(program, "731042")["components"] == [str(part.pk)]
    scanned = program.get(SEARCH, {"q": f"{night_raid.ref}/{gyro.exhibit_no}"}).json()
    assert scanned["labelled"] == str(gyro.pk)


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "  "}, {"q": "\x00"}, {"q": "x" * 101}])
def test_a_question_without_sense_is_refused(program, night_raid, query):
    answer = program.get(SEARCH, query)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"q"})


def test_nothing_of_a_case_is_found_by_outsiders_or_past_a_label(
    program, night_raid, strike, gyro, omar, soraya, as_program
):
    nothing = {"labelled": None, "handling": None, "groups": []}
    for words in ("residence", gyro.exhibit_no, f"{night_raid.ref}/{gyro.exhibit_no}"):
        assert as_program(omar).get(SEARCH, {"q": words}).json() == nothing
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(gyro, Handling(clearance=2), by=soraya, reason="A source is named.")
    assert program.get(SEARCH, {"q": "gyroscope housing"}).json() == nothing


def test_a_search_has_a_limit_of_its_own(program, night_raid, settings):
    settings.RATE_LIMITS = {"api:search": (2, 3600)}
    answers = [program.get(SEARCH, {"q": "raid"}).status_code for _again in range(3)]
    assert answers == [200, 200, 429]


def test_deeds_of_a_case_are_told_in_words_and_narrowed(program, night_raid, strike, amal, soraya):
    there = f"/api/v1/cases/{night_raid.pk}/activity/"
    services.amend_incident(strike, by=amal, version=1, title="Drone attack on the old residence")
    deeds = program.get(there).json()["results"]
    assert [deed["position"] for deed in deeds] == sorted(
        (deed["position"] for deed in deeds), reverse=True
    )
    newest = deeds[0]
    assert (newest["words"], newest["fields_changed"]) == ("amended an incident", ["title"])
    assert (newest["actor"], newest["subject_id"]) == (str(amal.pk), str(strike.pk))
    line = program.get(f"/api/v1/ledger/entries/{newest['id']}/").json()
    assert line["position"] == newest["position"]
    by_lead = program.get(there, {"actor": str(soraya.pk)}).json()["results"]
    assert {deed["actor"] for deed in by_lead} == {str(soraya.pk)}
    entered = program.get(there, {"act": "investigations.incident_entered"}).json()["results"]
    assert [deed["subject_id"] for deed in entered] == [str(strike.pk)]
    later = program.get(there, {"since": timezone.now().isoformat()}).json()["results"]
    assert later == []
    assert program.get(there, {"actr": "x"}).status_code == 422


def test_the_deeds_are_cut_into_pages_and_are_for_the_team_alone(
    program, night_raid, amal, omar, as_program
):
    for number in range(5):
        services.write_note(night_raid, by=amal, text=f"Note {number}")
    there = f"/api/v1/cases/{night_raid.pk}/activity/?limit=3"
    first = program.get(there).json()
    second = program.get(first["next"]).json()
    seen = [deed["position"] for page in (first, second) for deed in page["results"]]
    assert seen == list(range(seen[0], seen[0] - 6, -1))
    assert program.get(second["previous"]).json()["results"] == first["results"]
    assert program.get(f"{there}&cursor=cD1hYmM%3D").status_code == 404
    assert as_program(omar).get(there).status_code == 404


def test_nothing_is_told_of_what_a_label_keeps_from_the_reader(
    program, night_raid, strike, soraya, amal
):
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(strike, Handling(clearance=2), by=soraya, reason="A source is named.")
    deeds = program.get(f"/api/v1/cases/{night_raid.pk}/activity/").json()["results"]
    assert deeds and str(strike.pk) not in {deed["subject_id"] for deed in deeds}
