"""MISP as pure code: the same values are the same bytes, and what comes in is kept as it is."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.formats.arriving import MISP, STIX, read_file
from exchange.formats.elsewhere import LARGEST, MOST, WrongBundle
from exchange.formats.misp.arriving import EVENT, read_event
from exchange.formats.misp.event import About, Story, pieces
from exchange.formats.misp.objects import Head, Untemplated, Value, misp_object
from exchange.formats.misp.telling import told_of
from exchange.formats.stix import objects
from exchange.formats.stix.extensions import AUTHOR
from exchange.models.arrival import MISP_EVENT

NIGHT = datetime(2026, 3, 14, 2, 40, 0, 123_456, UTC)
WHOLE = "5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c22"
PART = "5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c23"
PLAIN = st.text(st.characters(codec="utf-8"), max_size=20)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(-1e9, 1e9) | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=20,
)
ATTRIBUTE = {"object_relation": "summary", "type": "text", "value": "Strike on the pier"}
THING = {"uuid": PART, "name": "temporal-event", "Attribute": [ATTRIBUTE]}


def about(key, **more):
    facts = {"created": NIGHT, "modified": NIGHT, "tlp": "amber", "by": AUTHOR, **more}
    return objects.About(key=key, **facts)


def attack_and_exhibit():
    """An attack with its place and one exhibit, in the order in which they are told."""
    attack = objects.incident(
        about("1"),
        name="Attack on the pier",
        description="Two came.",
        facts={
            **{"reference": "INC-0001", "status": "reported", "attack_mode": "FPV-strike"},
            **{"launched_min": 0, "launched_max": 2, "occurred_from": "2026-03-14T02:40:00.000Z"},
            "gradings": [{"reliability": "B", "credibility": "2"}],
        },
    )
    place = objects.location(
        about("place/1"), name="Pier", country="IQ", point=(33.5, 44.25), precision=50,
        facts={"place_precision": "street"},
    )  # fmt: skip
    tie = objects.relationship(
        about("t"), name="located-at", source=attack["id"], target=place["id"]
    )
    said = {"exhibit_no": "EV-0001", "item_kind": "gyroscope-imu", "short_description": "A gyro"}
    exhibit = objects.new_object("x-evidence-item", about("e", reference="C-1/EV-0001"), said)
    return [attack, place, tie, exhibit]


def exported(things):
    """The bytes of an event with these."""
    story = Story()
    lines = [line for thing in things for line in story.take(thing)]
    head = story.head(
        About(WHOLE, "A raid", "open", NIGHT, PART, "Mission"), tlp="green", pap="amber"
    )
    return b"".join(pieces(head, map(story.complete, lines)))


def event(*things, **more):
    return json.dumps({"Event": {"uuid": WHOLE, "info": "Raid", "Object": things, **more}}).encode()


def test_an_event_is_the_same_bytes_each_time_and_bears_its_strictest_colour():
    told = json.loads(exported(attack_and_exhibit()))["Event"]
    assert exported(attack_and_exhibit()) == exported(attack_and_exhibit())
    assert [tag["name"] for tag in told["Tag"]] == ["tlp:amber", "PAP:AMBER"]
    assert (told["distribution"], told["published"], told["date"]) == ("1", False, "2026-03-14")
    assert (told["threat_level_id"], told["analysis"]) == ("4", "1")


def test_an_exported_event_is_put_together_again_from_its_parts():
    data = exported(attack_and_exhibit())
    head, *parts = read_event(data)
    inner = [json.loads(part.body) for part in parts]
    again = {**json.loads(head.body), "Attribute": [], "Object": inner}
    assert {"Event": again} == json.loads(data)
    assert {part.tlp for part in parts} == {"amber"}
    attack = next(part for part in parts if part.kind == "temporal-event")
    told = told_of(json.loads(attack.body), attack.kind, inner)
    assert (told.title, told.narrative) == ("Attack on the pier", "Two came.")
    assert (told.place_name, told.country, told.latitude) == ("Pier", "IQ", 33.5)
    assert told.counts == {"launched_min": 0, "launched_max": 2}
    assert told.words["attack_mode"] == "FPV-strike"
    assert told.occurred_from == datetime(2026, 3, 14, 2, 40, tzinfo=UTC)


def test_nothing_points_at_what_is_not_in_the_event():
    attack, place, tie, _exhibit = attack_and_exhibit()
    inside = json.loads(exported([attack, tie]))["Event"]["Object"]
    found = [each["referenced_uuid"] for thing in inside for each in thing["ObjectReference"]]
    assert set(found) <= {thing["uuid"] for thing in inside}
    assert place["id"].partition("--")[2] not in found


def test_a_value_that_the_template_has_no_place_for_is_a_fault_of_ours():
    head = Head(PART, "0", "clear")
    with pytest.raises(Untemplated):
        misp_object("physical-item", head, [Value("guilt", "7")])
    with pytest.raises(Untemplated):
        misp_object("physical-item", head, [Value("description", "a"), Value("description", "b")])


@given(st.dictionaries(st.from_regex("[a-z_]{3,12}", fullmatch=True), ANYTHING, max_size=6))
def test_properties_that_nobody_here_knows_come_back_as_they_came(more):
    thing = {**more, **THING, "ObjectReference": [more]}
    head, part = read_event(event(thing, x_more=more))
    assert json.loads(part.body) == thing
    assert json.loads(head.body)["x_more"] == more


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (event(THING)[:-9], "not-json"),
        (event(THING).decode().encode("utf-16"), "not-utf8"),
        (event({**THING, "comment": "\ud800"}), "not-utf8"),
        (b'{"Event": 7}', "no-event"),
        (b'{"Event": {"uuid": 7}}', "no-event"),
        (b'{"response": []}', "no-event"),
        (b'{"response": [{}, {}]}', "many-events"),
        (event(Attribute={}), "no-event"),
        (event(uuid=7), "wrong-object"),
        (event(7), "wrong-object"),
        (event({**THING, "uuid": "1"}), "wrong-object"),
        (event({**THING, "name": ["uav"]}), "wrong-object"),
        (event({**THING, "name": "n" * 61}), "wrong-object"),
        (event({**THING, "Attribute": "none"}), "wrong-object"),
        (event({**THING, "Attribute": [{"type": "text", "value": None}]}), "wrong-object"),
        (event({**THING, "Attribute": [{**ATTRIBUTE, "Tag": "red"}]}), "wrong-object"),
        (event(Tag=[7]), "wrong-object"),
        (b'{"Event": {"info": "a", "info": "b"}}', "name-twice"),
        (b'{"Event": [' + b"9" * 5000 + b"]}", "huge-number"),
        (b'{"Event":' * 50_000, "too-deep"),
        (b" " * (LARGEST + 1), "too-large"),
        (event(*[THING] * MOST), "too-many"),
    ],
)
def test_a_wrong_event_is_told_by_a_code_and_nothing_of_it_is_used(data, code):
    with pytest.raises(WrongBundle) as wrong:
        read_file(data)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("more", "inner", "tlp"),
    [
        ({"Tag": [{"name": "tlp:white"}]}, [], "clear"),
        ({"Tag": [{"name": "TLP:AMBER+STRICT"}]}, [], "amber+strict"),
        ({"Tag": [{"name": "tlp:unclear"}]}, [], "red"),
        ({"Tag": [{"name": "tlp:red"}]}, [{"name": "tlp:green"}], "green"),
        ({"Tag": [{"name": "tlp:green"}]}, [{"name": "tlp:red"}], "red"),
        ({"distribution": 0}, [], "amber+strict"),
        ({"distribution": "3"}, [], "clear"),
        ({}, [], "amber"),
    ],
)
def test_a_part_is_as_strict_as_its_attributes_and_they_as_their_event(more, inner, tlp):
    thing = {**THING, "Attribute": [{**ATTRIBUTE, "Tag": inner}]}
    _head, part = read_event(event(thing, **more))
    assert part.tlp == tlp


def test_what_may_be_done_with_a_part_is_what_its_event_allows_at_most():
    asked = [{"name": "PAP:AMBER"}, {"name": "tlp:clear"}]
    free, bound = THING, {**THING, "Attribute": [{**ATTRIBUTE, "Tag": [{"name": "PAP:black"}]}]}
    head, first, second = read_event(event(free, bound, Tag=asked))
    assert (head.pap, first.pap, second.pap) == ("amber", "amber", "red")


def test_a_file_says_itself_which_format_it_has():
    assert read_file(event(THING))[0] == MISP
    bundle = {"type": "bundle", "objects": [attack_and_exhibit()[0]]}
    assert read_file(json.dumps(bundle).encode())[0] == STIX
    assert EVENT == MISP_EVENT


def test_an_event_as_a_whole_is_understood_by_its_only_place_and_aircraft():
    place = {
        **{"uuid": PART, "name": "geolocation"},
        "Attribute": [
            {"object_relation": "latitude", "type": "float", "value": "33.5"},
            {"object_relation": "longitude", "type": "float", "value": "1e999"},
            {"object_relation": "countrycode", "type": "text", "value": "iq"},
        ],
    }
    aircraft = {"object_relation": "model", "type": "text", "value": "Heron-3"}
    weapon = {"uuid": PART, "name": "uav", "Attribute": [aircraft]}
    head = {"info": "Raid on\nthe pier", "date": "2026-03-14"}
    told = told_of(head, EVENT, [place, weapon])
    assert (told.title, told.country, told.latitude) == ("Raid on the pier", "IQ", None)
    assert (told.weapon_as_stated, told.occurred_as_stated) == ("Heron-3", "2026-03-14")
    assert told.occurred_from is None, "the day of an event is often that of its report"


@given(st.dictionaries(st.sampled_from(["first_seen", "Attribute", "ObjectReference"]), ANYTHING))
def test_whatever_stands_in_an_object_it_is_told_without_failing(words):
    told_of({**THING, **words}, "temporal-event", [THING])
    told_of(words, EVENT, [{**words, "name": "geolocation"}])


NAMES = st.sampled_from(["uuid", "info", "Tag", "Object", "Attribute", "distribution", "name"])


@given(st.dictionaries(NAMES, ANYTHING | st.lists(st.dictionaries(NAMES, ANYTHING), max_size=3)))
def test_whatever_an_event_holds_it_is_read_or_refused(words):
    told = {"Event": {"uuid": WHOLE, "info": "Raid", **words}}
    try:
        parts = read_event(json.dumps(told).encode())
    except WrongBundle:
        return
    assert all(part.body.encode() and part.tlp and part.pap for part in parts)
