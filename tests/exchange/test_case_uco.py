"""What leaves a case as a graph of CASE/UCO: conformant, marked, without blame before release."""

import hashlib
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from attribution import services as attribution
from core.errors import Refused
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Item
from exchange import services
from investigations.services.label import mark_more_strictly
from ledger.models import Entry

VALIDATOR = Path(sys.executable).with_name("case_validate")
VERSION = "case-1.5.0"


def graph(case, by, *, up_to="red", leave_out=False):
    """The bytes of a case as a graph."""
    with services.export_graph(case, by=by, up_to=up_to, leave_out=leave_out).held as held:
        return held.read()


def nodes_in(data, kind=""):
    """The nodes of a graph, or those of one class."""
    found = json.loads(data)["@graph"]
    return [node for node in found if not kind or node["@type"] == kind]


def names_in(value):
    """Every node that something names."""
    if isinstance(value, dict):
        found = {value["@id"]} if set(value) == {"@id"} else set()
        return found.union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


@pytest.fixture
def judged(furnished, link, blamed, brigade, gyro, amal):
    """A case with something of everything: a file, a comparison, a finding and what followed."""
    type(link).objects.update(state="confirmed", examiners=2)
    evidence.receive_file(furnished, by=amal, chunks=[b"a log"], name="Roe.txt", item=gyro)
    today = {"kind": "in-force", "day": timezone.localdate()}
    attribution.record_measure(
        blamed, by=amal, first=today, target=brigade, kind="sanctions-designation",
        authority="Council of the Union",
    )  # fmt: skip
    return furnished


def test_the_validator_of_case_finds_no_fault(judged, soraya, tmp_path):
    file = tmp_path / "case.jsonld"
    file.write_bytes(graph(judged, soraya))
    run = subprocess.run(
        [VALIDATOR, "--built-version", VERSION, file], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Conforms: True" in run.stdout
    assert "Warning" not in run.stderr, "every word is one of the ontology"


def test_an_exhibit_has_its_number_its_root_and_its_chain_of_custody(judged, gyro, soraya):
    data = graph(judged, soraya)
    records = nodes_in(data, "case-investigation:ProvenanceRecord")
    record = next(
        one for one in records if one["case-investigation:exhibitNumber"] == gyro.exhibit_no
    )
    assert record["case-investigation:rootExhibitNumber"] == gyro.exhibit_no
    deeds = [
        node
        for node in nodes_in(data, "case-investigation:InvestigativeAction")
        if node.get("uco-action:result") == [{"@id": record["@id"]}]
    ]
    assert [deed["uco-core:name"] for deed in deeds][-2:] == ["transferred-out", "received"]
    for before, deed in pairwise(deeds):
        assert deed["case-investigation:wasInformedBy"] == [{"@id": before["@id"]}]
    assert deeds[0]["uco-action:startTime"]["@type"] == "xsd:dateTime"
    (digest,) = nodes_in(data, "uco-types:Hash")
    assert digest["uco-types:hashValue"]["@value"] == hashlib.sha256(b"a log").hexdigest()
    for name in ("Lena", "Sergeant Roe", "Roe.txt"):
        assert name not in data.decode()


def test_the_investigation_holds_everything_and_nothing_points_outside(judged, soraya):
    data = graph(judged, soraya)
    (case,) = nodes_in(data, "case-investigation:Investigation")
    assert case["uco-core:name"] == judged.public_title
    assert names_in(nodes_in(data)) <= {node["@id"] for node in nodes_in(data)}
    assert graph(judged, soraya) == data
    (mark,) = [one for one in nodes_in(data) if one.get("uco-core:name") == "TLP:AMBER"]
    assert case["uco-core:objectMarking"] == [{"@id": mark["@id"]}]


def test_no_actor_is_named_before_a_finding_about_them_is_released(furnished, finding, soraya):
    told = graph(furnished, soraya).decode()
    assert "name withheld" in told
    assert "ormorant" not in told and "الغاق" not in told


def test_a_released_finding_and_what_followed_name_whom_they_are_about(judged, soraya):
    data = graph(judged, soraya)
    (actor,) = [one for one in nodes_in(data) if one.get("uco-core:name") == "Cormorant Brigade"]
    ties = nodes_in(data, "uco-core:Relationship")
    (tie,) = [one for one in ties if one["uco-core:kindOfRelationship"] == "attributed-to"]
    assert tie["uco-core:target"] == {"@id": actor["@id"]}
    (sanction,) = nodes_in(data, "uco-action:Action")
    assert sanction["vestige:target"] == {"@id": actor["@id"]}


def test_what_is_marked_beyond_or_under_a_caveat_stays(judged, gyro, bureau, amal, soraya):
    evidence.add_caveat(gyro, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 4.")
    with pytest.raises(Refused, match=gyro.exhibit_no):
        graph(judged, soraya)
    left_out = graph(judged, soraya, leave_out=True)
    records = nodes_in(left_out, "case-investigation:ProvenanceRecord")
    assert gyro.exhibit_no not in {one["case-investigation:exhibitNumber"] for one in records}
    assert nodes_in(left_out, "uco-observable:File") == []


def test_a_label_keeps_an_exhibit_with_its_files(judged, gyro, soraya):
    item = Item.objects.get(pk=gyro.pk)
    mark_more_strictly(item, Handling(tlp="red"), by=soraya, reason="It is a trap.")
    data = graph(judged, soraya, up_to="amber")
    assert nodes_in(data, "uco-observable:File") == []
    assert names_in(nodes_in(data)) <= {node["@id"] for node in nodes_in(data)}


def test_each_graph_leaves_a_line_with_its_format_and_digest(furnished, amal, soraya):
    data = graph(furnished, soraya)
    line = Entry.objects.about(furnished).latest("position")
    assert (line.act, line.facts["format"]) == ("exchange.case_uco_exported", "case-uco")
    assert line.facts["sha256"] == hashlib.sha256(data).hexdigest()
    assert line.facts["objects"] == len(nodes_in(data))
    with pytest.raises(PermissionDenied):
        graph(furnished, amal)


def test_the_page_and_programs_take_a_case_away(client, as_program, night_raid, strike, soraya):
    client.force_login(soraya)
    there = reverse("exchange:stix_share", args=[night_raid.pk])
    file = client.post(there, {"way": "case-uco", "up_to": "amber"})
    assert file["Content-Type"] == "application/ld+json"
    (attack,) = nodes_in(b"".join(file.streaming_content), "uco-core:Event")
    assert attack["uco-core:name"] == strike.title
    there = f"/api/v1/cases/{night_raid.pk}/case-uco/"
    answer = as_program(soraya).post(there, {"up_to": "amber"}, format="json")
    assert nodes_in(b"".join(answer.streaming_content), "uco-core:Event") == [attack]
