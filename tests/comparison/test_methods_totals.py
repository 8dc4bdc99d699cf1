"""From rows to a total: groups, caps, counts, and when there is no figure at all."""

import pytest

from comparison.methods.assessment import Agreement, Cap, Outcome, Reason
from comparison.methods.facts import ComponentFacts
from comparison.methods.proposals import worth_proposing
from comparison.methods.rarity import Census, Statistics, agreement_ratio, count_recoveries
from comparison.methods.scoring import assess
from comparison.methods.words import Conclusion
from core.verbal_scale import Support
from tests.comparison.components import SERVOS, TODAY, gyroscope, reference, servo

NO_SERIAL = {"serial": "", "construction": {}}


def test_a_construction_difference_halves_and_must_be_explained():
    left, right = (servo(construction={"wiring": w}) for w in ("red-black", "blue-brown"))
    found = assess(left, right, SERVOS)

    assert found.ratio == pytest.approx(3.9636 * 0.5, abs=0.001)
    assert found.unexplained == ("wiring",)
    assert found.level is Conclusion.INCONCLUSIVE_AGAINST


def test_a_design_speaks_once_for_whoever_copies_it_takes_its_parts_and_its_glue_together():
    same = {"adhesive": "grey epoxy", "wiring": "red-blue", "label-font": "dot", "qc-stamp": "7"}
    counts = SERVOS.holders | dict.fromkeys(same, 2)
    one = servo(construction=same)
    found = assess(one, one, reference(holders=counts))

    assert [row.feature for row in found.rows if row.log10] == ["adhesive"]
    assert found.ratio == 100


def test_unknown_features_come_with_the_design():
    same = {"smell": "solvent", "sound": "hum"}
    one = servo(construction=same)
    found = assess(one, one, reference(holders=SERVOS.holders | dict.fromkeys(same, 2)))
    assert sum(1 for row in found.rows if row.feature in same and row.log10) == 1


def test_the_total_is_capped_and_says_so():
    found = assess(
        gyroscope(lot="L7", concealment="x"),
        gyroscope(lot="L7", concealment="x", serial="SN-004121"),
        reference(holders={"part": 0, "lot": 0, "casting": 0, "concealment": 0}),
    )
    assert found.ratio == 10_000
    assert found.is_capped
    assert found.capped_because is Cap.TOTAL
    assert found.words is Support.STRONG


def test_below_100_recoveries_there_are_words_and_no_figures():
    found = assess(gyroscope(), gyroscope(serial="SN-004128"), reference(recoveries=99))

    assert found.outcome is Outcome.INSUFFICIENT
    assert found.words is Support.INSUFFICIENT
    assert (found.ratio, found.log10) == (None, None)
    assert all(row.ratio is None for row in found.rows)
    assert found.row("part").holders == 3
    assert found.level is Conclusion.SAME_RUN
    assert worth_proposing(found)


def test_a_feature_few_recorded_is_left_out_of_an_otherwise_sound_figure():
    one = servo(concealment="x")
    found = assess(one, one, reference(holders=SERVOS.holders, known={"concealment": 12}))

    assert found.row("concealment").dropped_because is Reason.TOO_FEW
    assert found.ratio == pytest.approx(3.9636, abs=0.001)


def test_nothing_recorded_in_common_is_not_comparable():
    found = assess(ComponentFacts(category="servo", maker="A"), ComponentFacts(), Statistics())
    assert found.outcome is Outcome.NOT_COMPARABLE
    assert found.level is Conclusion.UNSUITABLE
    assert not worth_proposing(found)


def test_the_worse_reading_of_the_two_sets_the_error():
    careless = servo(transcription="ocr")
    unknown = servo(transcription="hearsay")
    ratio = agreement_ratio(248, 1_000, 0.1)

    assert assess(servo(), careless, SERVOS).ratio == pytest.approx(ratio)
    assert assess(servo(), unknown, SERVOS).ratio == pytest.approx(ratio)


def test_measures_are_tested_by_tolerance_and_weigh_nothing():
    left, right = servo(measures={"mass_g": 9.0}), servo(measures={"mass_g": 9.2})
    found = assess(left, right, SERVOS)

    assert found.row("mass_g").agreement is Agreement.SIMILAR
    assert found.row("mass_g").log10 == 0
    far = assess(left, servo(measures={"mass_g": 12.0}), SERVOS)
    assert far.row("mass_g").agreement is Agreement.DIFFER


def test_date_codes_weeks_apart_are_similar_in_their_kindest_reading():
    found = assess(servo(date_code="22W13"), servo(date_code="2215"), SERVOS)
    assert found.row("date-code").dropped_because is Reason.NEAR_DATE


def test_300_items_from_one_seizure_count_as_one_recovery():
    sightings = [("seizure", "SG90")] * 300 + [("wreck-1", "SG90"), ("wreck-2", "MG996")]

    assert count_recoveries(sightings, "SG90") == (2, 3)
    assert count_recoveries(sightings, "SG90", without=["wreck-1", "wreck-2"]) == (1, 1)


def test_a_census_leaves_the_other_recovery_out_of_each_pair():
    census = Census("servo", 1_001, {"part": 249}, {"part": 900}, 3_000, TODAY)

    assert census.without(servo()).count("part") == (248, 899)
    assert census.without(servo()).recoveries == 1_000
    assert census.without(ComponentFacts()).count("part") == (249, 900)


def test_a_feature_may_not_take_the_name_of_a_marking():
    with pytest.raises(ValueError, match="reuse"):
        ComponentFacts(construction={"maker": "x"})


def test_facts_that_change_change_the_fingerprint():
    assert servo().fingerprint == servo().fingerprint
    assert servo().fingerprint != servo(lot="L1").fingerprint
