"""Under which heading a pair stands in the queue follows from its facts, and weighs nothing."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.methods.assessment import Assessment
from comparison.methods.facts import ComponentFacts
from comparison.methods.found_by import FoundBy, found_by, place_in_queue
from comparison.methods.rarity import Statistics
from comparison.methods.scoring import assess
from comparison.models import vocabulary
from tests.comparison.test_methods_properties import COMPONENTS, REFERENCES, N

SERVO = ComponentFacts(category="servo", maker="Aerotek", part_number="SG-90")
KNOWN = Statistics(recoveries=N, holders={"maker": 40, "part": 3}, serial_range=3_000)


def way_of(left: ComponentFacts, right: ComponentFacts, counted: Statistics = KNOWN) -> FoundBy:
    found = assess(left, right, counted)
    return found_by(found.rows, found.alerts)


@pytest.mark.parametrize(
    ("ours", "theirs", "way"),
    [
        ({"serial": "SN-4120"}, {"serial": "SN-4120"}, "one-object"),
        ({"photos": ("a",)}, {"photos": ("a",), "part_number": "V-10"}, "one-object"),
        ({"serial": "SN-4120", "lot": "L1"}, {"serial": "SN-4128", "lot": "L1"}, "near-serial"),
        ({"serial": "SN-41?0"}, {"serial": "SN-4120"}, "near-serial"),
        ({"serial": "SN-4120"}, {"serial": "SN-9820"}, "part"),
        ({"lot": "L1", "concealment": "ground"}, {"lot": "L1"}, "batch-mark"),
        ({"firmware_sha256": "a" * 64}, {"firmware_sha256": "a" * 64}, "batch-mark"),
        ({"date_code": "2213"}, {"date_code": "2213"}, "batch-mark"),
        ({"construction": {"qc-stamp": "7"}}, {"construction": {"qc-stamp": "7"}}, "batch-mark"),
        ({"concealment": "ground"}, {"concealment": "ground"}, "concealment"),
        ({"concealment": "ground"}, {"concealment": "drilled"}, "part"),
        ({}, {"part_number": "5G-90"}, "misreading"),
        ({}, {"part_number": "SG-9?"}, "misreading"),
        ({}, {"part_number": "SG-907"}, "misreading"),
        ({"date_code": "2213"}, {"date_code": "2213", "part_number": "V-10"}, "other-values"),
        ({}, {"part_number": "V-10"}, "other-values"),
    ],
)
def test_a_pair_stands_under_the_most_telling_evidence_that_agrees(ours, theirs, way):
    assert way_of(replace(SERVO, **ours), replace(SERVO, **theirs)) == way


def test_a_number_of_another_part_or_another_maker_puts_nobody_together():
    near = replace(SERVO, serial="SN-4120"), replace(SERVO, serial="SN-4128", part_number="V-10")
    assert way_of(*near) == "other-values"
    lots = replace(SERVO, lot="L1"), replace(SERVO, lot="L1", part_number="V-10")
    assert way_of(*lots) == "other-values"
    nameless = ComponentFacts(category="servo", lot="L1")
    assert way_of(nameless, nameless) == "other-values"


def test_one_part_number_brings_a_pair_up_whoever_made_it():
    assert way_of(SERVO, replace(SERVO, maker="Boreal")) == "part"


@given(COMPONENTS, COMPONENTS, REFERENCES, REFERENCES)
def test_neither_the_order_of_the_two_nor_any_count_matters(left, right, counted, otherwise):
    assert way_of(left, right, counted) == way_of(right, left, counted)
    assert way_of(left, right, counted) == way_of(left, right, otherwise)


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_what_was_frozen_says_the_same(left, right, counted):
    found = assess(left, right, counted)
    frozen = Assessment.from_json(json.loads(json.dumps(found.to_json())))
    assert found_by(frozen.rows, frozen.alerts) == found_by(found.rows, found.alerts)


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_one_photograph_more_under_both_puts_a_pair_first(left, right, counted):
    ours, theirs = (replace(facts, photos=("one",)) for facts in (left, right))
    assert way_of(ours, theirs, counted) == FoundBy.ONE_OBJECT


@given(
    st.sampled_from(FoundBy), st.sampled_from(FoundBy), st.integers(-99, 99), st.integers(-99, 99)
)
def test_the_queue_goes_by_the_evidence_first_and_by_the_rank_within_it(one, other, rank, beside):
    ways = list(FoundBy)
    mine, theirs = (-ways.index(one), rank), (-ways.index(other), beside)
    places = place_in_queue(one, rank), place_in_queue(other, beside)
    assert (places[0] > places[1]) is (mine > theirs)
    assert (places[0] == places[1]) is (mine == theirs)


def test_every_sort_of_evidence_has_its_words():
    assert list(vocabulary.FoundBy.values) == [way.value for way in FoundBy]
