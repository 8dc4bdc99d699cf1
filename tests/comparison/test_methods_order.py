"""The order of the work list: what may have been misread stands nearly where it would stand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.methods.marks import is_one_off
from comparison.methods.order import Held
from comparison.methods.parameters import PARAMETERS
from comparison.methods.rarity import agreement_ratio
from comparison.methods.scoring import assess
from tests.comparison.components import reference, servo

RARE = reference(holders={"maker": 40, "part": 3, "lot": 1, "date-code": 1, "adhesive": 10})
WORTH = dict.fromkeys(("maker", "part", "lot", "date-code", "adhesive"), 2.0)
WHOLE = servo(lot="2213A", date_code="2213", construction={"adhesive": "grey epoxy"})


def order(*changes):
    """Where components stand that differ from a servo by these changes."""
    return [assess(WHOLE, replace(WHOLE, **one), RARE).rank for one in changes]


@pytest.mark.parametrize(
    ("field", "misread", "one_off", "other"),
    [
        ("part_number", "SG-9O", "SG-96", "MX-31"),
        ("lot", "22I3A", "2213C", "1907D"),
        ("date_code", "22I3", "2243", "1907"),
        ("maker", "Mot0maker", "Motomaher", "Borin"),
    ],
)
def test_a_slip_of_the_pen_stands_above_a_plain_difference(field, misread, one_off, other):
    equal, alike, slip, far = order({}, {field: misread}, {field: one_off}, {field: other})
    assert equal > alike >= slip > far
    assert equal - alike < alike - far


def test_a_note_that_says_less_stands_between_agreement_and_difference():
    notes = [{"construction": {"adhesive": note}} for note in ("grey epoxy", "epoxy", "red tape")]
    equal, less, other = order(*notes)
    assert equal > less > other


def test_the_order_changes_no_figure():
    slip, other = (assess(WHOLE, replace(WHOLE, date_code=c), RARE) for c in ("2243", "1907"))
    assert slip.rank > other.rank
    assert slip.ratio == other.ratio


def test_what_was_misread_seems_rare_and_counts_for_no_more_than_one_feature_may():
    unheard = replace(RARE, recoveries=1_000_000, holders={**RARE.holders, "lot": 0})
    without = assess(replace(WHOLE, lot=""), WHOLE, unheard).rank
    alike = assess(replace(WHOLE, lot="22I3A"), WHOLE, unheard).rank

    assert agreement_ratio(0, 1_000_000, 0.02) > PARAMETERS.feature_cap
    assert 0 < alike - without < 2


def test_what_is_held_is_put_in_the_order_in_which_pairs_are_put_once_assessed():
    others = [
        WHOLE,
        replace(WHOLE, lot="22I3A"),
        replace(WHOLE, lot="2213C"),
        replace(WHOLE, construction={"adhesive": "epoxy"}),
        replace(WHOLE, construction={"adhesive": "red tape"}),
        replace(WHOLE, part_number="SG-9O", lot="22I3A"),
        replace(WHOLE, date_code="2214", lot="2214A"),
        replace(WHOLE, date_code="1907", lot="1907D"),
        replace(WHOLE, date_code="22I3", maker="Mot0maker"),
        replace(WHOLE, maker="Borin", part_number="MX-31", lot="", date_code="unread"),
    ]
    held = Held(WHOLE.values.items(), WORTH, PARAMETERS)
    equal = reference(holders=dict.fromkeys(WORTH, 8))
    promised = sorted(others, key=lambda one: -held.promise(_values(one)))
    assessed = sorted(others, key=lambda one: -assess(WHOLE, one, equal).rank)

    assert promised[0] is assessed[0] is WHOLE
    assert {id(one) for one in promised[:7]} == {id(one) for one in assessed[:7]}


def _values(facts):
    return [f"{feature}={value}" for feature, value in facts.values.items()]


def test_what_a_component_does_not_tell_orders_nothing():
    held = Held({"part": "SG90"}.items(), {"part": 2.0}, PARAMETERS)

    assert held.promise(["part=SG90", "lot=2213A", "firmware=ab"]) == 2.0
    assert Held({"firmware": "ab"}.items(), {}, PARAMETERS).promise(["firmware=cd"]) == 0
    assert Held({"date-code": "2213"}.items(), {}, PARAMETERS).promise(["date-code=X"]) == 0


@given(st.text("AB018O", min_size=1, max_size=8), st.integers(0, 7), st.sampled_from("A7K"))
def test_one_error_more_beside_what_is_confused_is_one_off(mark, at, wrong):
    at %= len(mark)
    misread = mark.replace("0", "O", 1)
    for slip in (mark[:at] + wrong + mark[at + 1 :], mark[:at] + mark[at + 1 :], mark + wrong):
        assert is_one_off(misread, slip)
    assert not is_one_off(mark, mark + wrong + wrong)
