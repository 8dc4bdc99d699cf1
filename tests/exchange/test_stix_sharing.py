"""What leaves a case as STIX: the same each time, marked, without blame before its release."""

import hashlib
from datetime import timedelta

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
from exchange.formats.stix.extensions import extension_id
from exchange.formats.stix.markings import TLP_IDS
from exchange.formats.stix.words import is_identifier
from exchange.models import StixVersion
from investigations import services as investigations
from investigations.models import Case
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.attribution.conftest import hand_in_and_approve
from tests.exchange.conftest import objects_in, only, taken


def test_the_same_case_is_the_same_bundle_byte_for_byte(furnished, soraya):
    first = taken(furnished, soraya)
    assert taken(furnished, soraya) == first
    assert not [one["id"] for one in objects_in(first) if not is_identifier(one["id"])]


def test_what_is_recorded_stands_in_objects_that_point_at_one_another(furnished, gyro, soraya):
    data = taken(furnished, soraya)
    attack, item = only(data, "incident"), only(data, "x-evidence-item")
    component, weapon = only(data, "x-weapon-component"), only(data, "x-weapon-system")
    facts = attack["extensions"][extension_id("vestige-incident")]
    assert (facts["launched_min"], facts["launched_max"]) == (0, 3)
    assert facts["casualties"] == [{"at_least": 2, "group": "civilian", "harm": "injured"}]
    assert (item["exhibit_no"], item["incident_ref"]) == (gyro.exhibit_no, attack["id"])
    assert (component["item_ref"], component["serial_number"]) == (item["id"], "SN-0041?")
    assert component["markings"][0]["state"] == "present-partial"
    assert weapon["item_refs"] == [item["id"]]
    ties = {
        (one["relationship_type"], one["source_ref"]) for one in objects_in(data, "relationship")
    }
    assert {("located-at", attack["id"]), ("has-site", attack["id"])} <= ties
    assert {("recovered-from", item["id"]), ("located-at", item["id"])} <= ties
    assert attack["object_marking_refs"] == [TLP_IDS["amber"]]
    assert {one["id"] for one in objects_in(data, "marking-definition")} == set(TLP_IDS.values())
    assert only(data, "grouping")["name"] == furnished.public_title


def test_custody_is_told_with_its_lines_and_without_its_people(furnished, gyro, soraya):
    data = taken(furnished, soraya)
    events = objects_in(data, "x-custody-event")
    lines = set(Entry.objects.of_log(furnished.pk).values_list("position", flat=True))
    assert [one["event_kind"] for one in events][-2:] == ["transferred-out", "received"]
    assert {one["ledger_position"] for one in events} <= lines
    for name in ("Amal", "Lena", "lena", "Sergeant Roe", "Soraya"):
        assert name not in data.decode()


def test_no_actor_is_named_before_a_finding_about_them_is_released(furnished, finding, soraya):
    data = taken(furnished, soraya).decode()
    assert "name withheld" in data
    assert "ormorant" not in data
    assert "الغاق" not in data
    assert not {"threat-actor", "x-attribution-finding"} & {
        one["type"] for one in objects_in(data.encode())
    }


def test_a_released_finding_names_whom_it_is_about_and_says_attributed_to(
    furnished, blamed, brigade, soraya
):
    data = taken(furnished, soraya)
    actor, found = only(data, "threat-actor"), only(data, "x-attribution-finding")
    assert actor["name"] == "Cormorant Brigade"
    assert found["subject_ref"] == actor["id"]
    assert (found["level"], found["likelihood"]) == (5, "very-likely")
    assert found["analytic_confidence"] == "moderate"
    assert "confidence" not in found, "likelihood and confidence are never one figure"
    assert [one["target_ref"] for one in ties_called(data, "attributed-to")] == [actor["id"]]
    assert "Cormorant Brigade" in only(data, "incident")["description"]
    assert found["evidence_left_out"] == 1, "the guard who is cited stays here"


def test_a_finding_on_the_making_blames_nobody(night_raid, technical_released, soraya):
    data = taken(night_raid, soraya)
    assert only(data, "x-attribution-finding")["level_words"] == "country or maker of this unit"
    assert ties_called(data, "attributed-to") == []
    assert objects_in(data, "threat-actor") == []


def test_dissent_leaves_with_the_finding(night_raid, technical, amal, rami, dana, soraya):
    attribution.record_dissent(technical, by=amal, text="It was copied.", likelihood="unlikely")
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    attribution.release_finding(technical, by=dana, audience="partners", tlp="amber")
    found = only(taken(night_raid, soraya), "x-attribution-finding")
    assert found["dissents"] == [{"likelihood": "unlikely", "view": "It was copied."}]


@pytest.mark.parametrize(("audience", "tlp"), [("team", "amber"), ("partners", "red")])
def test_a_finding_stays_that_is_for_others_or_marked_beyond(
    night_raid, technical, amal, rami, dana, soraya, audience, tlp
):
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    attribution.release_finding(technical, by=dana, audience=audience, tlp=tlp)
    assert objects_in(taken(night_raid, soraya, up_to="amber"), "x-attribution-finding") == []


def test_a_finding_that_was_superseded_is_taken_back(night_raid, technical_released, soraya):
    services.offer_case(night_raid, by=soraya, up_to="amber")
    type(technical_released).objects.update(status="superseded")
    assert only(taken(night_raid, soraya), "x-attribution-finding")["revoked"] is True


def test_a_confirmed_comparison_leaves_and_one_that_is_only_proposed_does_not(
    night_raid, link, soraya
):
    assert objects_in(taken(night_raid, soraya), "x-comparison") == []
    type(link).objects.update(state="confirmed", examiners=2)
    data = taken(night_raid, soraya)
    likeness = only(data, "x-comparison")
    assert likeness["component_refs"] == sorted(
        one["id"] for one in objects_in(data, "x-weapon-component")
    )
    assert likeness["likelihood_ratio"] > 1


@pytest.mark.parametrize(
    "closed",
    [
        Handling(compartments=frozenset({"LANTERN"})),
        Handling(clearance=1),
        Handling(tlp="red"),
    ],
)
def test_what_no_colour_can_say_stays_and_nothing_points_at_it(furnished, gyro, soraya, closed):
    soraya.compartments, soraya.clearance = ["LANTERN"], 3
    soraya.save()
    mark_more_strictly(Item.objects.get(pk=gyro.pk), closed, by=soraya, reason="It is a trap.")
    exported = services.export_case(furnished, by=soraya, up_to="amber")
    data = exported.held.read()
    assert exported.told.withheld > 0
    kinds = {one["type"] for one in objects_in(data)}
    assert not kinds & {"x-evidence-item", "x-weapon-component", "x-custody-event"}
    assert references_of(data) <= {one["id"] for one in objects_in(data)}


def test_what_a_caveat_keeps_here_is_refused_or_left_out(furnished, gyro, bureau, amal, soraya):
    evidence.add_caveat(gyro, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 4.")
    with pytest.raises(Refused, match=gyro.exhibit_no):
        services.export_case(furnished, by=soraya, up_to="amber")
    data = taken(furnished, soraya, leave_out=True)
    kinds = {one["type"] for one in objects_in(data)}
    assert not kinds & {"x-evidence-item", "x-weapon-component", "x-weapon-system"}
    assert references_of(data) <= {one["id"] for one in objects_in(data)}


def test_a_sensitive_site_is_told_only_roughly(furnished, strike, amal, soraya):
    investigations.enter_site(
        strike, by=amal, name="Safe house", kind="workshop", sensitive=True,
        place_name="Third street", latitude="33.312345", longitude="44.361234",
    )  # fmt: skip
    told = taken(furnished, soraya).decode()
    assert "33.312345" not in told
    assert "Safe house" not in told and "Third street" not in told


def test_it_takes_the_duty_an_open_case_and_the_end_of_an_embargo(night_raid, amal, soraya):
    with pytest.raises(PermissionDenied):
        services.export_case(night_raid, by=amal, up_to="red")
    with pytest.raises(Refused, match="TLP:AMBER"):
        services.export_case(night_raid, by=soraya, up_to="green")
    later = timezone.now() + timedelta(days=3)
    Case.objects.filter(pk=night_raid.pk).update(embargo_until=later)
    with pytest.raises(Refused, match="embargo"):
        services.offer_case(night_raid, by=soraya, up_to="red")


def test_each_bundle_leaves_a_line_with_its_digest(night_raid, strike, soraya):
    data = taken(night_raid, soraya)
    line = Entry.objects.about(night_raid).latest("position")
    assert line.act == "exchange.stix_exported"
    assert line.facts["sha256"] == hashlib.sha256(data).hexdigest()
    assert line.facts["objects"] == len(objects_in(data))


def test_what_changes_is_a_later_version_and_all_else_stays_what_it_was(
    night_raid, strike, harbour, amal, soraya
):
    before = {one["id"]: one for one in objects_in(taken(night_raid, soraya), "incident")}
    investigations.amend_incident(strike, by=amal, version=1, title="Attack at dawn")
    after = {one["id"]: one for one in objects_in(taken(night_raid, soraya), "incident")}
    (changed,) = [key for key in after if after[key] != before[key]]
    assert after[changed]["modified"] > before[changed]["modified"]
    assert StixVersion.objects.filter(stix_id=changed).count() == 2


def test_the_page_lets_a_case_out_and_puts_it_on_offer(client, night_raid, strike, amal, soraya):
    there, share = (
        reverse(f"exchange:{name}", args=[night_raid.pk]) for name in ("case_stix", "stix_share")
    )
    client.force_login(soraya)
    file = client.post(share, {"way": "download", "up_to": "amber"})
    assert file["Content-Type"].startswith("application/stix+json")
    assert only(b"".join(file.streaming_content), "incident")["name"] == strike.title
    assert client.post(share, {"way": "offer", "up_to": "amber"}).status_code == 302
    page = client.get(there).content.decode()
    assert reverse("taxii:collection", args=[night_raid.pk]) in page
    assert client.post(share, {"way": "offer", "up_to": "clear"}).status_code == 422
    client.force_login(amal)
    assert "share-form" not in client.get(there).content.decode()


def test_a_program_takes_the_case_away_once_for_each_key(as_program, night_raid, strike, soraya):
    there, program = f"/api/v1/cases/{night_raid.pk}/stix/", as_program(soraya)
    answer = program.post(there, {"up_to": "amber"}, format="json")
    assert only(b"".join(answer.streaming_content), "incident")["name"] == strike.title
    assert program.post(there, {"up_to": "black"}, format="json").status_code == 422
    offered = program.post(f"{there[:-1]}-offer/", {"up_to": "amber"}, format="json").json()
    assert offered["fresh"] == offered["objects"] > 0
    ended = f"/api/v1/cases/{night_raid.pk}/withdraw-stix-offer/"
    key = {"HTTP_IDEMPOTENCY_KEY": "off-1"}
    assert program.post(ended, **key).json() == {"gone": offered["objects"]}
    assert program.post(ended, **key).json() == {"gone": offered["objects"]}
    assert program.post(ended).status_code == 422


def ties_called(data, name):
    return [one for one in objects_in(data, "relationship") if one["relationship_type"] == name]


def references_of(data):
    """Every identifier that one object of a bundle names of another, apart from its author's."""
    found = set()
    for one in objects_in(data):
        for name, value in one.items():
            if name.endswith("_ref"):
                found.add(value)
            if name.endswith("_refs"):
                found |= set(value)
    return found
