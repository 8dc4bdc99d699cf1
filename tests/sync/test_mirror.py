"""The copy: exactly what was told, as far as it was told, and nothing that is not for its owner."""

import json

import pytest

from tests.sync.conftest import CASE, ITEM, OTHER, gained, lost, put
from tests.sync.fake import CUT, plain
from vestige_sync.errors import Refused, Unverified
from vestige_sync.mirror import NAME, canonical

SECRET = "A sentence that must not be found again"


def page(*lines, cursor="c", more=False):
    return plain({"changes": list(lines), "cursor": cursor, "more": more})


def problem(status, code):
    return plain({"detail": "Begin anew.", "code": code}, status)


def test_records_lie_there_as_they_were_told_in_one_way_of_writing(filled):
    ((_kind, _key, text),) = filled.mirror.records("items")
    assert text == canonical({"id": "item-1", "case": CASE, **ITEM})
    assert json.loads(text)["description"] == "Gyroscope"


def test_a_case_that_is_lost_takes_its_records_and_what_lies_across_it(filled, take_in):
    across = put("comparisons", "link-1", OTHER, other_case=CASE)
    take_in(gained(OTHER), put("items", "item-2", OTHER), across)
    take_in(lost())
    assert [key for _kind, key, _record in filled.mirror.records()] == ["item-2"]
    assert filled.mirror.cases() == [OTHER]


def test_single_records_and_whole_kinds_go_when_it_is_said(filled, take_in):
    take_in(put("findings", "f-1"), put("findings", "f-2", OTHER), put("items", "item-2"))
    take_in(
        {"op": "gone", "kind": "items", "case": CASE, "id": "item-1"},
        {"op": "reset", "case": CASE, "kinds": ["findings"]},
    )
    keys = {key for _kind, key, _record in filled.mirror.records()}
    assert keys == {CASE, "f-2", "item-2"}


def test_what_was_lost_is_in_no_file_of_the_copy(filled, take_in):
    take_in(put("items", "item-9", description=SECRET))
    filled.change("items", "item-9", {"condition": "dry"})
    take_in(lost())
    for file in filled.folder.glob(f"{NAME}*"):
        assert SECRET.encode() not in file.read_bytes()


def test_own_words_stay_when_a_case_is_lost_and_go_on_when_it_comes_back(filled, take_in):
    draft = filled.change("items", "item-1", {"condition": "dry"})
    take_in(lost())
    kept = filled.drafts.get(draft.key)
    assert (kept.state, kept.base, kept.fields) == ("orphaned", None, {"condition": "dry"})
    take_in(gained(), put("items", "item-1", **ITEM))
    assert filled.drafts.get(draft.key).state == "waiting"


def test_what_was_read_of_a_hidden_record_goes_out_of_the_drafts_too(filled, take_in):
    draft = filled.change("items", "item-1", {"condition": "dry"})
    take_in({"op": "gone", "kind": "items", "case": CASE, "id": "item-1"})
    kept = filled.drafts.get(draft.key)
    assert (kept.state, kept.base, kept.fields) == ("orphaned", None, {"condition": "dry"})
    take_in(put("items", "item-1", **ITEM), whole=False)
    assert filled.drafts.get(draft.key).state == "waiting"


def test_a_page_and_its_cursor_are_taken_in_together_or_not_at_all(filled, take_in):
    before = filled.mirror.cursor
    with pytest.raises(Unverified, match="up to date"):
        take_in(put("items", "item-2"), {"op": "moved", "case": CASE})
    assert filled.mirror.cursor == before
    assert filled.mirror.record("items", "item-2") is None


def test_a_page_that_another_program_took_in_first_is_not_taken_in_again(filled):
    told = {"changes": [put("items", "late")], "cursor": "c-9", "more": False}
    assert not filled.mirror.take_in(told, asked_with="of before", whole=True)
    assert filled.mirror.record("items", "late") is None


def test_a_pull_goes_on_where_the_last_one_was_cut(fake, copy):
    copy.line.patience = 0.0
    fake.in_turn(page(gained(), put("items", "a"), cursor="c-1", more=True), CUT)
    with pytest.raises(Exception, match="cannot be reached"):
        copy.pull()
    assert (copy.mirror.cursor, copy.mirror.is_whole) == ("c-1", False)
    answers = [page(put("items", "b"), cursor="c-2")]
    fake.answer = lambda asked: answers[0] if "changes" in asked.path else plain({}, 404)
    copy.pull()
    assert "since=c-1" in next(one.path for one in fake.asked[2:] if "changes" in one.path)
    assert copy.mirror.counts() == {"items": 2}
    assert copy.mirror.is_whole


def test_a_cursor_that_has_expired_begins_anew_and_drops_what_is_not_told_again(fake, filled):
    answers = [problem(410, "cursor-expired"), page(gained(), put("items", "item-2"))]
    fake.answer = lambda asked: answers.pop(0) if "changes" in asked.path else plain({}, 404)
    pulled = filled.pull()
    assert pulled.begun_anew == ["Begin anew."]
    assert [key for _kind, key, _record in filled.mirror.records()] == ["item-2"]


def test_the_key_of_another_person_empties_the_copy_and_sends_nothing_unasked(fake, filled):
    filled.create("incidents", {"case": CASE, "title": "Attack"})
    answers = [problem(403, "cursor-of-another"), page(gained(OTHER))]
    fake.answer = lambda asked: answers.pop(0) if "changes" in asked.path else plain({}, 404)
    filled.pull()
    assert filled.mirror.counts() == {}
    assert [draft.state for draft in filled.drafts.all()] == ["unsure"]
    assert filled.push().acknowledged == []


def test_a_refusal_that_beginning_anew_cannot_mend_is_told(fake, filled):
    fake.in_turn(problem(422, "too-many-cases"))
    with pytest.raises(Refused, match="Begin anew"):
        filled.pull()
    assert filled.mirror.record("items", "item-1")
