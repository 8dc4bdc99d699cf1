"""What leaves a case as an event of MISP, and what comes in as one."""

import hashlib
import json
from pathlib import Path

import pymisp
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from attribution import services as attribution
from core.errors import Refused
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Item
from exchange import services
from exchange.models import Arrival, ArrivedObject
from investigations import services as investigations
from investigations.models import Incident, SourceReport
from investigations.services.label import mark_more_strictly
from ledger.models import Entry

MISP_DATA = Path(pymisp.__file__).parent / "data" / "misp-objects" / "relationships"
VERBS = {verb["name"] for verb in json.loads((MISP_DATA / "definition.json").read_text())["values"]}
"""What MISP itself calls relations between objects."""

PIER = "5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c23"
THEIRS = {
    "uuid": PIER,
    "name": "temporal-event",
    "x_their_property": {"deep": [1.5, None, "متروك"]},
    "Attribute": [{"object_relation": "summary", "type": "text", "value": "Strike on the pier"}],
    "ObjectReference": [],
}


def event_of(*things, **more):
    """An event as it comes from elsewhere."""
    head = {"uuid": "5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c22", "info": "Pier", **more}
    who = {"name": "Harbour authority", "uuid": "5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c24"}
    return json.dumps({"Event": {**head, "Orgc": who, "Object": things}}).encode()


def event(case, by, *, up_to="red", leave_out=False):
    """The case as an event, as it is read from the file."""
    with services.export_event(case, by=by, up_to=up_to, leave_out=leave_out).held as held:
        return held.read()


def things_in(data, name=""):
    found = json.loads(data)["Event"]["Object"]
    return [thing for thing in found if not name or thing["name"] == name]


def said(thing):
    """The values of an object by their relations."""
    return {each["object_relation"]: each["value"] for each in thing["Attribute"]}


def received(case, by, data):
    services.receive_bundle(case, by=by, name="pier.json", data=data)
    return ArrivedObject.objects.filter(arrival=Arrival.objects.latest("id"))


@pytest.fixture
def judged(furnished, strike, gyro, link, blamed, brigade, amal):
    """A case with something of everything, and a designation that followed its finding."""
    type(link).objects.update(state="confirmed", examiners=2)
    investigations.cite_source(
        strike, by=amal, citation="Morning report", reliability="B", credibility="2"
    )
    evidence.enter_weapon(
        strike, by=amal, type="one-way-attack-uav", production_number="88", propulsion="piston"
    )
    evidence.receive_file(furnished, by=amal, chunks=[b"a log"], name="Roe.txt", item=gyro)
    today = {"kind": "in-force", "day": timezone.localdate(), "legal_ref": "Decision 2026/14"}
    attribution.record_measure(
        blamed, by=amal, first=today, target=brigade, kind="sanctions-designation",
        authority="Council of the Union", programme="Drones",
    )  # fmt: skip
    return furnished


def test_the_library_of_misp_reads_it_and_every_object_fits_its_template(judged, soraya):
    read = pymisp.MISPEvent()
    read.load(event(judged, soraya).decode())
    names = {thing.name for thing in read.objects}
    assert {"uav", "physical-item", "geolocation", "ftm-Sanction"} <= names
    assert "intelligence-source-assessment" in names
    assert {"temporal-event", "physical-object", "annotation", "organization"} <= names
    assert not read.published
    known = {thing.uuid for thing in read.objects}
    for thing in read.objects:
        thing.to_dict(strict=True)
        relations = thing._definition["attributes"]
        for each in thing.attributes:
            assert relations[each.object_relation]["misp-attribute"] == each.type
        assert {one.referenced_uuid for one in thing.references} <= known
        assert {one.relationship_type for one in thing.references} <= VERBS


def test_a_designation_leaves_with_the_finding_that_it_rests_on(judged, soraya):
    data = event(judged, soraya)
    (sanction,) = things_in(data, "ftm-Sanction")
    assert said(sanction)["authority"] == "Council of the Union"
    assert said(sanction)["status"] == "in-force"
    verbs = {each["relationship_type"] for each in sanction["ObjectReference"]}
    assert verbs == {"based-on", "targets"}
    (found,) = [one for one in things_in(data, "annotation") if said(one)["type"] == "Conclusion"]
    tags = {tag["name"] for each in found["Attribute"] for tag in each["Tag"]}
    assert 'estimative-language:likelihood-probability="very-likely"' in tags
    assert 'estimative-language:confidence-in-analytic-judgment="moderate"' in tags


def test_a_file_is_told_by_its_digest_and_not_by_its_name(judged, soraya):
    data = event(judged, soraya)
    (file,) = things_in(data, "file")
    assert said(file)["sha256"] == hashlib.sha256(b"a log").hexdigest()
    assert not any(each["to_ids"] for each in file["Attribute"])
    assert "Roe.txt" not in data.decode()


def test_no_actor_is_named_and_no_measure_told_before_the_release(furnished, finding, soraya):
    data = event(furnished, soraya)
    assert "name withheld" in data.decode()
    assert "ormorant" not in data.decode() and "الغاق" not in data.decode()
    assert things_in(data, "ftm-Sanction") == things_in(data, "organization") == []


def test_what_is_marked_beyond_or_under_a_caveat_stays(furnished, gyro, bureau, amal, soraya):
    evidence.add_caveat(gyro, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 4.")
    with pytest.raises(Refused, match=gyro.exhibit_no):
        event(furnished, soraya)
    kinds = {thing["name"] for thing in things_in(event(furnished, soraya, leave_out=True))}
    assert not kinds & {"physical-item", "physical-object", "uav", "file"}


def test_the_event_is_as_strict_as_what_is_in_it(furnished, gyro, soraya):
    item = Item.objects.get(pk=gyro.pk)
    mark_more_strictly(item, Handling(tlp="red", pap="red"), by=soraya, reason="It is a trap.")
    open_part, whole = event(furnished, soraya, up_to="amber"), event(furnished, soraya)
    assert things_in(open_part, "physical-item") == []
    tags = [tag["name"] for tag in json.loads(whole)["Event"]["Tag"]]
    assert tags == ["tlp:red", "PAP:RED"]
    assert json.loads(whole)["Event"]["distribution"] == "0"


def test_each_event_leaves_a_line_with_its_format_and_digest(furnished, amal, soraya):
    data = event(furnished, soraya)
    assert event(furnished, soraya) == data
    line = Entry.objects.about(furnished).latest("position")
    assert (line.act, line.facts["format"]) == ("exchange.misp_exported", "misp")
    assert line.facts["sha256"] == hashlib.sha256(data).hexdigest()
    assert line.facts["objects"] == len(things_in(data))
    with pytest.raises(PermissionDenied):
        event(furnished, amal)


def test_an_event_is_kept_part_by_part_and_an_attack_of_it_accepted(night_raid, amal, soraya):
    rows = received(night_raid, amal, event_of(THEIRS))
    assert [row.kind for row in rows.order_by("number")] == ["misp-event", "temporal-event"]
    arrived = rows.get(kind="temporal-event")
    assert (arrived.as_read, arrived.arrival.format, arrived.tlp) == (THEIRS, "misp", "amber")
    incident = services.accept_arrived(arrived, by=amal, title="Attack on the pier")
    cited = SourceReport.objects.get(incident=incident)
    assert cited.citation == f"Harbour authority: {PIER}"
    assert cited.as_reported["misp_id"] == PIER
    again = received(night_raid, amal, event_of(THEIRS)).get(kind="temporal-event")
    with pytest.raises(Refused, match="accepted before"):
        services.accept_arrived(again, by=amal, title="Attack")


def test_what_was_accepted_leaves_again_exactly_as_it_came(night_raid, amal, soraya):
    marked = event_of(THEIRS, Tag=[{"name": "tlp:red"}, {"name": "PAP:AMBER"}])
    arrived = received(night_raid, amal, marked).get(kind="temporal-event")
    services.accept_arrived(arrived, by=amal, title="Attack on the pier")
    data = event(night_raid, soraya)
    (theirs,) = [thing for thing in things_in(data) if thing["uuid"] == PIER]
    assert theirs == THEIRS
    ties = [each for thing in things_in(data) for each in thing["ObjectReference"]]
    assert "derived-from" in {each["relationship_type"] for each in ties}
    assert json.loads(data)["Event"]["Tag"] == [{"name": "tlp:red"}, {"name": "PAP:AMBER"}]
    with services.export_case(night_raid, by=soraya, up_to="red").held as held:
        assert PIER not in held.read().decode(), "an object of MISP is none of STIX"


def test_what_we_exported_ourselves_is_understood_whole(furnished, strike, other_case, soraya):
    rows = received(other_case, soraya, event(furnished, soraya))
    attack = rows.get(kind="temporal-event")
    incident = services.accept_arrived(attack, by=soraya, title="Attack")
    assert (incident.attack_mode, incident.country) == (strike.attack_mode, strike.country)
    assert (incident.launched_min, incident.launched_max) == (0, 3)


def test_a_wrong_event_is_refused_and_nothing_is_kept(night_raid, amal):
    wrong = event_of(THEIRS, {"uuid": PIER, "name": 7})
    with pytest.raises(Refused, match="type and identifier"):
        services.receive_bundle(night_raid, by=amal, name="x.json", data=wrong)
    assert not Arrival.objects.exists()


def test_the_page_lets_a_case_out_as_an_event_and_takes_one_in(client, night_raid, amal, soraya):
    share, receive = (
        reverse(f"exchange:{name}", args=[night_raid.pk])
        for name in ("stix_share", "arrival_receive")
    )
    client.force_login(soraya)
    file = client.post(share, {"way": "misp", "up_to": "amber"})
    assert file["Content-Type"] == "application/json"
    told = json.loads(b"".join(file.streaming_content))["Event"]
    assert told["info"] == night_raid.public_title
    assert client.post(share, {"way": "misp", "up_to": "clear"}).status_code == 422
    client.force_login(amal)
    sent = {"file": SimpleUploadedFile("pier.json", event_of(THEIRS))}
    assert "MISP" in client.post(receive, sent, follow=True).content.decode()
    arrived = ArrivedObject.objects.get(kind="misp-event")
    there = reverse("exchange:arrived_accept", args=[arrived.pk])
    assert client.post(there, {"title": "Attack on the pier"}).status_code == 302
    assert Incident.objects.get(case=night_raid).title == "Attack on the pier"


def test_programs_take_a_case_away_as_an_event_and_bring_events_in(
    as_program, night_raid, strike, amal, soraya
):
    there = f"/api/v1/cases/{night_raid.pk}/misp/"
    answer = as_program(soraya).post(there, {"up_to": "amber"}, format="json")
    (attack,) = things_in(b"".join(answer.streaming_content), "temporal-event")
    assert said(attack)["summary"] == strike.title
    sent = {"case": str(night_raid.pk), "bundle": json.loads(event_of(THEIRS))}
    program = as_program(amal)
    assert program.post("/api/v1/arrivals/", sent, format="json").json()["format"] == "misp"
    (row,) = program.get("/api/v1/arrived-objects/", {"kind": "temporal-event"}).json()["results"]
    assert row["as_read"] == THEIRS
