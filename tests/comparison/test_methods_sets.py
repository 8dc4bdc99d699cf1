"""Sets of components: batches, the earliest day, how two weapons are linked, which model fits."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from comparison.methods.batches import Span, gaps_of, places_on_line, runs_of, spans_of
from comparison.methods.catalogue_ranking import (
    Model,
    Stand,
    rank_models,
    what_to_measure_next,
    with_tolerance,
)
from comparison.methods.date_codes import read_date_code
from comparison.methods.terminus import Dated, Excluded, statement_of, terminus_of
from comparison.methods.weapon_link import Tie, linked_by, strength_of


def windows(code):
    return read_date_code(code, 1980, 2035)


def numbers_of(runs):
    return [[number for number, _held in run] for run in runs]


def test_serials_that_lie_near_are_one_run_and_a_lone_one_is_none():
    serials = [(number, "") for number in (4_160, 4_120, 4_128, 9_000)]
    assert numbers_of(runs_of(serials, 50)) == [[4_120, 4_128, 4_160]]


def test_a_run_ends_where_the_gap_is_wider_than_a_batch():
    serials = [(number, "") for number in (1, 51, 102, 103)]
    assert numbers_of(runs_of(serials, 50)) == [[1, 51], [102, 103]]


def test_one_serial_seen_twice_is_a_run_to_look_into():
    assert numbers_of(runs_of([(7, "a"), (7, "b")], 50)) == [[7, 7]]


@given(st.lists(st.integers(0, 5_000), max_size=40), st.randoms())
def test_the_order_of_entry_changes_no_run(numbers, random):
    shuffled = random.sample(numbers, len(numbers))
    assert numbers_of(runs_of([(n, "") for n in numbers], 50)) == numbers_of(
        runs_of([(n, "") for n in shuffled], 50)
    )


@given(st.lists(st.integers(0, 5_000), max_size=40))
def test_within_a_run_no_gap_is_wide_and_between_runs_every_gap_is(numbers):
    runs = numbers_of(runs_of([(n, "") for n in numbers], 50))
    for run in runs:
        assert all(gap <= 50 for gap in gaps_of(run)[1:])
    for earlier, later in pairwise(runs):
        assert later[0] - earlier[-1] > 50


def test_serials_stand_on_the_line_in_proportion():
    assert places_on_line([100, 125, 200]) == [0, 25, 100]
    assert places_on_line([7, 7]) == [50, 50]
    assert places_on_line([]) == []


def test_a_code_of_one_reading_decides_how_its_batch_is_read():
    assert spans_of([windows("2213"), windows("22W14")]) == [
        Span(date(2022, 3, 28), date(2022, 4, 10))
    ]


def test_where_nothing_decides_both_spans_of_a_batch_are_kept():
    spans = spans_of([windows("2213"), windows("2213")])
    assert [span.start.year for span in spans] == [2013, 2022]


def test_codes_that_no_single_order_can_read_give_no_span():
    assert spans_of([windows("22W14"), windows("W1322")]) == []
    assert spans_of([()]) == []


def test_an_ambiguous_code_says_only_what_both_of_its_readings_allow():
    bound = terminus_of([Dated("gyroscope", windows("2213"))])
    assert bound.not_before == date(2013, 5, 27)
    assert bound.at_latest_reading == date(2022, 3, 28)
    assert bound.is_ambiguous


def test_the_youngest_component_bears_the_bound():
    bound = terminus_of([Dated("old", windows("19W02")), Dated("young", windows("23W10"))])
    assert (bound.not_before, bound.rests_on) == (date(2023, 3, 6), {"young"})
    assert not bound.is_ambiguous


def test_a_reading_after_the_attack_is_dropped_and_the_other_kept():
    said = statement_of(Dated("board", windows("2213"), known_by=date(2020, 1, 1)))
    assert said.not_before == date(2013, 5, 27)
    assert [window.start.year for window in said.dropped] == [2022]


def test_counterfeit_remarked_and_unreadable_codes_are_left_out_with_their_reason():
    code = windows("23W10")
    bound = terminus_of(
        [
            Dated("fake", code, is_counterfeit_suspected=True),
            Dated("struck over", code, is_remarked=True),
            Dated("smeared", ()),
            Dated("from the future", code, known_by=date(2022, 1, 1)),
        ]
    )
    assert bound.not_before is None
    assert {one.key: one.excluded for one in bound.statements} == {
        "fake": Excluded.COUNTERFEIT,
        "struck over": Excluded.REMARKED,
        "smeared": Excluded.UNREADABLE,
        "from the future": Excluded.AFTER_THE_ATTACK,
    }


CODES = st.sampled_from(["2213", "1322", "23W10", "19W02", "W0121", "9999", "1010"])


@given(st.lists(CODES, max_size=8), CODES)
def test_one_more_component_never_makes_a_weapon_older(codes, one_more):
    before = terminus_of(Dated(at, windows(code)) for at, code in enumerate(codes)).not_before
    after = terminus_of(
        Dated(at, windows(code)) for at, code in enumerate([*codes, one_more])
    ).not_before
    assert before is None or (after is not None and after >= before)


@given(st.lists(CODES, max_size=8))
def test_whichever_readings_are_right_the_bound_holds(codes):
    bound = terminus_of(Dated(at, windows(code)) for at, code in enumerate(codes))
    for code in codes:
        for window in windows(code):
            if bound.not_before is None or window.start < bound.not_before:
                continue
            assert bound.at_latest_reading is not None
            assert window.start <= bound.at_latest_reading


def tie(key, group="electronics", log10=2.0, confirmed=True, left=None, right=None):
    return Tie(key, left or f"l{key}", right or f"r{key}", group, log10, confirmed)


def test_a_hundred_resistors_are_no_stronger_than_one():
    many = strength_of(tie(key) for key in range(100))
    one = strength_of([tie(0)])
    assert (many.best.log10, many.breadth) == (one.best.log10, one.breadth) == (2.0, 1)


def test_breadth_counts_independent_parts_of_a_weapon():
    strength = strength_of([tie(1, "electronics"), tie(2, "propulsion"), tie(3, "propulsion")])
    assert strength.groups == (frozenset({"electronics"}), frozenset({"propulsion"}))


def test_links_that_share_an_exhibit_are_one_group():
    strength = strength_of([tie(1, "electronics", left="box"), tie(2, "structure", left="box")])
    assert strength.breadth == 1


def test_proposals_and_what_is_too_weak_stand_apart():
    linked = linked_by(
        [tie(1, log10=3.8, confirmed=False), tie(2), tie(3, log10=0.6), tie(4, log10=None)]
    )
    assert [one.key for one in linked.confirmed.ties] == [2]
    assert [one.key for one in linked.proposed.ties] == [1]
    assert {one.key for one in linked.other} == {3, 4}
    assert linked.confirmed.best.log10 == 2.0, "a stronger proposal lends nothing"


TIES = st.lists(
    st.builds(
        Tie,
        st.integers(),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from(["electronics", "propulsion", "structure"]),
        st.floats(1.1, 4),
        st.just(True),
    ),
    unique_by=lambda one: one.key,
    max_size=12,
)


@given(TIES, st.randoms())
def test_the_strength_is_that_of_one_link_and_no_order_changes_it(ties, random):
    strength = strength_of(ties)
    again = strength_of(random.sample(ties, len(ties)))
    assert strength.breadth <= len({one.group for one in ties})
    assert (strength.best and strength.best.log10) == max((t.log10 for t in ties), default=None)
    assert (again.best, again.groups) == (strength.best, strength.groups)


def model(name, **facts):
    return Model(name, name, facts)


DELTA = model("Delta", wingspan_m=(2.4, 2.6), propulsion=frozenset({"piston"}), mass_kg=(190, 200))
TWIN = model("Twin", wingspan_m=(2.5, 2.5), propulsion=frozenset({"piston"}), mass_kg=(120, 130))
GLIDER = model("Glider", wingspan_m=(9, 9), propulsion=frozenset({"electric"}))
BLANK = model("Blank")
LIBRARY = [DELTA, TWIN, GLIDER, BLANK]


def test_what_agrees_ranks_first_and_what_says_nothing_is_not_ranked():
    seen = {"wingspan_m": with_tolerance(2.5, 0.03), "propulsion": frozenset({"piston"})}
    ranked = rank_models(seen, LIBRARY)
    assert [one.model.name for one in ranked] == ["Delta", "Twin"]


def test_an_unknown_value_counts_for_nothing():
    seen = {"wingspan_m": with_tolerance(2.5, 0.03)}
    silent = model("Silent", wingspan_m=(2.5, 2.5))
    ranked = rank_models({**seen, "mass_kg": (125.0, 125.0)}, [silent, TWIN, DELTA])
    by_name = {one.model.name: one for one in ranked}
    assert by_name["Silent"].stands["mass_kg"] is Stand.UNKNOWN
    assert by_name["Twin"].order > by_name["Silent"].order > by_name["Delta"].order


def test_a_part_that_no_list_names_is_no_difference():
    seen = {"components": frozenset({"V10A"})}
    listed = model("Listed", components=frozenset({"V10A", "SG90"}))
    other = model("Other", components=frozenset({"SG90"}))
    (first,) = rank_models(seen, [listed, other], open_ended=frozenset({"components"}))
    assert first.model is listed


def test_what_to_measure_next_tells_the_first_candidates_apart():
    ranked = rank_models({"wingspan_m": (2.5, 2.5)}, LIBRARY)
    (best,) = what_to_measure_next(
        {"wingspan_m": (2.5, 2.5)}, ranked, ["wingspan_m", "mass_kg", "propulsion"]
    )
    assert (best.feature, best.told_apart, best.pairs) == ("mass_kg", 1, 1)


@given(st.floats(0.5, 20), st.floats(0.5, 20))
def test_a_value_nobody_recorded_moves_no_model(wingspan, mass):
    seen = {"wingspan_m": with_tolerance(wingspan, 0.05)}
    library = [model(str(at), wingspan_m=(at, at + 1)) for at in range(1, 10)]
    with_mass = rank_models({**seen, "mass_kg": (mass, mass)}, library)
    assert [one.model.name for one in rank_models(seen, library)] == [
        one.model.name for one in with_mass
    ]
