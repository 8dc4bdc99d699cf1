"""Tables brought into a case by programs: the whole way, from the file to what is undone."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.markings import Handling
from evidence import services as evidence
from exchange.formats.tables.plan import ready_maps
from exchange.models import ColumnMap, TableImport
from investigations import services as investigations
from investigations.models import Incident
from ledger.models import Entry
from tests.exchange.test_table_imports import FIRST, work

TABLES, MAPS = "/api/v1/table-imports/", "/api/v1/column-maps/"
PLAN = {
    "scheme": "Harbour list",
    "columns": {"their_id": ["id"], "title": ["title"], "occurred_from": ["day"]},
}


@pytest.fixture
def bring(as_program, night_raid, amal):
    def brought(text=FIRST, **more):
        file = SimpleUploadedFile("raids.csv", text.encode())
        body = {"case": str(night_raid.pk), "kind": "incident", "file": file}
        return as_program(amal).post(TABLES, {**body, **more})

    return brought


@pytest.fixture
def brought(bring):
    """The table as it came, at its address."""
    return f"{TABLES}{bring().json()['id']}/"


def worked(address):
    """What a worker does behind the address."""
    return work(TableImport.objects.get(pk=address.split("/")[-2]))


def test_a_table_goes_the_whole_way_and_back(brought, as_program, night_raid, amal, omar, rami):
    program = as_program(amal)
    assert as_program(omar).post(f"{brought}map/", PLAN, format="json").status_code == 404
    assert as_program(rami).post(f"{brought}map/", PLAN, format="json").status_code == 403
    assert program.post(f"{brought}write/").status_code == 422

    asked = program.post(f"{brought}map/", PLAN, format="json")
    assert (asked.status_code, asked.json()["state"]) == (200, "checking")
    worked(brought)
    checked = program.get(brought).json()
    assert (checked["state"], checked["created"]) == ("checked", 2)
    assert not Incident.objects.filter(case=night_raid).exists()

    assert program.post(f"{brought}write/").json()["state"] == "running"
    worked(brought)
    assert Incident.objects.filter(case=night_raid).count() == 2
    assert program.post(f"{brought}map/", PLAN, format="json").status_code == 422

    assert program.post(f"{brought}undo/").json()["state"] == "undoing"
    worked(brought)
    told = program.get(brought).json()
    assert (told["state"], told["undone_by"]) == ("undone", str(amal.pk))
    assert program.post(f"{brought}undo/").status_code == 422


def test_a_table_is_brought_in_by_those_who_may_enter_its_rows(bring, as_program, night_raid, rami):
    came = bring()
    assert (came.status_code, came.json()["head"][:2]) == (201, ["id", "title"])
    file = SimpleUploadedFile("raids.csv", FIRST.encode())
    body = {"case": str(night_raid.pk), "kind": "incident", "file": file}
    assert as_program(rami).post(TABLES, body).status_code == 403
    assert bring(kind="ship").status_code == 422
    nothing = as_program(rami).post(
        TABLES, {"case": str(night_raid.pk), "kind": "incident"}, format="json"
    )
    assert nothing.status_code == 422


def test_a_long_table_comes_in_by_pieces_and_is_named(as_program, night_raid, amal, soraya):
    file = evidence.receive_file(night_raid, by=amal, chunks=[FIRST.encode()], name="raids.csv")
    program = as_program(amal)
    body = {"case": str(night_raid.pk), "kind": "incident", "original": str(file.pk)}
    came = program.post(TABLES, body, format="json")
    assert came.status_code == 201, came.json()
    assert (came.json()["sha256"], came.json()["name"]) == (file.sha256, "raids.csv")

    investigations.mark_more_strictly(file, Handling(tlp="red"), by=soraya, reason="A source")
    stricter = program.post(TABLES, body, format="json")
    assert stricter.status_code == 422
    assert "handled otherwise" in stricter.json()["detail"]


def test_a_file_of_another_case_is_no_table_of_this_one(as_program, night_raid, soraya):
    other = investigations.open_case(soraya, title="Other", public_title="Other", mandate="M")
    file = evidence.receive_file(other, by=soraya, chunks=[FIRST.encode()], name="raids.csv")
    body = {"case": str(night_raid.pk), "kind": "incident", "original": str(file.pk)}
    told = as_program(soraya).post(TABLES, body, format="json")
    assert (told.status_code, list(told.json()["errors"])) == (422, ["original"])


def test_the_same_bytes_are_read_otherwise(bring, as_program, amal):
    came = bring(text="id|title\nR-1|Raid, at night\n").json()
    there = f"{TABLES}{came['id']}/read-as/"
    told = as_program(amal).post(there, {"delimiter": ","}, format="json").json()
    assert (told["delimiter"], told["encoding"], told["head"]) == (",", "utf-8", ["id|title"])
    sheet = as_program(amal).post(there, {"sheet": "Raids"}, format="json")
    assert list(sheet.json()["errors"]) == ["sheet"]


def test_a_map_that_makes_no_sense_is_refused_with_what_is_wrong(brought, as_program, amal):
    program, there = as_program(amal), f"{brought}map/"
    for changes, place in [
        ({"zone": "Mars"}, "zone"),
        ({"days": "backwards"}, "days"),
        ({"columns": {"title": []}}, "columns"),
        ({"colums": {}}, "colums"),
    ]:
        told = program.post(there, {**PLAN, **changes}, format="json")
        assert told.status_code == 422
        assert [name.split("/")[0] for name in told.json()["errors"]] == [place]
    misspelt = {"name": "Harbour", "kind": "incident", "plan": {**PLAN, "colums": {}}}
    told = program.post(MAPS, misspelt, format="json")
    assert (told.status_code, list(told.json()["errors"])) == (422, ["plan/colums"])
    unknown = program.post(there, {**PLAN, "columns": {"suspect": ["title"]}}, format="json")
    assert "suspect" in unknown.json()["detail"]


def test_a_map_is_kept_taken_and_given_up(brought, as_program, amal, omar):
    program = as_program(amal)
    body = {"name": "Harbour", "kind": "incident", "plan": PLAN}
    kept = program.post(MAPS, body, format="json")
    assert kept.status_code == 201, kept.json()
    assert as_program(omar).get(MAPS).json()["results"] == []

    taken = program.post(f"{brought}take-map/", {"kept": kept.json()["id"]}, format="json").json()
    assert taken["plan"]["columns"]["title"] == ["title"]
    assert taken["state"] == "new"
    sent_back = program.post(f"{brought}map/", taken["plan"], format="json")
    assert (sent_back.status_code, sent_back.json()["plan"]) == (200, taken["plan"])

    here = f"{MAPS}{kept.json()['id']}/forget/"
    assert as_program(omar).post(here).status_code == 404
    assert program.post(here).json() == {"forgotten": True}
    assert not ColumnMap.objects.exists()


def test_a_map_of_the_agency_is_given_up_by_its_keeper_alone(as_program, amal, soraya):
    body = {"name": "Harbour", "kind": "incident", "plan": PLAN, "for_agency": True}
    kept = as_program(amal).post(MAPS, body, format="json").json()
    here = f"{MAPS}{kept['id']}/forget/"
    assert as_program(soraya).post(here).status_code == 403


def test_a_ready_map_is_taken_by_its_name_and_may_be_kept_as_it_is(brought, as_program, amal):
    program, there = as_program(amal), f"{brought}take-map/"
    assert program.post(there, {"ready": "GTD"}, format="json").json()["plan"]["scheme"] == "GTD"
    wrong = program.post(there, {"ready": "Almanac"}, format="json").json()["errors"]["ready"]
    assert "GTD" in wrong[0]
    assert program.post(there, {}, format="json").status_code == 422
    for ready in ready_maps():
        body = {"name": ready.scheme, "kind": ready.kind, "plan": ready.as_written()}
        kept = program.post(MAPS, body, format="json")
        assert kept.status_code == 201, kept.json()
        assert kept.json()["plan"] == json.loads(json.dumps(ready.as_written()))


def test_refused_lines_go_out_with_the_reason_and_a_line_in_the_ledger(bring, as_program, amal):
    came = bring(text="id,title,day\nR-1,Raid,2026-03-01\nR-2,Raid,someday\n").json()
    address, program = f"{TABLES}{came['id']}/", as_program(amal)
    program.post(f"{address}map/", PLAN, format="json")
    table = worked(address)
    sheet = program.post(f"{address}refused-lines/")
    assert sheet["Content-Type"].startswith("text/csv")
    text = b"".join(sheet.streaming_content).decode("utf-8-sig")
    assert "R-2" in text and "R-1" not in text
    line = Entry.objects.about(table).get(act="exchange.refused_lines_taken")
    assert line.facts["rows"] == 1
