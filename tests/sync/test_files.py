"""Bytes over a bad line: from where it was cut, and only what has the SHA-256 it must have."""

import hashlib

import pytest

from tests.sync.conftest import gained, lost, put
from tests.sync.fake import CUT, Asked, Reply, plain
from vestige_sync import files
from vestige_sync.errors import Unreachable, Unverified, Usage

LOG = bytes(range(256)) * 5000
SHA = hashlib.sha256(LOG).hexdigest()


@pytest.fixture
def told(copy, take_in):
    """A copy that was told of one file."""
    take_in(gained(), put("files", "file-1", sha256=SHA, size=len(LOG), name="flight.log"))
    return copy


def from_the_first_byte(asked, content=LOG, most=None):
    """What the server sends of it once it was asked for; the line is cut after so many bytes."""
    if asked.method == "POST":
        return plain({"url": f"/elsewhere{asked.path}?grant=word"})
    first = int(asked.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
    return Reply(206 if first else 200, content[first:], upto=most)


def test_a_file_that_is_cut_again_and_again_comes_whole(fake, told):
    fake.answer = lambda asked: from_the_first_byte(asked, most=400_000)
    (problem,) = files.fetch_all(told.line, told.mirror, files.missing(told.mirror))
    assert problem is None
    assert files.place_of(told.mirror, SHA).read_bytes() == LOG
    posted, *fetched = fake.asked
    assert (posted.method, posted.path) == ("POST", "/api/v1/files/file-1/original/")
    assert {one.path for one in fetched} == {"/api/v1/files/file-1/original/?grant=word"}
    assert [one.headers.get("Range") for one in fetched] == [
        *(None, "bytes=400000-", "bytes=800000-", "bytes=1200000-"),
    ]
    assert files.missing(told.mirror) == []


def test_altered_bytes_are_thrown_away_and_told(fake, told):
    fake.answer = lambda asked: from_the_first_byte(asked, content=LOG[:-1] + b"?")
    (problem,) = files.fetch_all(told.line, told.mirror, files.missing(told.mirror))
    assert isinstance(problem, Unverified)
    assert problem.exit_code == 5
    assert list((told.folder / "files").glob("*/*/*")) == []


def test_a_file_that_does_not_get_on_is_given_up(fake, told):
    told.line.patience = 0.0
    fake.in_turn(from_the_first_byte(Asked("POST", "/", {}, b"")), Reply(503))
    with pytest.raises(Unreachable, match="does not get on"):
        list(files.fetch_all(told.line, told.mirror, files.missing(told.mirror)))


def test_a_file_that_the_server_keeps_is_told_in_its_words_and_the_next_is_fetched(
    fake, told, take_in
):
    other = hashlib.sha256(b"other").hexdigest()
    take_in(put("files", "file-0", sha256=other, size=5, name="kept.log"))
    no = plain({"detail": "A caveat keeps this original here.", "code": "refused"}, 422)
    fake.answer = lambda asked: no if "file-0" in asked.path else from_the_first_byte(asked)
    problems = list(files.fetch_all(told.line, told.mirror, files.missing(told.mirror)))
    assert [str(problem) for problem in problems if problem] == [
        "kept.log: A caveat keeps this original here."
    ]
    assert files.place_of(told.mirror, SHA).is_file()


def test_the_bytes_of_what_is_not_told_any_more_go(fake, told, take_in):
    fake.answer = from_the_first_byte
    list(files.fetch_all(told.line, told.mirror, files.missing(told.mirror)))
    take_in(lost())
    assert files.tidy(told.mirror) == 1
    assert not files.place_of(told.mirror, SHA).exists()


class Receiver:
    """Takes an upload in, hears only half of a piece now and then, and loses an answer."""

    def __init__(self):
        self.held, self.turn = b"", 0

    def answer(self, asked):
        if asked.method == "POST":
            return plain({"id": "up-1"}, 201)
        if asked.method == "HEAD":
            return Reply(200, headers={"Upload-Offset": str(len(self.held))})
        if asked.method == "GET":
            stored = {"id": "file-9", "sha256": hashlib.sha256(self.held).hexdigest()}
            return plain({"id": "up-1", "stored": stored})
        if int(asked.headers["Upload-Offset"]) != len(self.held):
            return plain({"detail": "elsewhere"}, 409)
        self.turn += 1
        self.held += asked.body[: 300_000 if self.turn % 2 else None]
        return Reply(204) if self.turn % 2 else CUT


def test_a_file_is_sent_on_from_wherever_the_server_stands(fake, copy, tmp_path):
    receiver = Receiver()
    fake.answer = receiver.answer
    (tmp_path / "flight.log").write_bytes(LOG)
    draft = copy.add_file(tmp_path / "flight.log", "case-1", item="item-1")
    (tmp_path / "flight.log").unlink()  # the card is taken out
    assert copy.push().acknowledged == [("upload", "files", "file-9")]
    assert receiver.held == LOG
    announced = fake.asked[0].headers
    assert announced["Idempotency-Key"] == draft.sending_key
    assert announced["Upload-Length"] == str(len(LOG))
    assert list((copy.folder / "outgoing").iterdir()) == []


def test_a_file_that_arrived_otherwise_than_it_was_sent_is_not_acknowledged(fake, copy, tmp_path):
    receiver = Receiver()
    (tmp_path / "flight.log").write_bytes(LOG)

    def altered(asked):
        reply = receiver.answer(asked)
        return (
            plain({"stored": {"id": "x", "sha256": "0" * 64}}) if asked.method == "GET" else reply
        )

    fake.answer = altered
    copy.add_file(tmp_path / "flight.log", "case-1")
    pushed = copy.push()
    assert pushed.acknowledged == []
    assert [trouble.exit_code for trouble in pushed.troubles] == [5]
    assert [draft.state for draft in copy.drafts.all()] == ["refused"]


def test_a_file_that_is_not_there_is_told_at_once(copy, tmp_path):
    with pytest.raises(Usage, match="cannot be read"):
        copy.add_file(tmp_path / "nothing.jpg", "case-1")
    assert list((copy.folder / "outgoing").iterdir()) == []
