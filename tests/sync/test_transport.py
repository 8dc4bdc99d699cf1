"""Over a bad line: asked again until a whole answer came, and the key goes nowhere else."""

import pytest

from tests.sync.fake import CUT, Reply, plain
from vestige_sync.errors import Refused, Unreachable, Usage
from vestige_sync.transport import Line

BUSY = plain({"detail": "The database is away."}, 503, Retry_After="7")


def test_what_was_cut_in_the_middle_is_asked_again(fake, copy):
    whole = plain({"a": 1})
    half = Reply(200, whole.body, whole.headers, upto=3)
    fake.in_turn(CUT, half, whole)
    assert copy.line.ask("GET", "/x/").told == {"a": 1}
    assert len(fake.asked) == 3


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Ty",
        b"HTTP/1.1 201 Created\r\n\r\n",
        b"HTTP/1.1 2",
    ],
)
def test_headers_that_were_cut_are_not_taken_for_an_empty_answer(fake, copy, raw):
    fake.in_turn(Reply(raw=raw), plain({"a": 1}))
    assert copy.line.ask("GET", "/x/").told == {"a": 1}


def test_a_server_that_asks_for_patience_gets_it(fake, copy):
    waited = []
    copy.line.sleep, copy.line.patience = waited.append, 60.0
    fake.in_turn(BUSY, plain({"a": 1}))
    assert copy.line.ask("GET", "/x/").told == {"a": 1}
    assert waited == [7.0]


def test_a_server_that_stays_away_is_given_up_with_a_sentence(fake, copy):
    fake.in_turn(BUSY)
    with pytest.raises(Unreachable, match="The database is away"):
        copy.line.ask("GET", "/x/")


def test_the_key_is_not_carried_elsewhere(fake, copy):
    fake.in_turn(Reply(302, headers={"Location": "https://elsewhere.example/"}))
    with pytest.raises(Refused, match=r"elsewhere\.example"):
        copy.line.ask("GET", "/x/")
    assert len(fake.asked) == 1


def test_a_key_that_has_ended_is_told_in_the_servers_words(fake, copy):
    fake.in_turn(plain({"detail": "This API key is unknown, expired or revoked."}, 401))
    with pytest.raises(Refused, match="expired or revoked") as refused:
        copy.line.ask("GET", "/x/")
    assert refused.value.status == 401


@pytest.mark.parametrize("server", ["http://vestige.example", "ftp://x", "vestige.example", ""])
def test_an_address_over_which_the_key_would_be_read_is_refused(server):
    with pytest.raises(Usage):
        Line(server, "vst_test_key")


def test_the_key_is_never_printed(copy):
    assert "vst_test_key" not in repr(copy.line)
