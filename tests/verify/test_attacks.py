"""Whoever owns the database, and mends all manifests and proofs, is found out: by which entry."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deploy.exercise_authority import Authority
from ledger import merkle
from ledger.notes import Checkpoint, SigningKey
from tests.verify.conftest import checked
from tests.verify.sealed import LOG, PHOTO, SIGNER, Log, body, pack, parts_of, sealed_log

LEDGER = "data/ledger/"
EXHIBIT = "01920000-0000-7000-8000-0000000000bb"
EVENTS, PROOFS = LEDGER + "events.jsonl", LEDGER + "proofs.jsonl"
OLD, NEW = LEDGER + "anchors/000000004/", LEDGER + "anchors/000000009/"


@pytest.fixture
def say(tmp_path: Path) -> Any:
    """Pack these files into a bag with true manifests, and hear the verifier."""

    def packed(parts: dict[str, bytes], *words: object) -> tuple[int, tuple[int, str] | None]:
        told = checked(pack(parts, tmp_path / "forged.zip"), *words)
        return told.exit_code, told.first_bad

    return packed


def lines(parts: dict[str, bytes], name: str) -> list[bytes]:
    return parts[name].splitlines(keepends=True)


def with_lines(parts: dict[str, bytes], **names: list[bytes]) -> dict[str, bytes]:
    changed = {LEDGER + name + ".jsonl": b"".join(rows) for name, rows in names.items()}
    return {**parts, **changed}


def test_an_edited_entry_is_named(parts, say):
    events = lines(parts, EVENTS)
    events[4] = events[4].replace(b'"n":5', b'"n":6')
    code, bad = say(with_lines(parts, events=events))

    assert (code, bad[0]) == (1, 5)


@pytest.mark.parametrize("position", [1, 4, 9])
def test_a_deleted_entry_is_named(parts, say, position):
    events, proofs = lines(parts, EVENTS), lines(parts, PROOFS)
    del events[position - 1], proofs[position - 1]
    code, bad = say(with_lines(parts, events=events, proofs=proofs))

    assert (code, bad[0]) == (1, position)


def test_an_inserted_entry_is_named(parts, say):
    events, proofs = lines(parts, EVENTS), lines(parts, PROOFS)
    events.insert(5, body(6, n=66).encode() + b"\n")
    proofs.insert(5, proofs[5])
    code, bad = say(with_lines(parts, events=events, proofs=proofs))

    assert (code, bad[0]) == (1, 6)


def test_an_entry_added_at_the_end_is_named(parts, say):
    events, proofs = lines(parts, EVENTS), lines(parts, PROOFS)
    events.append(body(10, n=10).encode() + b"\n")
    proofs.append(proofs[-1].replace(b'"position": 9', b'"position": 10'))
    code, bad = say(with_lines(parts, events=events, proofs=proofs))

    assert (code, bad[0]) == (1, 10)


def test_entries_that_changed_places_are_named(parts, say):
    events = lines(parts, EVENTS)
    events[1], events[4] = events[4], events[1]
    code, bad = say(with_lines(parts, events=events))

    assert (code, bad[0]) == (1, 2)


def test_a_renumbered_order_is_named(parts, say):
    events = lines(parts, EVENTS)
    moved = events[4].replace(b'"position":5', b'"position":2')
    events[4], events[1] = events[1].replace(b'"position":2', b'"position":5'), moved
    code, bad = say(with_lines(parts, events=events))

    assert (code, bad[0]) == (1, 2)


def test_a_cut_tail_is_named(parts, say):
    cut = {"events": lines(parts, EVENTS)[:7], "proofs": lines(parts, PROOFS)[:7]}
    code, bad = say(with_lines(parts, **cut))

    assert (code, bad[0]) == (1, 8)


def test_a_swapped_photograph_is_named_by_the_entry_that_received_it(parts, say):
    code, bad = say({**parts, "data/e/photo.jpg": b"another photograph"})

    assert (code, bad[0]) == (1, 3)


def test_a_swapped_photograph_with_its_digest_swapped_too_is_named(parts, say):
    other = b"another photograph"
    about = json.loads(parts["data/bundle.json"])
    about["files"][0]["sha256"] = hashlib.sha256(other).hexdigest()
    forged = {"data/e/photo.jpg": other, "data/bundle.json": json.dumps(about).encode()}
    code, bad = say({**parts, **forged})

    assert (code, bad[0]) == (1, 3)


def test_a_custody_table_that_says_something_else_is_named(parts, say):
    table = json.loads(parts["data/e/custody.json"])
    table[0]["at"] = "2026-11-28T23:00:00+00:00"
    code, bad = say({**parts, "data/e/custody.json": json.dumps(table).encode()})

    assert (code, bad[0]) == (1, 3)


def rewritten(log: Log, position: int) -> Log:
    """The same log with one entry changed, and every hash over it made anew."""
    bodies = [*log.bodies]
    bodies[position - 1] = body(position, n=999)
    return replace(log, bodies=bodies)


def test_a_log_rewritten_with_all_its_hashes_does_not_fit_the_signed_root(log, authority, say):
    code, bad = say(parts_of(rewritten(log, 6), authority))

    assert code == 1
    assert bad[0] in range(1, 10)


def test_a_fork_signed_anew_does_not_continue_the_checkpoint_before(log, authority, say):
    forked = rewritten(log, 2)
    forked.checkpoint(9)
    code, bad = say(parts_of(forked, authority))

    assert code == 1
    assert bad[0] <= 5


def test_a_fork_of_both_checkpoints_is_found_by_a_note_kept_from_before(
    log, authority, say, tmp_path
):
    kept = tmp_path / "kept.note"
    kept.write_text(log.notes[4])
    forked = sealed_log()
    forked.bodies[1] = body(2, n=999)
    forked = Log(forked.bodies)
    for size in (4, 9):
        forked.checkpoint(size)
    parts = parts_of(forked, authority)

    assert say(parts)[0] == 0, "a signer's own fork shows only beside what was kept"
    assert say(parts, "--earlier", kept)[0] == 1


def test_a_fork_is_found_by_an_earlier_bundle_and_the_first_other_entry_named(
    bundle, authority, say
):
    forked = Log([*sealed_log().bodies])
    forked.bodies[6] = body(7, n=999)
    for size in (4, 9):
        forked.checkpoint(size)
    code, bad = say(parts_of(forked, authority), "--earlier", bundle)

    assert (code, bad[0]) == (1, 7)


def test_an_old_backup_is_found_by_what_was_kept_from_before(bundle, authority, say):
    restored = sealed_log(count=6, checkpoints=(4, 6))
    code, bad = say(parts_of(restored, authority), "--earlier", bundle)

    assert (code, bad[0]) == (1, 7)


def test_a_log_that_went_on_is_no_fork(bundle, authority, say):
    longer = sealed_log(count=14, checkpoints=(4, 9, 14))

    assert say(parts_of(longer, authority), "--earlier", bundle)[0] == 0


def test_an_old_time_stamp_does_not_hold_for_a_new_checkpoint(parts, say):
    replayed = {NEW + "time-stamp-1.tsr": parts[OLD + "time-stamp-1.tsr"]}
    code, bad = say({**parts, **replayed})

    assert code == 1
    assert "does not hold" in bad[1]


def test_an_old_place_in_the_register_does_not_hold_for_a_new_checkpoint(parts, say):
    old = {NEW + name: parts[OLD + name] for name in ("register.note", "register.json")}
    code, bad = say({**parts, **old})

    assert code == 1
    assert "not in the register" in bad[1]


def test_another_key_is_refused(log, authority, say):
    stranger = SigningKey(SIGNER.name, bytes(32))
    forged = replace(log, signer=stranger, notes={}, register=[])
    for size in (4, 9):
        forged.checkpoint(size)
    parts = parts_of(forged, authority)

    code, bad = say(parts, "--key", SIGNER.public)
    assert code == 1
    assert "not known here" in bad[1]
    honest = {LEDGER + "keys.txt": f"{SIGNER.public}\n".encode()}
    assert say({**parts, **honest})[0] == 1


def test_a_signature_of_another_text_is_refused(parts, say):
    note = parts[NEW + "checkpoint.note"].decode()
    forged = note.replace("\n9\n", "\n8\n").encode()
    code, bad = say({**parts, NEW + "checkpoint.note": forged})

    assert code == 1
    assert "signature" in bad[1]


def test_an_authority_that_is_not_trusted_proves_nothing(parts, say, tmp_path):
    other = Authority(tmp_path / "other", "Somebody else").folder / "ca.pem"

    assert say(parts, "--authority", other)[0] == 1


@pytest.mark.parametrize("name", ["data/bundle.json", EVENTS, PROOFS, NEW + "register.json"])
@pytest.mark.parametrize(
    "junk", [b"", b"{}", b"[]\n", b'{"position":1}\n', b"\xff\xfe", b"null\n", b"[" * 200_000]
)
def test_junk_is_no_intact_bundle(parts, say, name, junk):
    assert say({**parts, name: junk})[0] in (1, 2)


def about(parts: dict[str, bytes], **changed: Any) -> dict[str, bytes]:
    """The same files, with something else said of them in bundle.json."""
    told = {**json.loads(parts["data/bundle.json"]), **changed}
    return {**parts, "data/bundle.json": json.dumps(told).encode()}


def test_a_swapped_photograph_that_is_no_longer_named_is_found(parts, say):
    code, bad = say({**about(parts, files=[]), "data/e/photo.jpg": b"another photograph"})

    assert code == 1
    assert "data/e/photo.jpg" in bad[1]


def test_a_file_slipped_in_among_the_evidence_is_found(parts, say):
    code, bad = say({**parts, "data/e/other.jpg": b"never received"})

    assert code == 1
    assert "nothing says it was received" in bad[1]


def test_one_entry_does_not_stand_for_two_files(parts, say):
    files = json.loads(parts["data/bundle.json"])["files"]
    twice = [*files, {**files[0], "path": "data/e/twin.jpg"}]
    code, bad = say({**about(parts, files=twice), "data/e/twin.jpg": parts["data/e/photo.jpg"]})

    assert (code, bad[0]) == (1, 3)


def held(authority: Authority, table: list[int], act: str = "evidence.item_received") -> Any:
    """A bundle of a log with three events of custody of one exhibit; its table holds these."""
    bodies = [
        body(number, subject=["evidence.item", EXHIBIT], act=act, event=f"e{number}", seq=number)
        for number in (1, 2, 3)
    ]
    log = Log(bodies)
    log.checkpoint(3)
    parts = parts_of(log, authority)
    told = ("position", "at", "act", "actor", "facts")
    lines = [json.loads(line) for line in bodies if json.loads(line)["position"] in table]
    custody = [{part: line[part] for part in told} for line in lines]
    facts = {"data/e/facts.json": json.dumps({"id": EXHIBIT}).encode()}
    return {**parts, **facts, "data/e/custody.json": json.dumps(custody).encode()}


def test_a_custody_table_with_all_its_events_holds(authority, say):
    assert say(held(authority, [1, 2, 3])) == (0, None)


@pytest.mark.parametrize(("table", "first"), [([1, 3], 2), ([1, 2], 3), ([2, 3], 1), ([], 1)])
def test_an_event_left_out_of_a_custody_table_is_named(authority, say, table, first):
    code, bad = say(held(authority, table))

    assert (code, bad[0]) == (1, first)


def test_a_custody_table_that_is_no_longer_named_is_read_all_the_same(authority, say):
    code, bad = say(about(held(authority, [1, 2]), custody=[]))

    assert (code, bad[0]) == (1, 3)


def test_custody_without_any_table_is_not_proven(authority, say):
    parts = about(held(authority, [1, 2, 3]), custody=[])
    del parts["data/e/custody.json"]

    assert say(parts)[0] == 2


def test_a_file_laid_with_another_exhibit_is_not_proven(authority, say):
    digest = hashlib.sha256(PHOTO).hexdigest()
    elsewhere = EXHIBIT.replace("b", "c")
    log = Log([body(1, sha256=digest, item=EXHIBIT)])
    log.checkpoint(1)
    parts = parts_of(log, authority)

    def with_exhibit(key: str) -> dict[str, bytes]:
        return {**parts, "data/e/facts.json": json.dumps({"id": key}).encode()}

    def filed(parts: dict[str, bytes]) -> dict[str, bytes]:
        moved = {**parts, "data/e/files/photo.jpg": PHOTO}
        del moved["data/e/photo.jpg"]
        files = json.loads(parts["data/bundle.json"])["files"]
        return about(moved, files=[{**files[0], "path": "data/e/files/photo.jpg"}])

    assert say(filed(with_exhibit(EXHIBIT)))[0] == 0
    assert say(filed(with_exhibit(elsewhere)))[0] == 2


def test_a_refused_file_does_not_pass_as_received(authority, say):
    digest = hashlib.sha256(PHOTO).hexdigest()
    refused = {"subject": ["investigations.case", LOG], "act": "evidence.file_refused"}
    log = Log([body(1, **refused, found=digest, sha256=digest)])
    log.checkpoint(1)
    code, bad = say(parts_of(log, authority))

    assert (code, bad[0]) == (1, 1)


def test_a_checkpoint_of_a_case_is_no_register(log, authority, say):
    parts = parts_of(log, authority)
    note = SIGNER.sign(Checkpoint(f"{SIGNER.name}/other", 4, merkle.root_of(log.register[:4])).text)
    code, bad = say({**parts, NEW + "register.note": note.encode()})

    assert code == 1
    assert "is not of the register" in bad[1]
