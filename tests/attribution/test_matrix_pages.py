"""The matrix on its pages: rated alone, read together, and nothing lost on the way."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attribution import services
from attribution.models import Cell, MatrixRow, PostMortem, Sheet
from investigations import services as investigations
from investigations.services.case import set_case_status
from tests.attribution.conftest import said, supposed
from tests.attribution.matrix_cast import hand_in, rated, rows
from tests.conftest import person

__all__ = ["rows"]

pytestmark = pytest.mark.django_db

AMALS, FARIDS = "C I N / C N I / N II N", "C N N / II N I / N II N"
MOST_QUERIES = 15


def at(name, *args):
    return reverse(f"attribution:{name}", args=args)


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def words(answer) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def typed(case, line, **more):
    """The sheet as a browser sends it."""
    sent = {f"r.{row}.{column}": given[0] for (row, column), given in rated(case, line).items()}
    return {"version": "0", **sent, **more}


def test_the_page_of_an_empty_matrix_teaches_its_use(as_, night_raid, hypothesis, amal):
    assert "Nothing in the matrix yet" in words(as_(amal).get(at("matrix_detail", night_raid.pk)))


def test_a_claim_is_put_in_by_its_number(as_, night_raid, hypothesis, claim, amal):
    sent = {"claim": claim.ref, "relevance": "H"}
    answer = as_(amal).post(at("matrix_row_create", night_raid.pk), sent, follow=True)
    assert claim.ref in words(answer)
    row = MatrixRow.objects.get()
    assert (row.claim, row.credibility, row.relevance) == (claim, "H", "H")


def test_one_thing_at_a_time_is_put_in(as_, night_raid, hypothesis, claim, gyro, amal):
    sent = {"claim": claim.ref, "item": gyro.exhibit_no, "relevance": "M"}
    answer = as_(amal).post(at("matrix_row_create", night_raid.pk), sent)
    assert answer.status_code == 422
    assert "Name one claim, exhibit, comparison or report." in words(answer)


def test_a_row_is_weighed_otherwise_and_taken_out_with_a_reason(as_, night_raid, rows, amal):
    browser = as_(amal)
    sent = {"credibility": "H", "relevance": "L", "version": rows[0].version}
    assert browser.post(at("matrix_row_edit", rows[0].pk), sent).status_code == 302
    here = at("matrix_row_take_out", rows[0].pk)
    assert browser.post(here, {}).status_code == 422
    page = words(browser.post(here, {"reason": "It repeats another."}, follow=True))
    assert "It repeats another." in page
    assert browser.post(at("matrix_row_put_back", rows[0].pk)).status_code == 302
    row = MatrixRow.objects.get(pk=rows[0].pk)
    assert (row.credibility, row.relevance, row.is_taken_out) == ("H", "L", False)


def test_a_draft_is_saved_without_scripts_and_shown_again(as_, night_raid, rows, amal):
    here, sent = at("matrix_score", night_raid.pk), typed(night_raid, AMALS)
    first = next(name for name in sent if name.startswith("r."))
    sent[first.replace("r.", "w.", 1)] = "He was there."
    page = as_(amal).post(here, sent, follow=True).content.decode()
    assert 'value="He was there."' in page
    assert page.count('<option value="II" title="strongly inconsistent" selected>') == 2
    assert not Sheet.objects.get().is_handed_in


def test_a_sheet_with_open_cells_is_not_handed_in_and_nothing_typed_is_lost(
    as_, night_raid, rows, amal
):
    sent = typed(night_raid, AMALS, **{"hand-in": "yes"})
    first = next(name for name in sent if name.startswith("r."))
    sent[first], sent[first.replace("r.", "w.", 1)] = "", "Not sure yet."
    answer = as_(amal).post(at("matrix_score", night_raid.pk), sent)
    assert answer.status_code == 422
    assert "1 cell is still to be rated" in words(answer)
    assert "Not sure yet." in answer.content.decode()
    assert answer.content.decode().count(" selected>") == 12


def test_two_pages_of_one_sheet_do_not_overwrite_each_other(as_, night_raid, rows, amal):
    browser, here = as_(amal), at("matrix_score", night_raid.pk)
    browser.post(here, typed(night_raid, AMALS))
    answer = browser.post(here, typed(night_raid, FARIDS))
    assert answer.status_code == 409
    assert "stored: I" in words(answer)
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    again = browser.post(here, typed(night_raid, FARIDS, version=version))
    assert again.status_code == 302
    assert Cell.objects.filter(rating="II").count() == 3


def test_a_cell_that_was_not_sent_stays_as_it_was(as_, night_raid, rows, amal):
    hand_in(night_raid, amal, AMALS)
    sent = typed(night_raid, FARIDS)
    part = {name: sent[name] for name in list(sent)[:4]}
    as_(amal).post(at("matrix_score", night_raid.pk), part)
    assert Cell.objects.filter(sheet__number=2).count() == 12


def test_nothing_of_a_colleague_is_shown_before_ones_own_sheet_is_in(
    as_, night_raid, rows, amal, farid
):
    sheet = hand_in(night_raid, amal, AMALS)
    Cell.objects.filter(sheet=sheet).update(rationale="Amal's own reason")
    services.take_matrix_snapshot(night_raid, by=amal, reason="Amal's first look")
    here = f"{at('matrix_detail', night_raid.pk)}?sheet={sheet.pk}"
    before = as_(farid).get(here)
    assert "1 analyst has handed in." in words(before)
    for hidden in ("Amal", "contradicted least (", "II</bdi>", "first look"):
        assert hidden not in before.content.decode().split("<main")[1]
    hand_in(night_raid, farid, FARIDS)
    after = as_(farid).get(here).content.decode()
    assert "Amal&#x27;s own reason" in after and "first look" in after


def test_the_results_are_told_in_words(as_, night_raid, rows, hypothesis, amal, farid):
    """H-01: 0 and 2 → 1, by the exhibit alone. H-02, H-04: 2.5. H-03: 1, by the exhibit."""
    hand_in(night_raid, amal, AMALS)
    hand_in(night_raid, farid, FARIDS)
    page = words(as_(amal).get(at("matrix_detail", night_raid.pk)))
    assert "H-01, H-03 are contradicted least, and equally (1)." in page
    assert "In 1 cell the analysts lie far apart" in page


def test_the_row_on_which_the_ranking_rests_is_named(as_, night_raid, rows, gyro, amal):
    hand_in(night_raid, amal, "N N N / N I I / N N N")
    page = words(as_(amal).get(at("matrix_detail", night_raid.pk)))
    assert "H-01 is contradicted least (0)." in page
    assert f"The ranking rests on {gyro.exhibit_no} alone." in page
    assert "H-01, H-02, H-03, H-04 would come first" in page


def test_the_newest_snapshot_is_held_against_the_one_before(as_, night_raid, rows, amal):
    browser = as_(amal)
    for line, reason in ((AMALS, "First"), (FARIDS, "Second")):
        hand_in(night_raid, amal, line)
        here = at("matrix_snapshot_take", night_raid.pk)
        page = words(browser.post(here, {"reason": reason}, follow=True))
    assert "What changed since snapshot 1" in page
    assert re.search(r"rating \S*\s?Amal.*M-02\s+H-01\s+C\s+II", page)


def test_the_lead_looks_back_once_the_case_is_concluded(as_, night_raid, rows, soraya):
    browser, here = as_(soraya), at("post_mortem_create", night_raid.pk)
    sent = {"went_wrong": "We believed the boast.", "lessons": "Ask.", "decisive": [rows[0].pk]}
    assert browser.post(here, sent).status_code == 422
    set_case_status(night_raid, "finding-released", by=soraya, reason="Released.")
    page = words(browser.post(here, sent, follow=True))
    assert "We believed the boast." in page
    written = PostMortem.objects.get()
    edited = browser.get(at("post_mortem_edit", written.pk)).content.decode()
    assert f'value="{rows[0].pk}"' in edited and "checked" in edited


def test_the_page_reads_from_right_to_left(as_, night_raid, rows, amal):
    amal.language = "ar"
    amal.save()
    assert 'dir="rtl"' in as_(amal).get(at("matrix_score", night_raid.pk)).content.decode()


def test_the_page_tells_what_is_missing_before_anything_is_rated(
    as_, night_raid, hypothesis, report, amal
):
    services.add_matrix_row(night_raid, report, by=amal)
    type(hypothesis).objects.filter(pk=hypothesis.pk).update(refuted_by="")
    page = words(as_(amal).get(at("matrix_detail", night_raid.pk)))
    assert "1 more hypothesis has to be proposed" in page and "My sheet" not in page
    assert "Not said yet: what would show it to be wrong H-01" in page
    assert "1 more hypothesis" in words(as_(amal).get(at("hypothesis_list")))
    answer = as_(amal).post(at("matrix_score", night_raid.pk), typed(night_raid, "C N N"))
    assert answer.status_code == 422 and "1 more hypothesis" in words(answer)


@pytest.fixture
def crowded(night_raid, strike, hypothesis, amal, soraya):
    """Fifty rows, eight hypotheses, and six analysts who have all handed in."""
    for number in range(5):
        supposed(night_raid, amal, f"It was group {number}.")
    for number in range(50):
        thing = said(night_raid, amal, incident=strike, citation=f"Source {number}")
        services.add_matrix_row(night_raid, thing, by=amal)
    analysts = [amal, *(person(f"analyst{number}") for number in range(5))]
    for number, analyst in enumerate(analysts):
        if analyst != amal:
            investigations.admit_member(night_raid, analyst, roles=["analyst"], by=soraya)
        line = " ".join(["CC", "C", "N", "I", "II", "NA"][(number + at) % 6] for at in range(8))
        hand_in(night_raid, analyst, "/".join([line] * 50))
    return night_raid


def questions(ask):
    """What was asked of the database for one answer, once the session is known."""
    ask()
    with CaptureQueriesContext(connection) as asked:
        assert ask().status_code == 200
    return [re.sub(r"SELECT .*? FROM ", "", one["sql"])[:90] for one in asked.captured_queries]


@pytest.mark.parametrize("name", ["matrix_detail", "matrix_score"])
def test_a_crowded_page_asks_few_questions(as_, crowded, amal, name):
    browser = as_(amal)
    asked = questions(lambda: browser.get(at(name, crowded.pk)))
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)


def test_programs_are_told_of_a_crowded_matrix_in_few_questions(as_program, crowded, amal):
    program = as_program(amal)
    asked = questions(lambda: program.get(f"/api/v1/matrices/{crowded.pk}/"))
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
