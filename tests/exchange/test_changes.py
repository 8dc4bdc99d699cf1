"""Following changes: nothing is lost, nothing is told twice for nothing, and quiet is cheap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Scope
from accounts.services import issue_token
from attribution import services as attribution
from evidence import services as evidence
from evidence.models import File, Item
from exchange.api.kinds import COVERED, watched_by
from exchange.models import FeedHead, Step, Touch
from exchange.models.triggers import tables_of
from exchange.services import cursor as cursors
from exchange.services.forgetting import forget_old_steps
from tests.exchange.following import CHANGES, Copy, commit, told_by_the_doors
from tests.investigations.test_row_security import COUNT
from tests.investigations.test_row_security import rows as asked_of_postgres

KINDS = ("cases", "incidents", "items", "components", "markings")


def test_a_copy_begins_with_everything_that_is_seen(following, sticker, amal, omar, as_program):
    copy = following(amal)
    assert copy.records == told_by_the_doors(as_program(amal), *KINDS)
    assert following(omar).records == {}


def test_a_copy_that_begins_with_a_snapshot_is_the_same(sticker, amal, as_program):
    commit()
    copy = Copy(as_program(amal))
    lines = copy.begin()
    assert [line["kind"] for line in lines] == sorted(
        [line["kind"] for line in lines], key=list(COVERED).index
    )
    assert copy.follow() == []
    assert copy.records == told_by_the_doors(copy.program, *KINDS)


def test_only_what_changed_is_told(following, gyro, strike, amal):
    copy = following(amal)
    evidence.amend_item(gyro, by=amal, version=gyro.version, description="A rate gyroscope")
    made = evidence.log_item(
        gyro.case, by=amal, incident=strike, kind=gyro.kind, description="Another"
    )
    commit()
    told = {(line["op"], line["kind"], line["id"]) for line in copy.follow()}
    assert told == {("put", "items", str(gyro.pk)), ("put", "items", str(made.pk))}
    assert copy.records["items", str(gyro.pk)]["description"] == "A rate gyroscope"


def test_a_part_is_told_of_with_what_it_is_shown_with(following, board, sticker, amal):
    copy = following(amal)
    evidence.record_marking(board, by=amal, kind="sticker", state="present-legible", as_seen="K-8")
    commit()
    assert {line["kind"] for line in copy.follow()} == {"components", "markings"}
    seen = [each["as_seen"] for each in copy.records["components", str(board.pk)]["markings"]]
    assert sorted(seen) == ["K-7", "K-8"]


def test_a_finding_is_told_when_it_is_cited_for_or_dissented_from(following, finding, gyro, amal):
    copy = following(amal)
    attribution.cite(finding, gyro, by=amal, stance="contrary")
    commit()
    copy.follow()
    told = copy.records["findings", str(finding.pk)]
    assert [row["stance"] for row in told["citations"]] == ["supports", "contrary"]
    view = {"text": "The launcher was empty.", "likelihood": "unlikely"}
    dissent = attribution.record_dissent(finding, by=amal, **view)
    commit()
    assert [(line["kind"], line["id"]) for line in copy.follow()] == [("findings", str(finding.pk))]
    told = copy.records["findings", str(finding.pk)]
    assert [row["text"] for row in told["dissents"]] == ["The launcher was empty."]
    attribution.take_back_dissent(dissent, by=amal)
    commit()
    copy.follow()
    assert copy.records["findings", str(finding.pk)]["dissents"] == []


def test_what_changes_without_a_line_in_the_ledger_is_told(following, gyro, amal):
    """The journal is kept by PostgreSQL, whoever writes and by whichever way."""
    copy = following(amal)
    Item.objects.filter(pk=gyro.pk).update(quantity=3)
    commit()
    assert [line["record"]["quantity"] for line in copy.follow()] == [3]


def test_what_no_door_shows_is_no_news(following, gyro, amal):
    case = gyro.case
    file = evidence.receive_file(case, by=amal, chunks=[b"a log"], name="log.txt", item=gyro)
    copy = following(amal)
    File.objects.filter(pk=file.pk).update(fixity_at=timezone.now())
    commit()
    assert copy.follow() == []
    File.objects.filter(pk=file.pk).update(caption="The log")
    commit()
    assert [line["record"]["caption"] for line in copy.follow()] == ["The log"]


def test_however_few_lines_are_taken_the_copy_becomes_the_same(following, sticker, amal):
    whole, slow = following(amal), following(amal, limit="1")
    assert slow.records == whole.records
    Item.objects.update(quantity=2)
    for _time in range(3):
        evidence.record_marking(
            sticker.component, by=amal, kind="sticker", state="present-legible", as_seen="K-9"
        )
    commit()
    slow.follow()
    whole.follow()
    assert slow.records == whole.records
    assert len([kind for kind, _key in slow.records if kind == "markings"]) == 4


def test_changes_are_narrowed_by_kind_and_by_case(following, sticker, amal, night_raid):
    assert {kind for kind, _key in following(amal, kind="items,markings").records} == {
        "items",
        "markings",
    }
    elsewhere = "0190c2a4-7d1e-7c3a-9b1e-5d2f6a7b8c9d"
    assert following(amal, case=elsewhere).records == {}
    assert following(amal, case=f"{elsewhere},{night_raid.pk}").records


def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are(amal, as_program):
    answer = as_program(amal).get(CHANGES, {"kind": "items,dragons"})
    assert answer.status_code == 422
    assert "dragons" in answer.json()["errors"]["kind"][0]
    assert "incidents" in answer.json()["errors"]["kind"][0]


def test_nothing_new_is_told_with_few_questions(
    following, sticker, amal, django_assert_max_num_queries
):
    copy = following(amal)
    with django_assert_max_num_queries(7):
        assert copy.follow() == []


def test_a_cursor_is_for_the_key_it_was_given_to(following, gyro, amal, lena, as_program):
    cursor = following(amal).cursor
    for thief in (as_program(lena), as_program(amal)):
        answer = thief.get(CHANGES, {"since": cursor})
        assert (answer.status_code, answer.json()["code"]) == (403, "cursor-of-another")
        assert answer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("wrong", ["", "nonsense", "ÅÅÅÅ", "A" * 400])
def test_a_cursor_that_is_none_of_ours_is_refused(gyro, amal, as_program, wrong):
    answer = as_program(amal).get(CHANGES, {"since": wrong or "="})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-altered")
    assert "snapshot" in answer.json()["detail"]


def test_no_letter_of_a_cursor_can_be_changed(following, gyro, amal):
    copy = following(amal)
    whole, middle = copy.cursor, len(copy.cursor) // 2
    for at in (0, middle, len(whole) - 2):
        other = "A" if whole[at] != "A" else "B"
        copy.cursor = whole[:at] + other + whole[at + 1 :]
        assert copy.ask().json()["code"] == "cursor-altered"
    copy.cursor = whole
    assert copy.follow() == []


def test_a_cursor_holds_to_the_kinds_it_was_given_for(following, gyro, amal):
    copy = following(amal, kind="items")
    copy.query = {"kind": "items,files"}
    answer = copy.ask()
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-of-other-filters")


def test_a_cursor_is_good_for_ninety_days(following, gyro, amal, monkeypatch):
    copy = following(amal)
    given = cursors.time.time()
    day = timedelta(days=1).total_seconds()
    monkeypatch.setattr(cursors.time, "time", lambda: given + 89 * day)
    assert copy.program.get(CHANGES, {"since": copy.cursor}).status_code == 200
    monkeypatch.setattr(cursors.time, "time", lambda: given + 91 * day)
    answer = copy.ask()
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-expired")
    assert "snapshot" in answer.json()["detail"]


def test_a_cursor_from_before_a_restored_backup_is_refused(following, gyro, amal):
    Item.objects.filter(pk=gyro.pk).update(quantity=3)
    copy = following(amal)
    FeedHead.objects.filter(log=gyro.case_id).update(position=0)
    answer = copy.ask()
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-ahead")


def test_a_key_without_the_right_to_read_follows_nothing(gyro, amal, as_program):
    program = as_program(amal)
    _token, key = issue_token(amal, by=amal, name="writer", days=1, scopes=[Scope.WRITE])
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    assert program.get(CHANGES).status_code == 403


def test_what_is_older_than_any_good_cursor_is_forgotten(following, gyro, amal):
    copy = following(amal)
    Step.objects.update(at=timezone.now() - timedelta(days=92))
    Item.objects.filter(pk=gyro.pk).update(quantity=3)
    commit()
    assert forget_old_steps() > 0
    assert Step.objects.count() == 1
    assert set(Touch.objects.values_list("subject", flat=True)) == {gyro.pk}
    assert [line["id"] for line in copy.follow()] == [str(gyro.pk)]


def test_every_table_that_is_told_of_is_watched(db, amal):
    kept = asked_of_postgres(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE starts_with(t.tgname::text, 'exchange_journal_')",
        who=amal,
    )
    found = [name for (name,) in kept]
    wanted = {table for each in watched_by(COVERED.values()) for table, _bodies in tables_of(each)}
    assert {table: found.count(table) for table in wanted} == dict.fromkeys(wanted, 3)


def test_nobody_reads_the_journal_itself(following, gyro, amal):
    following(amal)
    for table in ("exchange_feedhead", "exchange_step", "exchange_touch"):
        assert asked_of_postgres(COUNT.format(table), who=amal) == [(0,)]
