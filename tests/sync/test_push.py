"""Sending what was done without a line: once, in order, and merged where somebody was faster."""

import json
import sqlite3

import pytest

from tests.sync.conftest import CASE, ITEM, gained, put
from tests.sync.fake import CUT, plain
from vestige_sync.errors import Unreachable, Usage
from vestige_sync.push import KEYS_LAST, Push

ATTACK = {"case": CASE, "title": "Attack on the pier"}
NEWER = {"id": "item-1", "case": CASE, **ITEM, "version": 2}
STALE = plain({"detail": "Somebody was faster.", "code": "stale"}, 412)


def posts(fake):
    return [one for one in fake.asked if one.method == "POST"]


def test_a_request_whose_answer_was_lost_is_sent_again_word_for_word(fake, filled):
    draft = filled.create("incidents", ATTACK)
    filled.line.patience = 0.0
    fake.in_turn(CUT)
    with pytest.raises(Unreachable):
        filled.push()
    assert filled.drafts.get(draft.key).first_sent
    fake.in_turn(plain({"id": "inc-1"}, 201))
    assert filled.push().acknowledged == [("create", "incidents", "inc-1")]
    first, second = posts(fake)
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert first.body == second.body
    assert list(filled.drafts.all()) == []


def test_a_draft_may_name_what_another_draft_becomes(fake, filled):
    attack = filled.create("incidents", ATTACK)
    filled.create("items", {"incident": f"draft:{attack.key}", "description": "Servo"})
    fake.in_turn(plain({"id": "inc-1"}, 201), plain({"id": "item-2"}, 201))
    filled.push()
    assert posts(fake)[1].told == {"incident": "inc-1", "description": "Servo"}


def test_what_rests_on_a_refused_draft_waits_and_the_others_go_on(fake, filled):
    attack = filled.create("incidents", {"case": CASE, "title": ""})
    item = filled.create("items", {"incident": f"draft:{attack.key}"})
    filled.do("items", "item-1", "seal", {"seal_no": "S-1"})
    fake.in_turn(plain({"title": ["This field may not be blank."]}, 422), plain({"id": "item-1"}))
    pushed = filled.push()
    assert pushed.acknowledged == [("deed", "items", "item-1")]
    assert (pushed.conflicts, pushed.waiting) == ([attack.key], [item.key])
    assert "may not be blank" in filled.drafts.get(attack.key).detail
    assert posts(fake)[1].path == "/api/v1/items/item-1/seal/"


def test_a_refusal_of_fields_is_kept_with_their_names(fake, filled):
    draft = filled.create("incidents", {"titel": "Attack"})
    lacking = ["This field is required."]
    told = {"detail": lacking[0], "errors": {"case": lacking, "title": lacking, "": ["Too much."]}}
    fake.in_turn(plain(told, 422))
    filled.push()
    words = filled.drafts.get(draft.key).detail
    assert words == f"422: case: {lacking[0]}; title: {lacking[0]}; Too much."


def test_nothing_is_sent_again_after_its_key_may_be_forgotten(fake, filled):
    draft = filled.create("incidents", ATTACK)
    filled.line.patience = 0.0
    fake.in_turn(CUT)
    with pytest.raises(Unreachable):
        filled.push()
    fake.in_turn(plain({"id": "inc-1"}, 201))
    later = filled.drafts.get(draft.key).first_sent + KEYS_LAST + 1
    pushed = Push(filled.line, filled.drafts, now=lambda: later).run()
    assert (pushed.acknowledged, pushed.conflicts) == ([], [draft.key])
    assert len(posts(fake)) == 1
    again = filled.drafts.send_again(draft)
    assert again.sending_key != draft.sending_key
    assert filled.push().acknowledged


def test_a_change_names_the_version_that_was_read_and_only_what_is_otherwise(fake, filled):
    filled.change("items", "item-1", {"condition": "dry"})
    filled.change("items", "item-1", {"quantity": 2})
    fake.in_turn(plain(NEWER))
    filled.push()
    (asked,) = fake.asked
    assert (asked.method, asked.headers["If-Match"]) == ("PATCH", '"1"')
    assert asked.told == {"condition": "dry", "quantity": 2}


def test_a_change_joins_what_somebody_faster_changed_elsewhere(fake, filled):
    filled.change("items", "item-1", {"condition": "dry"})
    fake.in_turn(STALE, plain({**NEWER, "description": "A gyroscope"}, ETag='"2"'), plain(NEWER))
    assert filled.push().acknowledged == [("change", "items", "item-1")]
    assert (fake.asked[-1].headers["If-Match"], fake.asked[-1].told) == (
        '"2"',
        {"condition": "dry"},
    )


def test_a_change_that_was_heard_although_its_answer_was_lost_is_not_made_twice(fake, filled):
    filled.change("items", "item-1", {"condition": "dry"})
    fake.in_turn(CUT, STALE, plain({**NEWER, "condition": "dry"}))
    assert filled.push().acknowledged == [("change", "items", "item-1")]
    assert [one.method for one in fake.asked] == ["PATCH", "PATCH", "GET"]


@pytest.mark.parametrize(
    ("chosen", "sent"),
    [("ours", {"condition": "dry", "quantity": 2}), ("theirs", {"quantity": 2})],
)
def test_where_both_changed_the_same_a_person_decides(fake, filled, chosen, sent):
    draft = filled.change("items", "item-1", {"condition": "dry", "quantity": 2})
    fake.in_turn(STALE, plain({**NEWER, "condition": "wet"}))
    assert filled.push().conflicts == [draft.key]
    told = filled.drafts.get(draft.key).told()
    assert told["clashes"] == {"condition": {"base": "burnt", "ours": "dry", "theirs": "wet"}}
    filled.resolve(draft.key[:8], condition=chosen)
    fake.in_turn(plain(NEWER))
    filled.push()
    assert (fake.asked[-1].told, fake.asked[-1].headers["If-Match"]) == (sent, '"2"')


def test_theirs_alone_leaves_nothing_to_send(fake, filled):
    draft = filled.change("items", "item-1", {"condition": "dry"})
    fake.in_turn(STALE, plain({**NEWER, "condition": "wet"}))
    filled.push()
    with pytest.raises(Usage, match="condition"):
        filled.resolve(draft.key)
    assert filled.resolve(draft.key, condition="theirs") is None
    assert list(filled.drafts.all()) == []


def test_a_kind_without_versions_is_changed_by_the_tag_of_what_is_there(fake, filled, take_in):
    take_in(gained(), put("notes", "n-1", words="a"))
    filled.change("notes", "n-1", {"words": "b"})
    there = {"id": "n-1", "case": CASE, "words": "a"}
    fake.in_turn(plain(there, ETag='"7"'), plain(there))
    filled.push()
    assert [one.method for one in fake.asked] == ["GET", "PATCH"]
    assert fake.asked[-1].headers["If-Match"] == '"7"'


def test_a_deed_says_which_version_it_was_decided_on(fake, filled):
    filled.do("items", "item-1", "seal", {"seal_no": "S-1"})
    fake.in_turn(plain(NEWER))
    filled.push()
    assert fake.asked[-1].headers["If-Match"] == '"1"'


def test_a_deed_to_what_is_not_in_the_copy_names_no_version(fake, filled):
    filled.do("items", "nowhere", "seal", {"seal_no": "S-1"})
    fake.in_turn(plain(NEWER))
    filled.push()
    assert "If-Match" not in fake.asked[-1].headers


def test_a_deed_after_ones_own_change_goes_on_from_the_version_that_came_of_it(fake, filled):
    filled.change("items", "item-1", {"condition": "dry"})
    filled.do("items", "item-1", "seal", {"seal_no": "S-1"})
    fake.in_turn(plain(NEWER), plain(NEWER))
    assert len(filled.push().acknowledged) == 2
    assert fake.asked[-1].headers["If-Match"] == '"2"'


def test_a_deed_decided_on_an_older_reading_is_left_to_a_person(fake, filled, take_in):
    draft = filled.do("items", "item-1", "seal", {"seal_no": "S-1"})
    fake.in_turn(STALE)
    assert filled.push().conflicts == [draft.key]
    assert filled.drafts.get(draft.key).detail == "412: Somebody was faster."
    take_in(put("items", "item-1", **{**ITEM, "version": 2}))
    filled.drafts.send_again(draft)
    fake.in_turn(plain(NEWER))
    filled.push()
    assert fake.asked[-1].headers["If-Match"] == '"2"'


def test_what_was_never_read_cannot_be_changed(filled):
    with pytest.raises(Usage, match="pull first"):
        filled.change("items", "nowhere", {"condition": "dry"})


def test_a_draft_is_on_the_disk_before_it_is_sent(fake, filled):
    draft, seen = filled.create("incidents", ATTACK), []
    fake.answer = look_from_elsewhere(filled, draft, seen)
    filled.push()
    ((body, key),) = seen
    assert json.loads(body) == ATTACK
    assert posts(fake)[0].headers["Idempotency-Key"] == key


def look_from_elsewhere(copy, draft, seen):
    """Answers, and reads meanwhile what another program would find on the disk."""

    def answer(_asked):
        other = sqlite3.connect(str(copy.folder / "mirror.sqlite"))
        question = "SELECT body, sending_key FROM drafts WHERE key = ?"
        seen.append(other.execute(question, (draft.key,)).fetchone())
        other.close()
        return plain({"id": "inc-1"}, 201)

    return answer
