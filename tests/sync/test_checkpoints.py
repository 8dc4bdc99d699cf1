"""The ledger as it was signed: what was seen once must be the beginning of what is shown later."""

import hashlib
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import merkle
from ledger.notes import Checkpoint as Signed
from ledger.notes import SigningKey
from tests.sync.conftest import CASE, gained
from tests.sync.fake import plain
from vestige_sync import checkpoints, curve, notes
from vestige_sync.checkpoints import Witness, alarms
from vestige_sync.errors import Unverified

NAME = "vestige.example"
SIGNER = SigningKey(NAME, bytes(range(32)))
OTHER = SigningKey(NAME, bytes(range(1, 33)))
VKEY = str(SIGNER.public)


def log_of(size, word="line"):
    return [merkle.leaf_hash(f"{word} {number}".encode()) for number in range(size)]


class Ledger:
    """Answers as the ledger's doors do: for a log, and for the proof that it only grew."""

    def __init__(self, leaves, signer=SIGNER, case=CASE):
        self.leaves, self.signer, self.case, self.refused = leaves, signer, case, None

    def note(self):
        root = merkle.root_of(self.leaves)
        return self.signer.sign(Signed(f"{NAME}/{self.case}", len(self.leaves), root).text)

    def answer(self, asked):
        if "consistency" in asked.path:
            old, new = (int(part.partition("=")[2]) for part in asked.path.split("?")[1].split("&"))
            if new > len(self.leaves):
                return plain({"new": ["So much is not signed."]}, 422)
            path = merkle.consistency_path(self.leaves, old, new)
            return plain({"consistency": [b64encode(step).decode() for step in path]})
        told = {"note": self.note(), "keys": [str(self.signer.public)], "refused": self.refused}
        return plain(told)


@pytest.fixture
def watched(copy, take_in):
    """A copy that sees one case, and trusts the key of its ledger."""
    take_in(gained())
    checkpoints.trust(copy.mirror, VKEY)
    return copy


def look(fake, copy, ledger):
    """What is wrong with the ledger, if anything."""
    fake.answer = ledger.answer
    (trouble,) = Witness(copy.line, copy.mirror).look()
    return str(trouble or "")


def test_a_ledger_that_grows_is_followed(fake, watched):
    for size in (3, 4, 9, 9):
        assert look(fake, watched, Ledger(log_of(size))) == ""
    rows = watched.mirror.rows("SELECT size FROM checkpoints")
    assert [row["size"] for row in rows] == [9]


def test_an_older_checkpoint_of_the_same_ledger_is_no_alarm(fake, watched):
    look(fake, watched, Ledger(log_of(9)))
    slow = Ledger(log_of(9))
    note = Ledger(log_of(5)).note()
    slow.note = lambda: note
    assert look(fake, watched, slow) == ""


@pytest.mark.parametrize("size", [4, 7, 9])
def test_a_ledger_that_was_forked_is_an_alarm_until_a_person_lets_it_be(fake, watched, size):
    look(fake, watched, Ledger(log_of(7)))
    forked = Ledger(log_of(size, "other"))
    assert "forked" in look(fake, watched, forked)
    assert list(alarms(watched.mirror)) == [CASE]
    checkpoints.let_be(watched.mirror, CASE)
    assert look(fake, watched, forked) == ""
    assert alarms(watched.mirror) == {}


def test_a_key_that_nobody_trusted_is_an_alarm(fake, watched):
    assert "have not trusted" in look(fake, watched, Ledger(log_of(3), OTHER))


def test_a_checkpoint_of_another_case_is_an_alarm(fake, watched):
    assert "another log" in look(fake, watched, Ledger(log_of(3), case="case-2"))


def test_what_its_own_signer_refuses_is_an_alarm(fake, watched):
    ledger = Ledger(log_of(3))
    ledger.refused = "line 2 is not what it was"
    assert "line 2 is not what it was" in look(fake, watched, ledger)


def test_a_changed_note_is_an_alarm(fake, watched):
    ledger = Ledger(log_of(3))
    note = ledger.note().replace("\n3\n", "\n4\n")
    ledger.note = lambda: note
    assert "wrong" in look(fake, watched, ledger)


def test_without_a_key_the_first_that_is_shown_is_kept_to(fake, copy, take_in):
    take_in(gained())
    assert look(fake, copy, Ledger(log_of(3))) == ""
    assert copy.status()["keys"] == [VKEY]
    assert "have not trusted" in look(fake, copy, Ledger(log_of(4), OTHER))


def test_who_may_not_read_a_ledger_is_told_nothing_and_no_alarm(fake, watched):
    fake.in_turn(plain({"detail": "Not found."}, 404))
    assert list(Witness(watched.line, watched.mirror).look()) == [None]


@given(size=st.integers(2, 70), data=st.data())
@settings(max_examples=60)
def test_growth_is_proven_by_the_proof_of_the_ledger_and_by_no_other(size, data):
    old = data.draw(st.integers(1, size - 1))
    leaves = log_of(size)
    path = merkle.consistency_path(leaves, old, size)
    before, after = (notes.Checkpoint("o", n, merkle.root_of(leaves[:n])) for n in (old, size))
    assert notes.only_grew(before, after, path)
    other = notes.Checkpoint("o", old, merkle.root_of(log_of(old, "other")))
    assert not notes.only_grew(other, after, path)
    assert not notes.only_grew(before, after, path[:-1])
    assert not notes.only_grew(before, after, [*path, bytes(32)])


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80))
@settings(max_examples=15)
def test_signatures_hold_for_what_was_signed_alone(seed, message):
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(message)
    assert curve.holds(public, message, signature)
    assert not curve.holds(public, message + b".", signature)
    assert not curve.holds(public, message, bytes([signature[0] ^ 1]) + signature[1:])
    assert not curve.holds(public, message, signature[:-1])


def test_keys_of_small_order_and_scalars_beyond_the_order_are_refused():
    one = (1).to_bytes(32, "little")
    assert not curve.holds(one, b"x", one + bytes(32))
    secret = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(b"x")
    beyond = int.from_bytes(signature[32:], "little") + curve.ORDER
    assert not curve.holds(public, b"x", signature[:32] + beyond.to_bytes(32, "little"))


def test_a_key_is_read_as_it_is_published_or_refused():
    key = notes.Key.read(VKEY)
    assert key.fingerprint == hashlib.sha256(SIGNER.public.public).hexdigest()
    for bad in ("", "a+b", VKEY.replace("+", "-", 1), VKEY[:-4] + "AAA="):
        with pytest.raises(Unverified):
            notes.Key.read(bad)
