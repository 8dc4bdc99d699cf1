"""Bundles from elsewhere: taken in whole or not at all, and accepted by nobody but a person."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attribution import services as attribution
from core.errors import Refused
from exchange import services
from exchange.formats.stix.markings import TLP_IDS
from exchange.models import Arrival, ArrivedObject
from investigations.models import Incident, SourceReport
from ledger.models import Entry
from tests.exchange.conftest import AUTHORITY, INCIDENT, THEIRS, bundle_of, objects_in, taken


@pytest.fixture
def arrived(night_raid, amal):
    """The attack that the harbour authority tells of."""
    return received(night_raid, amal, THEIRS, AUTHORITY)


def received(case, by, *things):
    """The first object of a bundle with these."""
    services.receive_bundle(case, by=by, name="pier.json", data=bundle_of(*things))
    return ArrivedObject.objects.filter(arrival=Arrival.objects.latest("id")).earliest("number")


def test_it_is_kept_with_every_property_and_becomes_nothing_by_itself(arrived, night_raid):
    assert arrived.as_read == THEIRS
    assert (arrived.name, arrived.state, arrived.incident) == (
        "Strike on the pier",
        "waiting",
        None,
    )
    assert not Incident.objects.filter(case=night_raid).exists()
    line = Entry.objects.about(arrived.arrival).get()
    assert (line.act, line.facts["objects"]) == ("exchange.bundle_received", 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (bundle_of(THEIRS)[:-20], "cut off"),
        (bundle_of(THEIRS, {"type": "incident"}), "type and identifier"),
        (bundle_of(THEIRS).decode().encode("utf-16"), "UTF-8"),
        (b"[" * 9_000, "deep"),
        (b'{"type": "bundle", "objects": [' + b"7" * 99 + b"]}", "cannot be held"),
        (bundle_of({**THEIRS, "spec_version": "2.0"}), "Only STIX 2.1"),
    ],
)
def test_a_wrong_bundle_is_refused_with_a_sentence_and_nothing_is_kept(
    night_raid, amal, data, sentence
):
    with pytest.raises(Refused, match=sentence):
        services.receive_bundle(night_raid, by=amal, name="x.json", data=data)
    assert not Arrival.objects.exists()
    assert not ArrivedObject.objects.exists()


def test_accepting_enters_an_attack_under_a_neutral_title_and_cites_who_said_so(arrived, amal):
    incident = services.accept_arrived(arrived, by=amal, title="Attack on the pier")
    assert (incident.title, incident.status) == ("Attack on the pier", "reported")
    cited = SourceReport.objects.get(incident=incident)
    assert cited.citation.startswith("Harbour authority: incident--")
    assert cited.grade == "F6"
    with pytest.raises(Refused, match="already"):
        services.set_aside_arrived(arrived, by=amal)


def test_the_same_object_of_the_same_file_is_accepted_once(arrived, night_raid, amal):
    services.accept_arrived(arrived, by=amal, title="Attack")
    again = received(night_raid, amal, THEIRS, AUTHORITY)
    with pytest.raises(Refused, match="accepted before"):
        services.accept_arrived(again, by=amal, title="Attack")


def test_an_object_of_two_files_or_twice_in_one_becomes_one_incident(night_raid, amal):
    received(night_raid, amal, THEIRS)
    received(night_raid, amal, AUTHORITY, THEIRS, {**THEIRS, "name": "Strike"})
    newer = {**THEIRS, "modified": "2026-03-15T09:00:00.000Z"}
    received(night_raid, amal, newer)
    first, *others = ArrivedObject.objects.filter(stix_id=INCIDENT).order_by("created_at", "number")
    services.accept_arrived(first, by=amal, title="Attack")
    assert len(others) == 3
    for other in others:
        with pytest.raises(Refused, match="accepted before"):
            services.accept_arrived(other, by=amal, title="Attack")
        services.set_aside_arrived(other, by=amal)
    assert Incident.objects.filter(case=night_raid).count() == 1


def test_another_case_may_accept_it_too(night_raid, other_case, amal, soraya):
    services.accept_arrived(received(night_raid, soraya, THEIRS), by=soraya, title="Attack")
    services.accept_arrived(received(other_case, soraya, THEIRS), by=soraya, title="Attack")
    assert Incident.objects.count() == 2


def test_what_we_exported_ourselves_is_understood_whole(night_raid, strike, other_case, soraya):
    things = objects_in(taken(night_raid, soraya))
    first = received(other_case, soraya, *things)
    attack = ArrivedObject.objects.get(arrival=first.arrival, kind="incident")
    incident = services.accept_arrived(attack, by=soraya, title="Attack")
    assert (incident.attack_mode, incident.country) == (strike.attack_mode, strike.country)
    assert incident.handling.tlp == "amber"


def test_it_is_handled_as_strictly_as_it_came(night_raid, amal):
    red = received(night_raid, amal, {**THEIRS, "object_marking_refs": [TLP_IDS["red"]]})
    assert red.handling.tlp == "red"
    assert services.accept_arrived(red, by=amal, title="Attack").handling.tlp == "red"


def test_only_an_incident_is_accepted_and_only_by_whoever_logs(arrived, night_raid, amal, rami):
    (other,) = ArrivedObject.objects.filter(kind="identity")
    with pytest.raises(Refused, match="Only an incident"):
        services.accept_arrived(other, by=amal, title="Attack")
    with pytest.raises(PermissionDenied):
        services.accept_arrived(arrived, by=rami, title="Attack")
    with pytest.raises(PermissionDenied):
        services.receive_bundle(night_raid, by=rami, name="x", data=bundle_of(THEIRS))


def test_what_was_accepted_leaves_again_exactly_as_it_came(arrived, night_raid, amal, soraya):
    services.accept_arrived(arrived, by=amal, title="Attack on the pier")
    data = taken(night_raid, soraya)
    (theirs,) = [one for one in objects_in(data, "incident") if one["id"] == INCIDENT]
    assert theirs == THEIRS
    (tie,) = [one for one in objects_in(data, "relationship") if one["target_ref"] == INCIDENT]
    assert tie["relationship_type"] == "derived-from"
    assert taken(night_raid, soraya) == data


def test_theirs_stays_while_it_names_whom_no_finding_names(night_raid, amal, soraya):
    attribution.enter_actor(night_raid, by=amal, name="Heron Cell", kind="cell")
    blaming = {**THEIRS, "x_by": {"who": ["the heron cell"]}}
    arrived = received(night_raid, amal, blaming)
    services.accept_arrived(arrived, by=amal, title="Attack on the pier")
    data = taken(night_raid, soraya)
    assert "eron" not in data.decode()
    assert len(objects_in(data, "incident")) == 1


def test_the_pages_take_a_bundle_in_and_accept_an_attack(client, night_raid, amal):
    client.force_login(amal)
    there = reverse("exchange:arrival_receive", args=[night_raid.pk])
    wrong = client.post(there, {"file": SimpleUploadedFile("x.json", b"<xml/>")})
    assert wrong.status_code == 422
    assert "no whole JSON" in wrong.content.decode()
    file = SimpleUploadedFile("pier.json", bundle_of(THEIRS, AUTHORITY))
    page = client.post(there, {"file": file}, follow=True).content.decode()
    assert "Strike on the pier" in page
    arrived = ArrivedObject.objects.get(kind="incident")
    shown = client.get(reverse("exchange:arrived_detail", args=[arrived.pk])).content.decode()
    assert "x_their_property" in shown and "متروك" in shown
    accept = reverse("exchange:arrived_accept", args=[arrived.pk])
    assert client.post(accept, {"title": ""}).status_code == 422
    assert client.post(accept, {"title": "Attack on the pier"}).status_code == 302
    assert Incident.objects.get(case=night_raid).title == "Attack on the pier"
    aside = reverse("exchange:arrived_set_aside", args=[arrived.pk])
    assert client.post(aside).status_code == 422


def test_programs_bring_bundles_in_as_well(as_program, night_raid, amal):
    program, body = as_program(amal), json.loads(bundle_of(THEIRS))
    sent = {"case": str(night_raid.pk), "bundle": body}
    assert program.post("/api/v1/arrivals/", sent, format="json").status_code == 201
    (row,) = program.get("/api/v1/arrived-objects/", {"kind": "incident"}).json()["results"]
    assert row["as_read"] == THEIRS
    there = f"/api/v1/arrived-objects/{row['id']}/"
    assert program.post(f"{there}set-aside/").json()["state"] == "set-aside"
    assert program.post(f"{there}accept/", {"title": "A"}, format="json").status_code == 422
    wrong = {**sent, "bundle": {**body, "objects": [{"type": "incident"}]}}
    assert program.post("/api/v1/arrivals/", wrong, format="json").status_code == 422
