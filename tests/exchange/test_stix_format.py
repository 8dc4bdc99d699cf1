"""STIX as pure code: the same values are the same bytes, and what comes in is kept as it is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.formats.elsewhere import LARGEST, MOST, WrongBundle
from exchange.formats.stix import objects
from exchange.formats.stix.arriving import read_bundle
from exchange.formats.stix.bundle import pieces
from exchange.formats.stix.extensions import AUTHOR, EXTENSIONS, author, extension_id
from exchange.formats.stix.markings import TLP_IDS, marking_definition, strictest
from exchange.formats.stix.objects import About
from exchange.formats.stix.shape import Misshapen, require_shape
from exchange.formats.stix.telling import told_of
from exchange.formats.stix.words import canonical, digest_of, moment, object_id, read_moment

NIGHT = datetime(2026, 3, 14, 2, 40, 0, 123_456, UTC)
INCIDENT = "incident--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c22"
HEAD = {
    "type": "incident",
    "spec_version": "2.1",
    "id": INCIDENT,
    "created": "2026-03-14T08:00:00.000Z",
    "modified": "2026-03-14T08:00:00.000Z",
}
PLAIN = st.text(st.characters(codec="utf-8"), max_size=20)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(-1e9, 1e9) | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=20,
)


def about(key="1", **more):
    facts = {"created": NIGHT, "modified": NIGHT, "tlp": "amber", "by": AUTHOR, **more}
    return About(key=key, **facts)


def exhibit(**facts):
    said = {"exhibit_no": "EV-0001", "item_kind": "gyroscope-imu", "short_description": "A gyro"}
    return objects.new_object("x-evidence-item", about(), {**said, **facts})


def bundle(*things):
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": list(things)}).encode()


@given(st.dictionaries(PLAIN, ANYTHING, max_size=6), st.randoms())
def test_the_same_object_is_the_same_bytes_in_whatever_order_it_was_made(thing, chance):
    names = list(thing)
    chance.shuffle(names)
    turned = {name: thing[name] for name in names}
    assert canonical(turned) == canonical(thing)
    assert json.loads(canonical(thing)) == thing


def test_an_identifier_is_the_same_for_ever():
    made = object_id("incident", "0190c2a4-7d1e-4c3a-9b1e-5d2f6a7b8c9d")
    assert made == "incident--d1836b5c-f81a-5085-9e0a-8844f3e657a9"
    assert object_id("location", "0190c2a4-7d1e-4c3a-9b1e-5d2f6a7b8c9d")[10:] != made[10:]


@given(st.integers(-(5 * 10**15), 5 * 10**15))
def test_a_moment_is_told_to_the_millisecond(microseconds):
    at = NIGHT + timedelta(microseconds=microseconds)
    back = read_moment(moment(at))
    assert back is not None
    assert timedelta() <= at - back < timedelta(milliseconds=1)


def test_nought_is_said_and_nothing_is_left_out():
    thing = objects.incident(
        about(),
        name="Attack",
        description="",
        facts={"reference": "INC-1", "status": "reported", "attack_mode": "x", "launched_min": 0},
    )
    facts = thing["extensions"][extension_id("vestige-incident")]
    assert facts["launched_min"] == 0
    assert "description" not in thing
    assert require_shape(thing) is thing


def test_a_place_of_which_nothing_is_known_is_no_location():
    known = {"name": "Pier", "precision": None, "facts": {"place_precision": "unknown"}}
    assert objects.location(about(), country="", point=None, **known) is None
    placed = objects.location(about(), country="IQ", point=None, **known)
    assert require_shape(placed)["country"] == "IQ"


def test_what_programs_need_to_understand_us_is_of_sound_shape():
    for thing in [author(), *(extension.definition() for extension in EXTENSIONS)]:
        require_shape(thing)
    for tlp in TLP_IDS:
        assert require_shape(marking_definition(tlp))["name"] == f"TLP:{tlp.upper()}"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"modified": "2020-01-01T00:00:00.000Z"}, "before created"),
        ({"id": INCIDENT}, "does not fit"),
        ({"incident_ref": "INC-0001"}, "no identifier"),
        ({"quantity": -1}, "no whole number"),
        ({"guilt": 7}, "unknown"),
        ({"hazards": []}, "empty"),
        ({"exhibit_no": None}, "exhibit_no"),
        ({"extensions": {}}, "which extension"),
    ],
)
def test_what_would_be_no_stix_stays_here(wrong, complaint):
    with pytest.raises(Misshapen, match=complaint):
        require_shape({**exhibit(), **wrong})


def test_a_digest_tells_versions_apart_by_what_they_say():
    thing = exhibit()
    assert digest_of({**thing, "modified": "2030-01-01T00:00:00.000Z"}) == digest_of(thing)
    assert digest_of({**thing, "unit": "pcs"}) != digest_of(thing)


def test_a_bundle_is_one_json_and_named_by_what_is_in_it():
    one, two = canonical(exhibit()), canonical(author())
    first = b"".join(pieces([one, two]))
    told = json.loads(first)
    assert [thing["type"] for thing in told["objects"]] == ["x-evidence-item", "identity"]
    assert b"".join(pieces([one, two])) == first
    assert json.loads(b"".join(pieces([one])))["id"] != told["id"]


@given(st.dictionaries(st.from_regex("[a-z_]{3,12}", fullmatch=True), ANYTHING, max_size=6))
def test_properties_that_nobody_here_knows_come_back_as_they_came(more):
    thing = {**more, **HEAD, "name": "Attack"}
    thing.pop("object_marking_refs", None)
    (arrived,) = read_bundle(bundle(thing))
    assert json.loads(arrived.body) == thing


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-json"),
        (bundle(HEAD)[:-9], "not-json"),
        (bundle(HEAD).decode().encode("utf-16"), "not-utf8"),
        (bundle({**HEAD, "name": "\ud800"}), "not-utf8"),
        (b"[]", "no-bundle"),
        (b'{"type": "report"}', "no-bundle"),
        (b'{"type": "bundle", "objects": {}}', "no-objects"),
        (bundle(), "no-objects"),
        (bundle(7), "wrong-object"),
        (bundle({**HEAD, "modified": "yesterday"}), "no-moment"),
        (bundle({**HEAD, "created": "2026-03-14T08:00:00+01:00"}), "no-moment"),
        (bundle({**HEAD, "created": 7}), "no-moment"),
        (bundle({"type": "incident", "id": HEAD["id"]}), "no-moment"),
        (bundle({**HEAD, "type": ["incident"]}), "wrong-object"),
        (bundle({**HEAD, "type": "report"}), "wrong-object"),
        (bundle({**HEAD, "id": "incident--1"}), "wrong-object"),
        (bundle({**HEAD, "object_marking_refs": "red"}), "wrong-object"),
        (bundle({**HEAD, "spec_version": "2.0"}), "other-version"),
        (b'{"type": "bundle", "type": "bundle"}', "name-twice"),
        (b'{"type": "bundle", "objects": [1e999]}', "huge-number"),
        (b'{"type": "bundle", "objects": [NaN]}', "huge-number"),
        (b'{"type": "bundle", "objects": [' + b"9" * 5000 + b"]}", "huge-number"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 50_000, "too-deep"),
        (b'"\\' * 500_000, "not-json"),
        (b" " * (LARGEST + 1), "too-large"),
        (bundle(*[HEAD] * (MOST + 1)), "too-many"),
    ],
)
def test_a_wrong_bundle_is_told_by_a_code_and_nothing_of_it_is_used(data, code):
    with pytest.raises(WrongBundle) as wrong:
        read_bundle(data)
    assert wrong.value.code == code


def test_marks_are_read_by_the_strictest_and_an_unknown_one_is_red():
    assert strictest([]) == "clear"
    assert strictest([TLP_IDS["green"], TLP_IDS["amber+strict"]]) == "amber+strict"
    assert strictest(["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"]) == "green"
    assert strictest(["marking-definition--11111111-1111-4111-8111-111111111111"]) == "red"


def test_what_an_incident_tells_is_understood_as_far_as_it_makes_sense():
    facts = {
        "attack_mode": "FPV-strike",
        "occurred_from": "2026-03-14T02:40:00.000Z",
        "occurred_to": "2026-03-13T02:40:00.000Z",
        "launched_min": 9,
        "launched_max": 2,
        "arrived_min": True,
        "intercepted_min": 3,
    }
    attack = {
        **HEAD,
        "name": " A\x00n attack\n",
        "extensions": {extension_id("vestige-incident"): facts},
    }
    place = {
        "type": "location",
        "id": "location--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c22",
        "latitude": 33.1,
        "longitude": 400,
        "country": "iq",
    }
    tie = {
        "type": "relationship",
        "relationship_type": "located-at",
        "source_ref": INCIDENT,
        "target_ref": place["id"],
    }
    told = told_of(attack, [tie, place])
    assert (told.title, told.country, told.latitude) == ("An attack", "IQ", None)
    assert told.occurred_from == datetime(2026, 3, 14, 2, 40, tzinfo=UTC)
    assert told.occurred_to is None
    assert told.counts == {"intercepted_min": 3}
    assert told.words["attack_mode"] == "FPV-strike"


@given(st.dictionaries(st.sampled_from(["name", "extensions", "description"]), ANYTHING))
def test_whatever_stands_in_an_incident_it_is_told_without_failing(words):
    told_of({**HEAD, **words}, [words])
