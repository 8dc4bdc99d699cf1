"""What bench/comparison_quality taught: labels are copied, dates contradict, slips happen."""

import pytest

from comparison.methods.assessment import Agreement, Alert, Cap, Override, Reason
from comparison.methods.facts import ComponentFacts
from comparison.methods.ladder import DEPTHS
from comparison.methods.parameters import Parameters
from comparison.methods.proposals import worth_proposing
from comparison.methods.scoring import assess
from core.verbal_scale import Support
from tests.comparison.components import SERVOS, gyroscope, reference, servo

LABEL = {"part": 0, "lot": 0, "concealment": 0}
BARE = {"construction": {}, "lot": "L7"}


def test_agreement_that_a_copied_label_would_show_too_is_never_called_strong():
    left, right = gyroscope(**BARE), gyroscope(serial="SN-004121", **BARE)
    found = assess(left, right, reference(holders=LABEL))

    assert found.ratio == 1_000
    assert found.capped_because is Cap.LABEL
    assert found.words is Support.MODERATELY_STRONG


def test_the_same_way_of_removal_does_not_lift_a_label_either():
    left = gyroscope(concealment="x", **BARE)
    found = assess(left, gyroscope(concealment="x", serial="", **BARE), reference(holders=LABEL))
    assert found.ratio == 1_000


@pytest.mark.parametrize(("holders", "ratio"), [(400, 2_468.8), (0, 10_000)])
def test_the_object_itself_lifts_the_limit_by_as_much_as_it_is_rare(holders, ratio):
    left, right = gyroscope(lot="L7"), gyroscope(lot="L7", serial="SN-004121")
    found = assess(left, right, reference(holders=LABEL | {"casting": holders}))
    assert found.ratio == pytest.approx(ratio, abs=1)


def test_without_anything_of_one_run_the_object_lifts_nothing():
    one = gyroscope(serial="", concealment="x")
    found = assess(one, one, reference(holders=LABEL | {"casting": 0}))
    assert (found.ratio, found.capped_because) == (1_000, Cap.LABEL)


@pytest.mark.parametrize(("serial", "ratio"), [("SN-004121", 100), ("SN-004290", 1)])
def test_however_wide_the_range_a_near_serial_is_capped_and_a_far_one_is_no_agreement(
    serial, ratio
):
    found = assess(gyroscope(), gyroscope(serial=serial), reference(serial_range=700_000))
    assert found.row("serial").ratio == ratio


def test_one_unexplained_difference_keeps_the_figure_below_strong():
    left = gyroscope(lot="L7", construction={"casting": "five ribs", "wiring": "red"})
    right = gyroscope(
        lot="L7", serial="SN-004121", construction={"casting": "five ribs", "wiring": "blue"}
    )
    rare = reference(holders=LABEL | {"casting": 0})
    found = assess(left, right, rare)

    assert (found.ratio, found.capped_because) == (1_000, Cap.UNEXPLAINED)
    explained = {"wiring": Override(0.5, "Rewired in the field")}
    assert assess(left, right, rare, overrides=explained).ratio > 1_000


def test_date_codes_years_apart_speak_against_one_production_run():
    found = assess(servo(date_code="2213"), servo(date_code="1713"), SERVOS)

    assert found.row("date-code").ratio == 0.2
    assert found.ratio == pytest.approx(3.9636 * 0.2, abs=0.001)
    assert found.unexplained == ()


def test_a_date_code_nobody_can_read_speaks_neither_way():
    found = assess(servo(date_code="9999"), servo(date_code="2213"), SERVOS)
    assert found.row("date-code").dropped_because is Reason.DATE_UNREADABLE
    assert found.ratio == pytest.approx(3.9636, abs=0.001)


def test_the_numbers_on_a_suspected_counterfeit_are_shown_without_weight_and_put_to_eyes():
    fake = gyroscope(serial="SN-004121", maker_status="counterfeit-suspected", **BARE)
    found = assess(gyroscope(**BARE), fake, reference(holders=LABEL))

    for feature in ("part", "lot", "serial"):
        assert found.row(feature).dropped_because is Reason.COUNTERFEIT
    assert found.row("part").agreement is Agreement.AGREE
    assert found.ratio == 1
    assert worth_proposing(found)


def test_one_serial_on_a_genuine_part_and_on_a_counterfeit_still_raises_the_alarm():
    fake = gyroscope(maker_status="counterfeit-suspected")
    assert assess(gyroscope(), fake, reference()).alert is Alert.IDENTICAL_SERIAL


def test_a_makers_name_one_letter_off_is_read_again_and_a_part_number_is_another_part():
    slip = assess(servo(maker="Motomakar"), servo(), SERVOS)
    assert slip.row("maker").dropped_because is Reason.MISREADING
    assert slip.row("part").log10 > 0

    other = assess(servo(part_number="SG-91"), servo(part_number="SG-93"), SERVOS)
    assert other.row("part").agreement is Agreement.DIFFER


def test_one_difference_against_much_agreement_is_put_before_an_examiner():
    found = assess(
        gyroscope(maker="Another", lot="L7", date_code="2213"),
        gyroscope(serial="SN-004121", lot="L7", date_code="2213"),
        reference(holders=LABEL | {"casting": 1, "date-code": 2}),
    )
    assert found.unexplained == ("maker",)
    assert worth_proposing(found)


def test_ten_thousand_characters_are_bounded_and_still_compared():
    long = "A1" * 5_000
    found = assess(
        servo(part_number=long, serial=long, lot=long, date_code=long, concealment=long),
        servo(part_number=long + "x", serial="7" * 10_000, date_code="2213"),
        SERVOS,
    )
    for feature in ("part", "serial", "lot", "date-code", "concealment"):
        assert found.row(feature).agreement is Agreement.NOT_COMPARABLE
        assert found.row(feature).dropped_because is Reason.TOO_LONG
    assert all(len(row.left) <= 200 and len(row.right) <= 200 for row in found.rows)


def test_contradictory_serial_formats_are_said_to_be_different_numberings():
    found = assess(gyroscope(serial="SN-004120"), gyroscope(serial="2022/41-B"), reference())
    assert found.row("serial").dropped_because is Reason.OTHER_COUNTER
    assert found.serial_distance is None


def test_no_features_at_all_is_not_comparable():
    assert assess(ComponentFacts(), ComponentFacts(), reference()).words is Support.NOT_COMPARABLE


def test_every_rung_and_every_cap_has_its_parameter():
    assert set(DEPTHS) == {"maker", "part", "lot", "firmware"}
    with pytest.raises(ValueError, match="label_cap must be"):
        Parameters(label_cap=0.5)


@pytest.mark.parametrize("other", [{"lot": "L8"}, {"date_code": "1907"}])
def test_what_differs_from_run_to_run_leaves_the_limit_of_labels_where_it_is(other):
    left = gyroscope(lot="L7", date_code="2213")
    right = gyroscope(**{"lot": "L7", "date_code": "2213", "serial": "SN-004121"} | other)
    found = assess(left, right, reference(holders=LABEL | {"casting": 0, "date-code": 0}))
    assert (found.ratio, found.capped_because) == (1_000, Cap.LABEL)


def test_that_both_serials_were_ground_off_tells_nothing_once_it_was_done_differently():
    counts = SERVOS.holders | {"serial-state": 20, "concealment": 0}
    ground = {"serial_state": "removed-ground"}
    first, second = (servo(concealment=way, **ground) for way in ("disc", "file, first line"))
    known = reference(holders=counts)

    apart, alike = assess(first, second, known), assess(first, servo(**ground), known)
    assert apart.row("serial-state").dropped_because is Reason.NO_WEIGHT
    assert apart.ratio == pytest.approx(3.9636, abs=0.001)
    assert alike.row("serial-state").log10 > 0
