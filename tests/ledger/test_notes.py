"""Signed notes: what the key signed is opened, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.notes import Checkpoint, Key, NoteRefused, SigningKey, open_note

SECRET = SigningKey("vestige.example/ledger", bytes(range(32)))
STRANGER = SigningKey("vestige.example/ledger", bytes(32))
ROOT = bytes(range(32, 64))
NOTE = SECRET.sign(Checkpoint("vestige.example/ledger/a", 12, ROOT).text)
GO = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
    "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_checkpoint_comes_back_as_it_was_signed() -> None:
    told = Checkpoint.read(open_note(NOTE, [SECRET.public]))
    assert told == Checkpoint("vestige.example/ledger/a", 12, ROOT)


def test_keys_are_read_as_they_are_written() -> None:
    assert Key.read(str(SECRET.public)) == SECRET.public
    assert SigningKey.read(SECRET.write()) == SECRET


def test_the_note_of_go_s_own_documentation_is_opened_and_its_key_read() -> None:
    assert open_note(GO_NOTE, [Key.read(GO)]).startswith("If you think")


@given(st.integers(0, len(NOTE) - 1), st.characters())
def test_one_character_changed_anywhere_is_refused(at: int, sign: str) -> None:
    changed = NOTE[:at] + sign + NOTE[at + 1 :]
    if changed != NOTE:
        with pytest.raises(NoteRefused):
            open_note(changed, [SECRET.public])


@pytest.mark.parametrize("keys", [[], [STRANGER.public], [Key.read(GO)]])
def test_a_note_of_a_key_that_is_not_known_is_refused(keys: list[Key]) -> None:
    with pytest.raises(NoteRefused, match="no known key"):
        open_note(NOTE, keys)


def test_a_witness_may_sign_beneath_but_a_bad_signature_spoils_the_note() -> None:
    text = NOTE.split("\n\n")[0] + "\n"
    witness = SigningKey("witness.example", bytes(31) + b"\x01")
    both = NOTE + witness.sign(text).split("\n\n")[1]
    assert open_note(both, [SECRET.public]) == open_note(both, [SECRET.public, witness.public])
    bad = NOTE + witness.sign(text + "more\n").split("\n\n")[1]
    with pytest.raises(NoteRefused, match="does not belong"):
        open_note(bad, [SECRET.public, witness.public])


@given(st.text(max_size=200))
def test_anything_else_is_refused_and_nothing_crashes(text: str) -> None:
    for read in (Key.read, SigningKey.read, Checkpoint.read):
        with pytest.raises(NoteRefused):
            read(text)
    with pytest.raises(NoteRefused):
        open_note(text, [SECRET.public])


@pytest.mark.parametrize(
    "text",
    ["a\n-1\nAA==\n", "a\n01\nAA==\n", f"a\n{'9' * 30}\nAA==\n", "a\n1\nAA==\n", "\n1\nAA==\n"],
)
def test_a_checkpoint_of_odd_size_or_root_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        Checkpoint.read(text)


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "with\nline"])
def test_a_key_of_an_odd_name_is_refused(name: str) -> None:
    with pytest.raises(NoteRefused, match="neither spaces"):
        Key(name, bytes(32))
