"""The rules that keep the method honest: nesting, groups, caps, alarms, and what it won't say."""

import pytest

from comparison.methods.assessment import Agreement, Alert, Outcome, Override, Reason
from comparison.methods.facts import ComponentFacts
from comparison.methods.proposals import worth_proposing
from comparison.methods.rarity import agreement_ratio
from comparison.methods.scoring import assess
from comparison.methods.words import Conclusion
from core.verbal_scale import Support
from tests.comparison.components import SERVOS, gyroscope, reference, servo

NO_SERIAL = {"serial": "", "construction": {}}


def test_a_cyrillic_part_number_agrees_with_its_latin_twin():
    found = assess(servo(part_number="\u0421-47"), servo(part_number="C-47"), SERVOS)
    assert found.row("part").agreement is Agreement.AGREE


def test_an_unread_character_is_similar_and_counts_for_nothing():
    found = assess(servo(part_number="AB12?45"), servo(part_number="AB12345"), SERVOS)

    assert found.row("part").agreement is Agreement.SIMILAR
    assert found.row("part").log10 == 0
    assert found.row("part").dropped_because is Reason.PARTIAL


def test_a_likely_misreading_is_neither_agreement_nor_difference_but_worth_a_second_look():
    found = assess(servo(part_number="SG-9O"), servo(part_number="SG-90"), SERVOS)

    assert found.row("part").agreement is Agreement.SIMILAR
    assert Alert.READING_UNCERTAIN in found.alerts
    assert worth_proposing(found)


def test_serials_of_different_width_give_no_proximity():
    found = assess(gyroscope(serial="000412"), gyroscope(serial="412"), reference())

    assert found.row("serial").dropped_because is Reason.OTHER_COUNTER
    assert found.serial_distance is None
    assert found.outcome is Outcome.ASSESSED


def test_without_a_known_range_near_serials_are_said_but_not_weighed():
    found = assess(gyroscope(), gyroscope(serial="SN-004128"), reference(serial_range=None))

    assert found.serial_distance == 8
    assert found.row("serial").dropped_because is Reason.RANGE_UNKNOWN
    assert found.ratio == pytest.approx(245.5, abs=0.05)
    assert found.level is Conclusion.SAME_RUN


def test_near_serials_on_different_parts_are_chance():
    left, right = gyroscope(**NO_SERIAL), gyroscope(**NO_SERIAL | {"part_number": "V20"})
    with_serials = assess(
        gyroscope(serial="SN-1001", construction={}),
        gyroscope(serial="SN-1002", part_number="V20", construction={}),
        reference(),
    )

    assert with_serials.row("serial").dropped_because is Reason.NOT_THE_SAME_PART
    assert with_serials.ratio == assess(left, right, reference()).ratio


def test_equal_serials_on_different_parts_raise_no_alarm():
    found = assess(gyroscope(), gyroscope(part_number="V20"), reference())
    assert found.alerts == ()
    assert found.outcome is Outcome.ASSESSED


@pytest.mark.parametrize("serial", ["SN-00412?", "SN-OO412O"])
def test_serials_that_may_be_one_are_flagged_without_blocking(serial):
    found = assess(gyroscope(), gyroscope(serial=serial), reference())

    assert Alert.SERIAL_MAY_BE_IDENTICAL in found.alerts
    assert found.outcome is Outcome.ASSESSED
    assert worth_proposing(found)


def test_a_falsified_serial_is_neither_compared_nor_alarming():
    found = assess(gyroscope(), gyroscope(serial_state="re-marked-falsified"), reference())

    assert found.row("serial").dropped_because is Reason.ONE_SIDE_ONLY
    assert found.alert is None


def test_one_photograph_under_two_exhibits_raises_the_alarm():
    found = assess(servo(photos=("ab", "cd")), servo(photos=("cd",)), SERVOS)

    assert found.alert is Alert.SAME_PHOTOGRAPH
    assert found.outcome is Outcome.WITHHELD


def test_one_object_entered_as_two_kinds_raises_the_alarm():
    found = assess(servo(photos=("a" * 64,)), gyroscope(photos=("a" * 64,)), SERVOS)
    assert (found.outcome, found.alert) == (Outcome.WITHHELD, Alert.SAME_PHOTOGRAPH)

    found = assess(gyroscope(), gyroscope(category="navigation-unit"), reference())
    assert (found.outcome, found.alert) == (Outcome.WITHHELD, Alert.IDENTICAL_SERIAL)
    assert found.row("serial").agreement is Agreement.AGREE
    assert worth_proposing(found)

    found = assess(gyroscope(), servo(serial="SN-004120"), reference())
    assert (found.outcome, found.alerts) == (Outcome.ASSESSED, ())
    assert [row.feature for row in found.rows] == ["category"]


def test_the_order_of_words_in_a_note_means_nothing_and_less_detail_is_no_difference():
    notes = ("grey epoxy", "epoxy, grey", "epoxy")
    one, two, three = (servo(construction={"adhesive": note}) for note in notes)

    assert assess(one, two, SERVOS).row("adhesive").agreement is Agreement.AGREE
    less = assess(one, three, SERVOS).row("adhesive")
    assert (less.agreement, less.dropped_because) == (Agreement.SIMILAR, Reason.LESS_DETAIL)


def test_removed_and_never_present_are_not_agreement():
    left = gyroscope(serial="", serial_state="removed-ground")
    right = gyroscope(serial="", serial_state="never-present")
    found = assess(left, right, reference())

    assert found.row("serial-state").agreement is Agreement.DIFFER
    assert found.row("serial-state").log10 == 0


def test_absence_on_both_sides_weighs_nothing():
    never = gyroscope(serial="", serial_state="never-present")
    found = assess(never, never, reference(holders={"part": 3, "serial-state": 2}))
    assert found.row("serial-state").dropped_because is Reason.ABSENCE


def test_not_examined_is_not_the_same_as_not_recorded():
    left = gyroscope(**NO_SERIAL | {"serial_state": "not-examined"})
    right = gyroscope(serial="", construction={"casting": "not-examined"})
    found = assess(left, right, reference())

    assert found.row("serial-state").agreement is Agreement.NOT_EXAMINED
    assert found.row("casting").agreement is Agreement.NOT_EXAMINED


def test_a_counterfeit_zeroes_the_maker_rung():
    fake = ComponentFacts(maker="Aerotek", maker_status="counterfeit-suspected", category="servo")
    true = ComponentFacts(maker="Aerotek", category="servo")
    found = assess(fake, true, SERVOS)

    assert found.row("maker").dropped_because is Reason.COUNTERFEIT
    assert found.outcome is Outcome.NOT_COMPARABLE
    assert Alert.COUNTERFEIT in found.alerts


def test_an_inferred_maker_is_shown_but_not_counted():
    guessed = ComponentFacts(maker="Aerotek", maker_status="inferred", category="servo")
    found = assess(guessed, servo(maker="Aerotek", part_number=""), SERVOS)

    assert found.row("maker").dropped_because is Reason.INFERRED
    assert found.ratio == 1


def test_two_lots_of_one_part_barely_matter():
    found = assess(servo(lot="L1"), servo(lot="L2"), SERVOS)
    assert found.ratio == pytest.approx(3.9636 * 0.8, abs=0.001)
    assert found.unexplained == ()


def test_only_the_deepest_agreed_rung_counts():
    one = gyroscope(lot="L7", **NO_SERIAL)
    found = assess(one, one, reference())

    assert [row.feature for row in found.rows if row.log10] == ["lot"]
    assert found.ratio == pytest.approx(agreement_ratio(1, 1_000, 0.02))


def test_a_lot_without_a_common_maker_or_part_says_nothing():
    bare = ComponentFacts(category="servo", lot="2213")
    found = assess(bare, bare, reference())
    assert found.row("lot").dropped_because is Reason.NO_COMMON_PART


def test_the_strongest_difference_on_the_ladder_stands_for_those_below():
    another = gyroscope(maker="B", part_number="X", **NO_SERIAL)
    found = assess(gyroscope(**NO_SERIAL), another, reference())
    assert found.ratio == 0.02
    assert found.unexplained == ("maker", "part")


def test_a_shared_part_number_of_different_makers_is_not_agreement():
    found = assess(servo(), servo(maker="Another"), SERVOS)
    assert found.row("part").dropped_because is Reason.DIFFERS_ABOVE
    assert found.ratio == 0.02


def test_a_difference_explained_with_a_reason_gives_the_ground_back():
    renamed = {"maker": Override(1.0, "The company was renamed in 2019")}
    found = assess(servo(), servo(maker="Another"), SERVOS, overrides=renamed)

    assert found.ratio == pytest.approx(3.9636, abs=0.001)
    assert found.unexplained == ()
    assert found.row("maker").note == "The company was renamed in 2019"


@pytest.mark.parametrize("override", [Override(0.5, " "), Override(2.0, "x"), Override(0.0, "x")])
def test_an_override_needs_a_reason_and_a_factor_up_to_one(override):
    with pytest.raises(ValueError, match="override"):
        assess(servo(), servo(maker="Another"), SERVOS, overrides={"maker": override})


def test_same_make_yet_not_the_same_model_is_said_at_its_true_level():
    found = assess(gyroscope(**NO_SERIAL), gyroscope(part_number="V9", **NO_SERIAL), reference())

    assert found.level is Conclusion.SAME_MAKE
    assert found.ratio == pytest.approx(agreement_ratio(40, 1_000, 0.02) * 0.1)


@pytest.mark.parametrize(
    "said",
    ["unknown", "Unknown", "N/A", "illegible", "not visible", "none", "no serial number",
     "????", "غير معروف", "لا يوجد", "неизвестно"],
)  # fmt: skip
def test_two_notes_that_nothing_was_read_share_nothing(said):
    noted = {"serial": said, "part_number": said, "maker": said, "lot": said, "date_code": said}
    found = assess(gyroscope(**noted), gyroscope(**noted), reference())

    assert found.alerts == ()
    assert [row.feature for row in found.rows] == ["category", "casting"]
    assert not gyroscope(**noted, construction={"casting": "Unknown"}).values


def test_a_number_that_holds_such_a_word_is_a_number():
    found = assess(servo(part_number="NA-12"), servo(part_number="NA-12"), SERVOS)
    assert found.row("part").agreement is Agreement.AGREE


def test_a_makers_legal_form_makes_no_other_maker():
    found = assess(gyroscope(maker="Aerotek Co., Ltd."), gyroscope(serial="SN-004128"), reference())

    assert found.row("maker").agreement is Agreement.AGREE
    assert found.row("maker").left == "Aerotek Co., Ltd."
    assert found.words is Support.STRONG
    assert gyroscope(maker="The Ltd").marks["maker"] == "THELTD"


def test_an_explained_difference_allows_no_more_than_what_is_recorded_beside_it():
    shown = {"serial": "", "construction": {"casting": "five ribs", "wiring": "red"}}
    other = {"serial": "", "construction": {"casting": "five ribs", "wiring": "blue"}}
    found = assess(gyroscope(**shown), gyroscope(**other), reference())

    assert found.level is Conclusion.INCONCLUSIVE_AGAINST
    assert found.level_if_explained is Conclusion.SAME_MODEL
    found = assess(servo(), gyroscope(), SERVOS)
    assert found.level_if_explained is Conclusion.INCONCLUSIVE
