"""The worked examples of docs/comparison-method.md, figure by figure."""

import pytest

from comparison.methods.assessment import Agreement, Alert, Outcome, Reason
from comparison.methods.proximity import proximity_ratio
from comparison.methods.rarity import agreement_ratio
from comparison.methods.scoring import assess
from comparison.methods.words import Conclusion, Side
from core.verbal_scale import Support
from tests.comparison.components import SERVOS, gyroscope, reference, servo


def test_a_rare_gyroscope_with_serials_8_apart_and_the_same_casting_is_strong():
    found = assess(gyroscope(), gyroscope(serial="SN-004128"), reference())

    assert found.outcome is Outcome.ASSESSED
    assert found.ratio == pytest.approx(6_399, abs=0.5)
    assert (found.words, found.side) == (Support.STRONG, Side.SAME)
    assert found.level is Conclusion.SAME_RUN
    assert found.row("part").ratio == pytest.approx(245.5, abs=0.05)
    assert found.row("serial").ratio == pytest.approx(26.1, abs=0.05)
    assert found.row("casting").ratio == 100
    assert found.row("casting").dropped_because is Reason.STRONGER_IN_GROUP
    assert found.row("maker").dropped_because is Reason.DEEPER_RUNG


def test_the_same_gyroscope_with_serials_far_apart_is_moderately_strong():
    found = assess(gyroscope(), gyroscope(serial="SN-006707"), reference())

    assert found.serial_distance == 2_587
    assert found.ratio == pytest.approx(122.8, abs=0.05)
    assert found.words is Support.MODERATELY_STRONG
    assert found.level is Conclusion.SAME_MODEL


def test_a_common_servo_of_the_same_model_is_weak():
    found = assess(servo(), servo(), SERVOS)

    assert found.ratio == pytest.approx(3.96, abs=0.005)
    assert found.words is Support.WEAK


def test_the_same_servo_ground_off_in_the_same_unusual_way_is_moderately_strong():
    pattern = "second line only, cross-hatched with a rotary tool"
    found = assess(servo(concealment=pattern), servo(concealment=pattern), SERVOS)

    assert found.ratio == pytest.approx(353.9, abs=0.05)
    assert found.words is Support.MODERATELY_STRONG


def test_a_servo_and_a_gyroscope_speak_moderately_for_different_origin():
    found = assess(servo(), gyroscope(), SERVOS)

    assert found.ratio == 0.02
    assert (found.words, found.side) == (Support.MODERATE, Side.DIFFERENT)
    assert [row.feature for row in found.rows] == ["category"]
    assert found.level is Conclusion.INCONCLUSIVE_AGAINST


def test_an_identical_serial_is_withheld_and_raises_the_alarm():
    found = assess(gyroscope(), gyroscope(), reference())

    assert found.outcome is Outcome.WITHHELD
    assert found.alert is Alert.IDENTICAL_SERIAL
    assert (found.ratio, found.log10, found.level) == (None, None, None)
    assert found.words is Support.WITHHELD
    assert all(row.ratio is None and row.log10 == 0 for row in found.rows)
    assert found.row("serial").agreement is Agreement.AGREE


@pytest.mark.parametrize(("holders", "ratio"), [(0, 982), (1, 491), (5, 164), (50, 19), (400, 2.5)])
def test_rarity_follows_the_measured_figures(holders, ratio):
    found = agreement_ratio(holders, 1_000, 0.02)
    assert round(found, 0 if ratio > 10 else 1) == ratio


@pytest.mark.parametrize(("distance", "ratio"), [(4, 92.8), (20, 67.5), (100, 14.0), (1_000, 0.5)])
def test_serial_proximity_follows_the_measured_figures(distance, ratio):
    assert proximity_ratio(distance, 10_000, 50) == pytest.approx(ratio, abs=0.05)


def test_the_contributions_add_up_to_the_total():
    found = assess(gyroscope(), gyroscope(serial="SN-004128"), reference())
    assert sum(row.log10 for row in found.rows) == pytest.approx(found.log10)
