"""The figures of the matrix: a table computed by hand, brute force, and what must always hold."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.methods.ach import Line, as_if_equal, assess, rank

BRIGADE, CELL, OTHER, DECEPTION = COLUMNS = [f"column {number}" for number in range(1, 5)]
SERIAL, RANGE, BOAST, REPEAT, WITNESS = ROWS = [f"row {number}" for number in range(11, 16)]
LINES = [
    Line(SERIAL, "H", "H"),
    Line(RANGE, "M", "H"),
    Line(BOAST, "L", "M", group="the channel"),
    Line(REPEAT, "L", "L", group="the channel"),
    Line(WITNESS, "M", "M"),
]
GIVEN = {
    SERIAL: "C II N I",
    RANGE: "CC I C C",
    BOAST: "CC I I N",
    REPEAT: "C I II N",
    WITNESS: "I C NA N",
}
AMAL = {
    (row, column): rating
    for row, line in GIVEN.items()
    for column, rating in zip(COLUMNS, line.split(), strict=True)
}


def test_the_figures_are_those_computed_by_hand():
    """Weights are 2.25, 1.5, 0.5, 0.25, 1; of the channel's two rows the stronger one counts.

    Brigade: 1·1 (witness) = 1. Cell: 2.25·2 + 1.5·1 + max(0.5·1, 0.25·1) = 6.5.
    Other: max(0.5·1, 0.25·2) = 0.5. Deception: 2.25·1 = 2.25.
    """
    outcome = assess(LINES, COLUMNS, [AMAL])
    assert outcome.scores == {
        BRIGADE: 1,
        CELL: Fraction("6.5"),
        OTHER: Fraction("0.5"),
        DECEPTION: Fraction("2.25"),
    }
    assert outcome.ranks == {OTHER: 1, BRIGADE: 2, DECEPTION: 3, CELL: 4}


def test_without_weights_they_are_the_plain_count_of_heuer():
    """I counts 1 and II 2. Brigade 1; cell 2+1+1+1; other 1+2; deception 1."""
    outcome = assess(as_if_equal(LINES), COLUMNS, [AMAL])
    assert outcome.scores == {BRIGADE: 1, CELL: 5, OTHER: 3, DECEPTION: 1}
    assert outcome.leaders == {BRIGADE, DECEPTION}


def test_equals_share_a_place_and_the_next_one_is_left_out():
    assert assess(as_if_equal(LINES), COLUMNS, [AMAL]).ranks == {
        BRIGADE: 1,
        DECEPTION: 1,
        OTHER: 3,
        CELL: 4,
    }


def test_a_row_that_says_the_same_of_all_tells_nothing_apart():
    same = {(SERIAL, column): "C" for column in COLUMNS}
    assert assess([Line(SERIAL)], COLUMNS, [same]).spread == {SERIAL: 0}


def test_diagnosticity_is_the_way_from_the_most_agreeing_to_the_least():
    spread = assess(LINES, COLUMNS, [AMAL]).spread
    assert [spread[row] for row in ROWS] == [3, 3, 3, 3, 2]


def test_the_rows_without_which_another_would_lead_are_named():
    """Nothing but the witness contradicts the brigade, and nothing but the serial deception."""
    decisive = assess(LINES, COLUMNS, [AMAL]).decisive
    leads = {row: one.leaders for one in decisive for row in one.rows}
    assert leads == {WITNESS: {BRIGADE}, SERIAL: {DECEPTION}}


def test_rows_of_one_origin_are_also_left_out_together():
    """Each of the two repeats the other: only without both is the cell not contradicted."""
    lines = [Line(BOAST, group="g"), Line(REPEAT, group="g"), Line(WITNESS, "L")]
    sheet = {(BOAST, CELL): "I", (REPEAT, CELL): "I", (WITNESS, BRIGADE): "I"}
    outcome = assess(lines, [BRIGADE, CELL], [sheet])
    assert outcome.leaders == {BRIGADE}
    assert [(one.rows, one.leaders) for one in outcome.decisive] == [({BOAST, REPEAT}, {CELL})]


def test_two_analysts_count_by_the_mean_of_each_cell():
    farid = {**AMAL, (WITNESS, BRIGADE): "II", (SERIAL, CELL): "N"}
    scores = assess(LINES, COLUMNS, [AMAL, farid]).scores
    assert scores[BRIGADE] == Fraction("1.5")
    assert scores[CELL] == Fraction("4.25")


def test_a_cell_that_one_of_two_left_open_counts_as_the_other_rated_it():
    farid = {cell: rating for cell, rating in AMAL.items() if cell[0] != WITNESS}
    assert assess(LINES, COLUMNS, [AMAL, farid]).scores[BRIGADE] == 1


def test_analysts_lie_apart_by_as_many_steps_as_their_ratings():
    farid = {**AMAL, (WITNESS, BRIGADE): "CC", (RANGE, CELL): "NA"}
    apart = assess(LINES, COLUMNS, [AMAL, farid]).apart
    assert apart[WITNESS, BRIGADE] == 3
    assert apart[RANGE, CELL] == 0


def test_a_hypothesis_that_nobody_rated_does_not_win_by_that():
    rated = {cell: rating for cell, rating in AMAL.items() if cell[1] != OTHER}
    outcome = assess(LINES, COLUMNS, [rated])
    assert OTHER not in outcome.ranks
    assert outcome.leaders == {BRIGADE}


def test_ratings_of_rows_and_hypotheses_that_left_are_not_counted():
    rest, columns = LINES[:-1], [BRIGADE, CELL]
    assert assess(rest, columns, [AMAL]).scores == {BRIGADE: 0, CELL: Fraction("6.5")}


def test_nothing_rated_is_nothing_ranked():
    outcome = assess(LINES, COLUMNS, [])
    assert (outcome.scores, outcome.leaders, outcome.decisive) == ({}, frozenset(), ())


LEVELS = st.sampled_from("LMH")
GIVEN_OR_NOT = st.sampled_from(["CC", "C", "N", "I", "II", "NA", ""])


@st.composite
def matrices(draw):
    """Up to six rows in up to three groups, up to four columns and three analysts."""
    groups = st.sampled_from(["", "", "a", "b"])
    rows = ROWS[: draw(st.integers(1, 5))]
    lines = [Line(row, draw(LEVELS), draw(LEVELS), draw(groups)) for row in rows]
    columns = COLUMNS[: draw(st.integers(2, 4))]
    cells = [(row, column) for row in rows for column in columns]
    sheets = [
        dict(
            zip(
                cells,
                draw(st.lists(GIVEN_OR_NOT, min_size=len(cells), max_size=len(cells))),
                strict=True,
            )
        )
        for _analyst in range(draw(st.integers(1, 3)))
    ]
    return lines, columns, [{cell: one for cell, one in sheet.items() if one} for sheet in sheets]


def by_brute_force(lines, columns, sheets):
    """The formula of DOMAIN word for word, row by row and without any short cut."""
    weight = {"L": Fraction(1, 2), "M": Fraction(1), "H": Fraction(3, 2)}
    counts = {"I": 1, "II": 2}
    scores = {}
    for column in columns:
        by_group, rated = {}, False
        for line in lines:
            some = [sheet[line.key, column] for sheet in sheets if (line.key, column) in sheet]
            rated = rated or bool(some)
            mean = Fraction(sum(counts.get(one, 0) for one in some), len(some) or 1)
            adds = weight[line.credibility] * weight[line.relevance] * mean
            by_group.setdefault(line.group or line.key, []).append(adds)
        if rated:
            scores[column] = sum(max(some) for some in by_group.values())
    return scores


@given(matrices())
def test_the_figures_are_those_of_the_formula(matrix):
    assert assess(*matrix).scores == by_brute_force(*matrix)


@given(matrices())
def test_the_ranking_alone_is_that_of_all_figures(matrix):
    alone, whole = rank(*matrix), assess(*matrix)
    assert (alone.scores, alone.ranks) == (whole.scores, whole.ranks)


@given(matrices())
def test_leaving_a_row_out_is_computing_all_anew_without_it(matrix):
    """Ratings of nought stand in, so that a column stays rated when its only row goes."""
    lines, columns, sheets = matrix
    anchor = Line("row 99")
    sheets = [*sheets, {(anchor.key, column): "N" for column in columns}]
    for omission in assess([*lines, anchor], columns, sheets).omissions:
        rest = [line for line in [*lines, anchor] if line.key not in omission.rows]
        again = by_brute_force(rest, columns, sheets)
        least = min(again.get(column, 0) for column in columns)
        assert omission.leaders == {key for key in columns if again.get(key, 0) == least}


@given(matrices())
def test_the_order_of_rows_and_analysts_makes_no_difference(matrix):
    lines, columns, sheets = matrix
    one, other = assess(lines, columns, sheets), assess(lines[::-1], columns, sheets[::-1])
    assert (one.scores, one.ranks, one.spread) == (other.scores, other.ranks, other.spread)


@given(matrices())
def test_an_analyst_who_says_the_same_again_changes_nothing(matrix):
    lines, columns, sheets = matrix
    assert assess(lines, columns, sheets).scores == assess(lines, columns, sheets * 2).scores


@given(matrices(), st.sampled_from(ROWS))
def test_a_repetition_in_the_group_never_adds(matrix, row):
    """A second row of the same origin, no stronger than the first, changes no figure."""
    lines, columns, sheets = matrix
    first = Line("row 50", "H", "H", group="one origin")
    again = Line("row 51", "L", "L", group="one origin")
    copied = [
        {
            **sheet,
            **{
                (key, c): sheet.get((row, c), "N")
                for key in (first.key, again.key)
                for c in columns
            },
        }
        for sheet in sheets
    ]
    alone = assess([*lines, first], columns, copied).scores
    assert assess([*lines, first, again], columns, copied).scores == alone


@pytest.mark.parametrize(("level", "weighs"), [("L", "0.25"), ("M", "1"), ("H", "2.25")])
def test_low_medium_and_high_weigh_a_half_one_and_one_and_a_half(level, weighs):
    lines = [Line(SERIAL, level, level)]
    assert assess(lines, [CELL], [{(SERIAL, CELL): "I"}]).scores == {CELL: Fraction(weighs)}
