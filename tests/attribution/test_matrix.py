"""The matrix: rows before the rivals, sheets filled in alone, figures, snapshots, looking back."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied

from attribution import services
from attribution.methods.matrix_diff import changes
from attribution.models import Cell, Hypothesis, MatrixRow, MatrixSnapshot, Sheet
from core.errors import Refused, Stale
from core.markings import Handling
from investigations import services as investigations
from investigations.services.case import set_case_status
from ledger.models import Entry
from tests.attribution.conftest import said, supposed
from tests.attribution.matrix_cast import hand_in, rated, rows

__all__ = ["rows"]

pytestmark = pytest.mark.django_db

AMALS, FARIDS = "C I N / C N I / N II N", "C N N / I N I / N II N"


def seen_by(user):
    return set(Sheet.objects.visible_to(user))


# rows


def test_the_first_row_brings_the_two_standing_rivals(night_raid, report, amal):
    services.add_matrix_row(night_raid, report, by=amal)
    kinds = Hypothesis.objects.filter(case=night_raid).values_list("kind", flat=True)
    assert sorted(kinds) == ["deception", "other"]


def test_rows_are_numbered_and_called_by_what_they_are(rows, claim, gyro):
    assert [row.ref for row in rows] == ["M-01", "M-02", "M-03"]
    assert [row.name for row in rows][:2] == [claim.ref, gyro.exhibit_no]


@pytest.mark.parametrize(
    ("reliability", "credibility", "weighs"),
    [("A", "1", "H"), ("B", "2", "H"), ("C", "3", "M"), ("E", "2", "L"), ("F", "6", "L"),
     ("A", "5", "L"), ("A", "6", "L")],
)  # fmt: skip
def test_a_row_is_as_credible_as_it_is_graded(
    night_raid, strike, hypothesis, amal, reliability, credibility, weighs
):
    graded = {"reliability": reliability, "credibility": credibility}
    thing = said(night_raid, amal, incident=strike, citation="Daily", **graded)
    assert services.add_matrix_row(night_raid, thing, by=amal).credibility == weighs


def test_a_thing_stands_in_the_matrix_once(rows, night_raid, claim, amal):
    with pytest.raises(Refused, match="already, as M-01"):
        services.add_matrix_row(night_raid, claim, by=amal)
    services.take_out_matrix_row(rows[0], by=amal, reason="It repeats another.")
    with pytest.raises(Refused, match="taken out of the matrix as M-01"):
        services.add_matrix_row(night_raid, claim, by=amal)


def test_a_claim_that_was_set_aside_is_no_row(night_raid, hypothesis, claim, amal):
    services.set_aside_claim(claim, by=amal, reason="Another night.")
    claim.refresh_from_db()
    with pytest.raises(Refused, match="set aside"):
        services.add_matrix_row(night_raid, claim, by=amal)


def test_a_row_is_of_its_own_case(rows, report, soraya):
    other = investigations.open_case(soraya, title="Other", public_title="x", mandate="y")
    with pytest.raises(Refused, match="its own case"):
        services.add_matrix_row(other, report, by=soraya)


def test_only_analysts_put_rows_into_the_matrix(night_raid, hypothesis, report, lena):
    with pytest.raises(PermissionDenied):
        services.add_matrix_row(night_raid, report, by=lena)


def test_a_row_is_handled_as_what_it_is_drawn_from(rows, claim, amal, soraya):
    soraya.clearance = amal.clearance = 3
    soraya.save(), amal.save()
    investigations.mark_more_strictly(claim, Handling(clearance=3), by=amal, reason="Source.")
    assert MatrixRow.objects.get(pk=rows[0].pk).own_handling.clearance == 3


def test_weighing_otherwise_is_on_record_with_both_weights(rows, amal):
    services.amend_matrix_row(rows[0], by=amal, version=rows[0].version, relevance="H")
    line = Entry.objects.about(rows[0]).latest("position")
    assert line.facts["before"]["relevance"] == "M" and line.facts["after"]["relevance"] == "H"


def test_what_was_rated_of_a_row_outlives_its_being_taken_out(rows, night_raid, amal):
    hand_in(night_raid, amal, AMALS)
    services.take_out_matrix_row(rows[2], by=amal, reason="It is the guard's own words.")
    assert len(services.read_matrix(night_raid, amal).rows) == 2
    services.put_back_matrix_row(MatrixRow.objects.get(pk=rows[2].pk), by=amal)
    matrix = services.read_matrix(night_raid, amal)
    assert matrix.open_cells(matrix.sheets[0]) == 0


# sheets


def test_a_draft_is_seen_by_its_analyst_alone(rows, night_raid, amal, farid, soraya, rami):
    services.save_sheet(night_raid, by=amal, version=0, ratings=rated(night_raid, AMALS))
    assert len(seen_by(amal)) == 1
    assert not seen_by(farid) | seen_by(soraya) | seen_by(rami)


def test_what_was_handed_in_is_hidden_until_ones_own_is_in(rows, night_raid, amal, farid, soraya):
    amals = hand_in(night_raid, amal, AMALS)
    assert not seen_by(farid) | seen_by(soraya)
    assert not Cell.objects.visible_to(farid).exists()
    farids = hand_in(night_raid, farid, FARIDS)
    assert seen_by(farid) == seen_by(amal) == {amals, farids}
    assert seen_by(soraya) == set()


def test_saving_a_draft_opens_nothing(rows, night_raid, amal, farid):
    hand_in(night_raid, amal, AMALS)
    services.save_sheet(night_raid, by=farid, version=0, ratings=rated(night_raid, FARIDS))
    assert {sheet.analyst for sheet in seen_by(farid)} == {farid}


def test_whoever_cannot_rate_reads_what_was_handed_in(rows, night_raid, amal, rami, omar):
    amals = hand_in(night_raid, amal, AMALS)
    assert seen_by(rami) == {amals}
    assert seen_by(omar) == set()


def test_once_the_case_is_concluded_all_read_them(rows, night_raid, amal, farid, soraya):
    amals = hand_in(night_raid, amal, AMALS)
    set_case_status(night_raid, "finding-released", by=soraya, reason="Released.")
    assert seen_by(farid) == {amals}


def test_no_figure_is_shown_to_whom_a_sheet_is_hidden(rows, night_raid, amal, farid):
    hand_in(night_raid, amal, AMALS)
    waiting = services.read_matrix(night_raid, farid)
    assert (waiting.is_open, waiting.handed_in) == (False, 1)
    assert waiting.outcome.scores == {}


def test_a_sheet_is_handed_in_whole(rows, night_raid, amal):
    given = rated(night_raid, AMALS)
    given[next(iter(given))] = ("", "I am not sure.")
    with pytest.raises(Refused, match=r"1 cell is still to be rated, such as M-01 against H-01"):
        services.hand_in_sheet(night_raid, by=amal, version=0, ratings=given)


def test_a_reason_without_a_rating_is_kept_in_the_draft(rows, night_raid, amal):
    key = next(iter(rated(night_raid, AMALS)))
    services.save_sheet(night_raid, by=amal, version=0, ratings={key: ("", "Ask the guard.")})
    assert Cell.objects.get().rationale == "Ask the guard."


def test_saving_changes_and_empties_cells(rows, night_raid, amal):
    given = rated(night_raid, AMALS)
    first, second = list(given)[:2]
    sheet = services.save_sheet(night_raid, by=amal, version=0, ratings=given)
    services.save_sheet(
        night_raid, by=amal, version=sheet.version, ratings={first: ("II", "x"), second: ("", "")}
    )
    left = {(cell.row_id, cell.hypothesis_id): cell.rating for cell in Cell.objects.all()}
    assert left[first] == "II" and second not in left and len(left) == 11


def test_a_draft_is_not_overwritten_from_an_older_page(rows, night_raid, amal):
    services.save_sheet(night_raid, by=amal, version=0, ratings=rated(night_raid, AMALS))
    with pytest.raises(Stale):
        services.save_sheet(night_raid, by=amal, version=0, ratings=rated(night_raid, FARIDS))


def test_a_change_after_handing_in_is_a_new_revision_and_the_old_one_stays(rows, night_raid, amal):
    first = hand_in(night_raid, amal, AMALS)
    key = next(iter(rated(night_raid, AMALS)))
    services.save_sheet(night_raid, by=amal, version=0, ratings={key: ("II", "New.")})
    matrix = services.read_matrix(night_raid, amal)
    assert matrix.sheets == [first] and matrix.own.number == 2
    assert matrix.cells[first.pk][tuple(map(str, key))].rating == "C"
    assert len(matrix.ratings(matrix.own)) == 12


def test_the_newest_sheet_handed_in_counts(rows, night_raid, amal):
    hand_in(night_raid, amal, AMALS)
    second = hand_in(night_raid, amal, FARIDS)
    assert services.read_matrix(night_raid, amal).sheets == [second]
    assert seen_by(amal) == set(Sheet.objects.filter(case=night_raid))


def test_a_rating_that_does_not_exist_is_refused(rows, night_raid, amal):
    given = dict.fromkeys(rated(night_raid, AMALS), ("X", ""))
    with pytest.raises(Refused, match="CC, C, N, I, II or NA"):
        services.save_sheet(night_raid, by=amal, version=0, ratings=given)


def test_only_analysts_rate(rows, night_raid, rami):
    with pytest.raises(PermissionDenied):
        services.save_sheet(night_raid, by=rami, version=0, ratings={})


def test_the_ledger_tells_that_a_sheet_was_handed_in_and_not_what_it_says(rows, night_raid, amal):
    sheet = hand_in(night_raid, amal, AMALS)
    line = Entry.objects.about(sheet).latest("position")
    assert (line.act, line.facts) == ("attribution.sheet_handed_in", {"number": 1})


# figures


def test_two_analysts_together_by_the_mean_of_each_cell(rows, night_raid, amal, farid):
    """H-01: ½ (the exhibit, of Farid). H-02 and H-04: ½ + 2. H-03: 1."""
    hand_in(night_raid, amal, AMALS)
    hand_in(night_raid, farid, FARIDS)
    matrix = services.read_matrix(night_raid, amal)
    scores = [matrix.outcome.scores[key] for key in matrix.columns]
    assert scores == [Fraction("0.5"), Fraction("2.5"), Fraction(1), Fraction("2.5")]


def test_claims_of_one_origin_count_once(night_raid, hypothesis, rival, claim, strike, amal):
    repeat = said(night_raid, amal, incident=strike, citation="Daily", rests_on=[claim])
    for thing in (claim, repeat):
        services.add_matrix_row(night_raid, thing, by=amal, credibility="M")
    hand_in(night_raid, amal, "I N N / I N N")
    matrix = services.read_matrix(night_raid, amal)
    assert matrix.outcome.scores[str(hypothesis.pk)] == 1


def test_rows_named_as_of_one_origin_count_once(rows, night_raid, hypothesis, amal):
    for row in rows[1:]:
        services.amend_matrix_row(row, by=amal, version=row.version, origin_group="The guard")
    hand_in(night_raid, amal, "N N N / I N N / II N N")
    assert services.read_matrix(night_raid, amal).outcome.scores[str(hypothesis.pk)] == 2


def test_nothing_is_weighed_before_a_second_answer_is_proposed(
    night_raid, hypothesis, report, amal
):
    services.add_matrix_row(night_raid, report, by=amal)
    with pytest.raises(Refused, match="1 more hypothesis has to be proposed"):
        services.save_sheet(night_raid, by=amal, version=0, ratings={})
    with pytest.raises(Refused, match="1 more hypothesis has to be proposed"):
        services.take_matrix_snapshot(night_raid, by=amal, reason="Early")
    supposed(night_raid, amal, "A rival cell launched it.")
    assert hand_in(night_raid, amal, "C I N").is_handed_in


def test_sheets_from_before_that_rule_rank_nothing(rows, night_raid, rival, amal):
    hand_in(night_raid, amal, AMALS)
    Hypothesis.objects.filter(pk=rival.pk).update(status="rejected", status_reason="Long ago.")
    matrix = services.read_matrix(night_raid, amal)
    assert matrix.outcome.scores == matrix.ranking(matrix.sheets[0]).ranks == {}
    assert "1 more hypothesis" in matrix.lacks[0]


# snapshots


def test_a_snapshot_stays_as_it_was_and_tells_what_changed_since(rows, night_raid, amal):
    hand_in(night_raid, amal, AMALS)
    before = services.take_matrix_snapshot(night_raid, by=amal, reason="First look")
    services.amend_matrix_row(rows[2], by=amal, version=rows[2].version, relevance="H")
    hand_in(night_raid, amal, "II I N / C N I / N II N")
    after = services.take_matrix_snapshot(night_raid, by=amal, reason="Second look")
    found = changes(MatrixSnapshot.objects.get(pk=before.pk).body, after.body)
    told = [(one.what, one.row or one.hypothesis, one.before, one.after) for one in found]
    assert ("relevance", "M-03", "M", "H") in told
    assert ("rating", "M-01", "C", "II") in told
    assert ("place", "H-01", "1", "2") in told
    assert len(told) == 4


def test_nothing_changed_is_no_change(rows, night_raid, amal):
    hand_in(night_raid, amal, AMALS)
    body = services.take_matrix_snapshot(night_raid, by=amal, reason="Once").body
    assert changes(body, body) == []


def test_no_snapshot_is_taken_by_whom_sheets_are_hidden_from(rows, night_raid, amal, farid):
    hand_in(night_raid, amal, AMALS)
    with pytest.raises(Refused, match="Hand in your own sheet first"):
        services.take_matrix_snapshot(night_raid, by=farid, reason="Curious")


def test_a_snapshot_shows_no_sheet_before_ones_own_is_in(rows, night_raid, amal, farid):
    hand_in(night_raid, amal, AMALS)
    services.take_matrix_snapshot(night_raid, by=amal, reason="First look")
    assert not MatrixSnapshot.objects.visible_to(farid).exists()
    hand_in(night_raid, farid, FARIDS)
    assert MatrixSnapshot.objects.visible_to(farid).count() == 1


# looking back


def look_back(case, by, **facts):
    words = {"went_wrong": "The boast was believed.", "lessons": "Ask who gains."}
    return services.write_post_mortem(case, by=by, **{**words, **facts})


def test_a_post_mortem_waits_until_the_case_is_concluded(rows, night_raid, soraya):
    with pytest.raises(Refused, match="once the case is concluded"):
        look_back(night_raid, soraya)
    set_case_status(night_raid, "finding-released", by=soraya, reason="Released.")
    assert set(look_back(night_raid, soraya, decisive=rows[:1]).decisive.all()) == {rows[0]}


def test_only_the_lead_looks_back(rows, night_raid, amal, soraya):
    set_case_status(night_raid, "finding-released", by=soraya, reason="Released.")
    with pytest.raises(PermissionDenied):
        look_back(night_raid, amal)


def test_a_post_mortem_is_amended_with_other_rows(rows, night_raid, soraya):
    set_case_status(night_raid, "finding-released", by=soraya, reason="Released.")
    written = look_back(night_raid, soraya, decisive=rows[:1])
    services.amend_post_mortem(
        written, by=soraya, version=written.version, decisive=rows[1:], lessons="Ask twice."
    )
    written.refresh_from_db()
    assert set(written.decisive.all()) == set(rows[1:]) and written.lessons == "Ask twice."
