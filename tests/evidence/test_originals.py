"""Originals over REST: asked for once, which the ledger tells, and fetched whole or by parts."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import signing

from core.ranges import NoSuchPart, part_of
from evidence import services
from ledger.models import Entry

pytestmark = pytest.mark.django_db
BYTES = b"0123456789" * 20_000
SIZE = len(BYTES)


@pytest.fixture
def log(gyro, amal):
    return services.receive_file(gyro.case, by=amal, chunks=[BYTES], name="f.log", item=gyro)


@pytest.fixture
def program(as_program, amal):
    return as_program(amal)


@pytest.fixture
def there(program, log):
    asked = program.post(f"/api/v1/files/{log.pk}/original/")
    assert asked.status_code == 200
    assert (asked.json()["size"], asked.json()["sha256"]) == (SIZE, log.sha256)
    return asked.json()["url"]


def fetched(program, there, **headers):
    answer = program.get(there, headers={name.replace("_", "-"): v for name, v in headers.items()})
    return answer, b"".join(answer) if answer.streaming else answer.content


def test_asking_leaves_one_line_and_fetching_none(program, there, log, amal):
    for _part in range(3):
        fetched(program, there, Range="bytes=0-9")
    (line,) = Entry.objects.about(log).filter(act="evidence.original_downloaded")
    assert line.actor == amal


def test_who_asks_again_with_the_same_key_is_given_an_address_again(program, log):
    told = [
        program.post(f"/api/v1/files/{log.pk}/original/", headers={"Idempotency-Key": "o-1"})
        for _time in range(2)
    ]
    assert [fetched(program, each.json()["url"])[0].status_code for each in told] == [200, 200]
    assert Entry.objects.about(log).filter(act="evidence.original_downloaded").count() == 2


def test_the_whole_comes_as_a_download_that_does_not_run(program, there, log):
    answer, content = fetched(program, there)
    assert (answer.status_code, sha256(content).hexdigest()) == (200, log.sha256)
    assert answer["ETag"] == f'"{log.sha256}"' and answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("said", "part"),
    [("0-9", (0, 9)), ("199990-", (199_990, SIZE - 1)), ("-5", (SIZE - 5, SIZE - 1))],
)
def test_a_part_is_told_with_its_place(program, there, said, part):
    answer, content = fetched(program, there, Range=f"bytes={said}")
    first, last = part
    assert (answer.status_code, content) == (206, BYTES[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert int(answer["Content-Length"]) == len(content)


@pytest.mark.parametrize("said", ["bytes=200000-", "bytes=0-1,4-5", "bytes=-0"])
def test_a_part_that_is_not_there_or_is_several_is_416(program, there, said):
    answer, _content = fetched(program, there, Range=said)
    assert (answer.status_code, answer.json()["code"]) == (416, "no-such-part")
    assert answer["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(("tag", "status"), [("same", 206), ('"other"', 200), ('W/"x"', 200)])
def test_a_part_of_another_file_is_never_joined(program, there, log, tag, status):
    tag = f'"{log.sha256}"' if tag == "same" else tag
    answer, _content = fetched(program, there, Range="bytes=5-", If_Range=tag)
    assert answer.status_code == status


def test_what_is_here_already_is_not_sent_again(program, there, log):
    answer, content = fetched(program, there, If_None_Match=f'"{log.sha256}"')
    assert (answer.status_code, content) == (304, b"")
    assert answer["ETag"] == f'"{log.sha256}"'


def test_whoever_wants_the_bytes_of_another_file_is_told_so_in_a_problem_document(program, there):
    answer = program.get(there, headers={"If-Match": '"another"'})
    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert answer.json()["code"] == "stale"


def test_head_tells_the_size_alone(program, there):
    answer = program.head(there)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(SIZE))
    assert answer.content == b""


def test_nobody_fetches_what_they_have_not_asked_for(program, there, log, gyro, lena, as_program):
    bare = f"/api/v1/files/{log.pk}/original/"
    other = services.receive_file(gyro.case, by=lena, chunks=[b"x"], name="x.log", item=gyro)
    grant = there.partition("?")[2]
    assert program.get(bare).status_code == 422
    assert program.get(f"{bare}?grant=nonsense").status_code == 422
    assert program.get(f"/api/v1/files/{other.pk}/original/?{grant}").status_code == 422
    assert as_program(lena).get(there).status_code == 422


def test_an_address_is_good_for_an_hour(program, there, monkeypatch):
    now = signing.time.time() + timedelta(minutes=61).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: now)
    assert program.get(there).status_code == 422


def test_an_outsider_finds_no_original(as_program, omar, there, log):
    stranger = as_program(omar)
    assert stranger.get(there).status_code == 404
    assert stranger.post(f"/api/v1/files/{log.pk}/original/").status_code == 404


@pytest.mark.parametrize("said", ["", "lines=1-2", "bytes=x-", "bytes=-", "bytes=9-3", "bytes"])
def test_what_makes_no_sense_asks_for_the_whole(said):
    assert part_of(said, 10) is None


def test_a_part_never_ends_behind_the_end():
    assert part_of("bytes=5-99", 10) == range(5, 10)
    assert part_of("bytes=-99", 10) == range(10)
    with pytest.raises(NoSuchPart):
        part_of("bytes=0-", 0)
