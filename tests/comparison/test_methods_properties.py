"""What must hold for any two components whatever is recorded about them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from comparison.methods.assessment import Agreement, Assessment, Outcome
from comparison.methods.facts import ComponentFacts
from comparison.methods.ladder import DEPTHS
from comparison.methods.parameters import PARAMETERS, Parameters
from comparison.methods.proposals import worth_proposing
from comparison.methods.rarity import Statistics, agreement_ratio
from comparison.methods.reach import reach_of
from comparison.methods.scoring import assess
from comparison.methods.words import BANNED

N = 1_000
FEATURES = ("casting", "adhesive", "wiring", "label-font", "qc-stamp", "odd")
STATES = (
    "",
    "present-legible",
    "removed-ground",
    "never-present",
    "not-examined",
    "re-marked-falsified",
)


def some(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *values))


COMPONENTS = st.builds(
    ComponentFacts,
    category=st.sampled_from(("servo", "servo", "gyroscope", "")),
    maker=some("A", "B", "A?"),
    maker_status=st.sampled_from(("marked", "inferred", "counterfeit-suspected")),
    part_number=some("V10", "V1O", "V20"),
    serial=some("SN0041", "SN0049", "SN9000", "412", "SN004?"),
    serial_state=st.sampled_from(STATES),
    lot=some("L1", "L2"),
    date_code=some("2213", "2214", "0199"),
    firmware_sha256=some("a" * 64, "b" * 64),
    concealment=some("ground", "drilled"),
    construction=st.dictionaries(
        st.sampled_from(FEATURES), st.sampled_from(("x", "y", "not-examined")), max_size=6
    ),
    measures=st.dictionaries(st.just("mass_g"), st.floats(0.1, 100), max_size=1),
    transcription=st.sampled_from(("double-read", "ocr", "?")),
)
NAMES = (*DEPTHS, "date-code", "serial-state", "concealment", *FEATURES)
REFERENCES = st.builds(
    Statistics,
    recoveries=st.sampled_from((0, 50, 100, N)),
    holders=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100), max_size=12),
    serial_range=st.none() | st.integers(1, 100_000),
)


def figures(found: Assessment) -> Mapping[str, float]:
    return {row.feature: row.log10 for row in found.rows}


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_the_order_of_the_two_never_matters(left, right, statistics):
    assert assess(right, left, statistics).mirrored() == assess(left, right, statistics)


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_a_frozen_assessment_reads_back_equal(left, right, statistics):
    found = assess(left, right, statistics)
    assert Assessment.from_json(json.loads(json.dumps(found.to_json()))) == found


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_facts_that_were_stored_weigh_what_facts_read_anew_do(left, right, statistics):
    stored = ComponentFacts.from_json(json.loads(json.dumps(left.to_json())))

    assert (stored, stored.fingerprint) == (left, left.fingerprint)
    assert (stored.marks, stored.made) == (left.marks, left.made)
    assert assess(stored, right, statistics) == assess(replace(left), right, statistics)


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_the_order_of_entry_never_matters(left, right, statistics):
    turned = replace(left, construction=dict(reversed(list(left.construction.items()))))
    shuffled = replace(statistics, holders=dict(reversed(list(statistics.holders.items()))))
    assert assess(turned, right, shuffled) == assess(left, right, statistics)


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_the_caps_hold(left, right, statistics):
    found = assess(left, right, statistics)
    if found.ratio is not None:
        assert 1 / PARAMETERS.total_cap <= found.ratio <= PARAMETERS.total_cap
    for row in found.rows:
        if row.rung is None and row.feature != "serial" and row.ratio is not None:
            assert row.ratio <= PARAMETERS.feature_cap


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_nested_rungs_never_multiply_and_a_group_speaks_once(left, right, statistics):
    found = assess(left, right, statistics)
    spoken = [(row.group, row.log10 > 0) for row in found.rows if row.log10]

    assert len(spoken) == len(set(spoken))
    agreed = [row for row in found.rows if row.rung and row.log10 > 0]
    assert len(agreed) <= 1


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_only_an_assessed_pair_has_a_figure(left, right, statistics):
    found = assess(left, right, statistics)
    has_figure = found.outcome is Outcome.ASSESSED

    assert (found.ratio is not None) is has_figure
    assert (found.log10 is not None) is has_figure
    if not has_figure:
        assert not any(figures(found).values())
    assert isinstance(worth_proposing(found), bool)


@given(COMPONENTS, COMPONENTS, REFERENCES)
def test_every_row_that_carries_no_weight_says_why(left, right, statistics):
    found = assess(left, right, statistics)
    if found.outcome is Outcome.ASSESSED:
        for row in found.rows:
            assert row.log10 or row.dropped_because or row.ratio == 1 or _unexamined(row)


def _unexamined(row: Any) -> bool:
    return row.agreement is Agreement.NOT_EXAMINED


@given(
    st.integers(0, 400),
    st.sampled_from(("lot", "firmware", "concealment", "adhesive", "wiring", "casting")),
    st.integers(0, 400),
    st.booleans(),
)
def test_one_more_agreement_on_a_rarer_value_never_lowers_the_figure(holders, feature, f, serial):
    base = {"category": "servo", "part_number": "V10"}
    statistics = Statistics(N, {"part": holders, feature: min(f, holders)}, serial_range=5_000)
    left = ComponentFacts(**base, serial="SN1001" if serial else "")
    right = ComponentFacts(**base, serial="SN1010" if serial else "")
    before = assess(left, right, statistics)
    after = assess(*(_also(side, feature) for side in (left, right)), statistics)

    assert after.ratio >= before.ratio


def _also(facts: ComponentFacts, feature: str) -> ComponentFacts:
    if feature == "lot":
        return replace(facts, lot="L1")
    if feature == "firmware":
        return replace(facts, firmware_sha256="a" * 64)
    if feature == "concealment":
        return replace(facts, concealment="ground")
    return replace(facts, construction={feature: "x"})


@given(st.integers(0, 1_000), st.integers(0, 1_000), st.floats(0.001, 0.5))
def test_rarer_always_tells_more(f, more, error):
    rare, common = sorted((f, more))
    assert agreement_ratio(rare, N, error) >= agreement_ratio(common, N, error) >= 1


@given(COMPONENTS, COMPONENTS, REFERENCES)
@settings(max_examples=50)
def test_no_output_claims_an_identity(left, right, statistics):
    text = json.dumps(assess(left, right, statistics).to_json()).lower()
    assert not any(word in text for word in BANNED)


@given(st.floats(1, 200), st.floats(0.01, 1), st.integers(30, 500))
def test_parameters_read_back_equal(scale, factor, minimum):
    chosen = Parameters(batch_scale=scale, part_differs=factor, minimum_recoveries=minimum)
    assert Parameters.from_json(json.loads(json.dumps(chosen.to_json()))) == chosen


CHANGES = st.one_of(
    *(
        st.fixed_dictionaries({name: st.sampled_from(values)})
        for name, values in {
            "category_differs": (0.01, 0.5),
            "maker_differs": (0.01, 0.9),
            "part_differs": (0.01, 0.9),
            "lot_differs": (0.1, 0.9),
            "construction_differs": (0.1, 0.9),
            "date_differs": (0.1, 0.9),
            "date_tolerance_days": (0, 7, 60),
            "batch_scale": (10.0, 200.0),
            "batch_weight": (0.1, 0.9),
            "feature_cap": (50.0,),
            "minimum_recoveries": (50,),
        }.items()
    )
)


@given(COMPONENTS, COMPONENTS, REFERENCES, st.lists(CHANGES, min_size=1, max_size=2))
@settings(max_examples=300)
def test_what_a_change_of_parameters_does_not_reach_says_the_same(left, right, statistics, changes):
    changed = {name: value for change in changes for name, value in change.items()}
    other = replace(PARAMETERS, version="other", **changed)
    before = assess(left, right, statistics)
    reaches = reach_of(PARAMETERS, other)
    if not any(reach.holds(row) for reach in reaches for row in before.to_json()["rows"]):
        after = assess(left, right, statistics, other)
        assert replace(after, parameters_version=before.parameters_version) == before
