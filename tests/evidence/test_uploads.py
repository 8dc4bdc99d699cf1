"""Files that come in piece by piece: nothing is lost, doubled or half stored."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.utils import timezone

from core.scope import system_scope
from evidence import services, vault
from evidence.models import File, Upload
from ledger.models import Entry

pytestmark = pytest.mark.django_db
THERE = "/api/v1/uploads/"
BYTES = b"what the flight recorder said, at length. " * 500
SIZE = len(BYTES)
SHA256 = hashlib.sha256(BYTES).hexdigest()
TUS = {"Tus-Resumable": "1.0.0"}

TWICE = "filename YQ==,case YQ==,filename Yg=="


def metadata(**words):
    return ",".join(
        f"{name} {base64.b64encode(str(value).encode()).decode()}" for name, value in words.items()
    )


@pytest.fixture
def program(as_program, amal):
    return as_program(amal)


@pytest.fixture
def announce(program, gyro):
    """Announce a file for the gyroscope; returns the answer."""

    def send(size=SIZE, key=None, **words):
        said = {"case": gyro.case_id, "item": gyro.pk, "filename": "log.txt", **words}
        named = {"Idempotency-Key": key} if key else {}
        headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata(**said), **named}
        return program.post(THERE, headers=headers)

    return send


def patch(program, at, start, piece, **headers):
    return program.generic(
        "PATCH",
        at,
        piece,
        content_type="application/offset+octet-stream",
        headers={**TUS, "Upload-Offset": str(start), **headers},
    )


def checksum(piece):
    return "sha256 " + base64.b64encode(hashlib.sha256(piece).digest()).decode()


def test_it_says_what_it_understands(program):
    answer = program.options(THERE)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert (
        answer["Tus-Extension"] == "creation,creation-with-upload,checksum,expiration,termination"
    )
    assert answer["Tus-Max-Size"] == str(configured.UPLOAD_LARGEST)


def test_a_file_arrives_in_pieces_and_is_one_file(program, announce, gyro):
    begun = announce()
    assert begun.status_code == 201
    there = begun["Location"]
    for start in range(0, len(BYTES), 5000):
        assert not File.objects.exists()
        answer = patch(program, there, start, BYTES[start : start + 5000])
        assert answer.status_code == 204
        assert answer["Upload-Offset"] == str(min(start + 5000, len(BYTES)))
    told = program.get(there).json()
    assert told["stored"]["sha256"] == SHA256
    file = File.objects.get()
    assert (file.item, file.sha256, file.size, file.name) == (gyro, SHA256, len(BYTES), "log.txt")
    assert vault.still_whole(SHA256)
    upload = Upload.objects.get()
    assert Entry.objects.filter(act="evidence.file_received").count() == 1
    assert not File.objects.exclude(pk=upload.file_id).exists()


def test_after_the_last_piece_nothing_stays_staged(
    program, announce, django_capture_on_commit_callbacks
):
    there = announce()["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        patch(program, there, 0, BYTES)
    assert not vault.staged(Upload.objects.get().pk).exists()


def test_where_it_stopped_is_where_it_goes_on(program, announce):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])
    head = program.head(there)
    assert (head.status_code, head["Upload-Offset"]) == (200, "700")
    assert head["Upload-Length"] == str(len(BYTES))
    assert head["Cache-Control"] == "no-store"
    assert "Upload-Expires" in head


@pytest.mark.parametrize("start", [0, 699, 701, 20999])
def test_a_piece_from_elsewhere_is_409_and_changes_nothing(program, announce, start):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])
    answer = patch(program, there, start, b"x")
    assert answer.status_code == 409
    assert program.head(there)["Upload-Offset"] == "700"


def test_a_piece_with_a_checksum_is_taken_whole_or_not_at_all(program, announce):
    there = announce()["Location"]
    wrong = patch(program, there, 0, BYTES[:700], **{"Upload-Checksum": checksum(b"other")})
    assert wrong.status_code == 460
    assert program.head(there)["Upload-Offset"] == "0"
    right = patch(program, there, 0, BYTES[:700], **{"Upload-Checksum": checksum(BYTES[:700])})
    assert (right.status_code, right["Upload-Offset"]) == (204, "700")


@pytest.mark.parametrize("said", ["md5 AAAA", "sha256", "sha256 !!!", "sha256 AAAA"])
def test_a_senseless_checksum_is_422(program, announce, said):
    there = announce()["Location"]
    assert patch(program, there, 0, b"x", **{"Upload-Checksum": said}).status_code == 422
    assert program.head(there)["Upload-Offset"] == "0"


@pytest.mark.parametrize("door", ["announced", "at the end"])
def test_a_file_that_arrives_altered_is_no_file(program, announce, door):
    other = hashlib.sha256(b"other").hexdigest()
    there = announce(**({"sha256": other} if door == "announced" else {}))["Location"]
    late = {} if door == "announced" else {"Upload-Sha256": other}
    answer = patch(program, there, 0, BYTES, **late)
    assert answer.status_code == 422
    assert SHA256 in answer.json()["detail"]
    assert not File.objects.exists()
    assert program.head(there).status_code == 404


def test_the_same_bytes_again_are_the_same_file(program, announce):
    for state in ("waiting", "duplicate"):
        there = announce()["Location"]
        assert patch(program, there, 0, BYTES).status_code == 204
        assert program.get(there).json()["stored"]["state"] == state
    assert File.objects.count() == 1


def test_a_lost_last_reply_is_asked_for_with_an_empty_piece(program, announce):
    there = announce()["Location"]
    upload = Upload.objects.get()
    with __import__("io").BytesIO(BYTES) as piece:
        services.extend_upload(upload, piece, by=upload.sender, at=0)
    assert not File.objects.exists()
    for _again in range(2):
        assert patch(program, there, len(BYTES), b"").status_code == 204
    assert File.objects.count() == 1


def test_what_a_crash_left_beyond_the_offset_is_written_over(program, announce):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])
    with vault.staged(Upload.objects.get().pk).open("ab") as held:
        held.write(b"half a piece that was never acknowledged")
    patch(program, there, 700, BYTES[700:])
    assert File.objects.get().sha256 == SHA256


def test_bytes_that_the_disk_has_lost_are_asked_for_again(program, announce):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])
    with vault.staged(Upload.objects.get().pk).open("r+b") as held:
        held.truncate(300)
    assert patch(program, there, 700, BYTES[700:]).status_code == 409
    assert program.head(there)["Upload-Offset"] == "300"
    patch(program, there, 300, BYTES[300:])
    assert File.objects.get().sha256 == SHA256


def test_more_than_was_announced_is_413(program, announce):
    there = announce(size=10)["Location"]
    answer = patch(program, there, 0, b"x" * 11)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert "beyond the end" in answer.json()["detail"]
    assert program.head(there)["Upload-Offset"] == "0"


def test_one_file_and_all_together_have_a_limit(announce, settings):
    settings.UPLOAD_LARGEST, settings.UPLOAD_UNDER_WAY = 1000, 1500
    assert announce(size=1001).status_code == 413
    assert announce(size=1000).status_code == 201
    assert announce(size=501).status_code == 413
    assert announce(size=500).status_code == 201


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Offset": "-1"}, 422),
        ({"Upload-Offset": "9" * 30}, 422),
        ({"Upload-Offset": "1e3"}, 422),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_words_that_are_not_of_the_protocol(program, announce, headers, status):
    there = announce()["Location"]
    sent = {"Content-Type": "application/offset+octet-stream", **TUS, "Upload-Offset": "0"}
    sent |= headers
    answer = program.generic(
        "PATCH", there, b"x", content_type=sent.pop("Content-Type"), headers=sent
    )
    assert answer.status_code == status


@pytest.mark.parametrize("said", [{}, {"Tus-Resumable": "0.2.2"}])
def test_a_client_of_another_version_is_told_which_there_is(program, said):
    answer = program.post(THERE, headers={"Upload-Length": "1", **said})
    assert (answer.status_code, answer.json()["code"]) == (412, "tus-version")
    assert (answer["Tus-Version"], answer["Tus-Resumable"]) == ("1.0.0", "1.0.0")


@pytest.mark.parametrize("said", ["filename", "filename !!!", "a b c", "", "filename /w==", TWICE])
def test_metadata_without_sense_is_422(program, said):
    headers = {**TUS, "Upload-Length": "1", "Upload-Metadata": said}
    assert program.post(THERE, headers=headers).status_code == 422
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\boot.ini", "/x/log.txt", "a\0b.txt"])
def test_a_name_is_never_a_path(program, announce, name):
    begun = announce(filename=name)
    if begun.status_code == 422:
        return
    upload = Upload.objects.get()
    assert "/" not in upload.name and "\\" not in upload.name
    assert vault.staged(upload.pk).name == upload.pk.hex


def test_giving_up_leaves_nothing(program, announce, django_capture_on_commit_callbacks):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])
    place = vault.staged(Upload.objects.get().pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert program.delete(there, headers=TUS).status_code == 204
    assert not place.exists() and not Upload.objects.exists()
    assert program.head(there).status_code == 404


def test_an_upload_is_its_senders_alone(announce, as_program, lena, omar):
    there = announce()["Location"]
    for other in (as_program(lena), as_program(omar)):
        assert other.head(there).status_code == 404
        assert patch(other, there, 0, b"x").status_code == 404
        assert other.delete(there, headers=TUS).status_code == 404
        assert other.get(THERE).json()["results"] == []


def test_whoever_leaves_the_case_adds_nothing_more(program, announce, amal, soraya, night_raid):
    from investigations.models import Membership
    from investigations.services import end_membership

    there = announce()["Location"]
    end_membership(Membership.objects.get(case=night_raid, user=amal), by=soraya)
    assert patch(program, there, 0, b"x").status_code in (403, 404)


def test_announcing_twice_with_one_key_is_one_upload(announce):
    first, again = announce(key="u-1"), announce(key="u-1")
    assert (again.status_code, again["Location"]) == (201, first["Location"])
    assert Upload.objects.count() == 1
    assert announce(key="u-1", filename="other.txt").status_code == 422


def test_what_nobody_goes_on_with_is_let_go(
    program, announce, settings, django_capture_on_commit_callbacks
):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])
    place = vault.staged(Upload.objects.get().pk)
    orphan = place.with_name("0" * 32)
    orphan.write_bytes(b"bytes without a row")
    long_ago = (timezone.now() - timedelta(hours=49)).timestamp()
    __import__("os").utime(orphan, (long_ago, long_ago))
    services.end_expired_uploads()
    assert place.exists() and not orphan.exists()
    Upload.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        services.end_expired_uploads()
    assert not place.exists()
    with system_scope("look whether it is gone"):
        assert not Upload.objects.exists()


def test_a_full_disk_is_507_and_gets_its_room_back(program, announce, monkeypatch):
    there = announce()["Location"]
    patch(program, there, 0, BYTES[:700])

    def full(_source, target):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evidence.vault.shutil.copyfileobj", full)
    assert patch(program, there, 700, BYTES[700:]).status_code == 507
    monkeypatch.undo()
    assert vault.staged(Upload.objects.get().pk).stat().st_size == 700
    assert program.head(there)["Upload-Offset"] == "700"


PIECES = "application/offset+octet-stream"


@pytest.fixture
def send_at_once(program, gyro):
    """Announce a file and send its beginning, or all of it, in one request."""

    def send(piece, key=None, **words):
        said = metadata(case=gyro.case_id, item=gyro.pk, filename="log.txt", **words)
        named = {"Idempotency-Key": key} if key else {}
        headers = {**TUS, "Upload-Length": str(SIZE), "Upload-Metadata": said, **named}
        return program.generic("POST", THERE, piece, content_type=PIECES, headers=headers)

    return send


def test_a_short_file_comes_in_one_request(send_at_once):
    told = send_at_once(BYTES, sha256=SHA256)
    assert told.status_code == 201
    assert told["Upload-Offset"] == str(SIZE)
    assert told.json()["stored"]["sha256"] == SHA256


def test_a_short_file_costs_few_questions(
    send_at_once, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    send_at_once(BYTES[::-1])
    with django_assert_max_num_queries(13):
        assert send_at_once(BYTES).status_code == 201


def test_a_short_file_takes_nothing_of_what_may_be_under_way(send_at_once, announce, settings):
    settings.UPLOAD_UNDER_WAY = SIZE + 1
    assert announce(size=2).status_code == 201
    assert announce().status_code == 413
    assert send_at_once(BYTES).status_code == 201
    assert announce(size=SIZE - 1).status_code == 201


def test_a_short_file_that_is_larger_than_any_may_be_is_413(send_at_once, settings):
    settings.UPLOAD_LARGEST = SIZE - 1
    assert send_at_once(BYTES).status_code == 413
    assert not File.objects.exists()


def test_a_short_file_has_its_two_lines_in_order(send_at_once):
    send_at_once(BYTES)
    acts = Entry.objects.filter(act__startswith="evidence.").order_by("position")
    told = [line.act for line in acts][-2:]
    assert told == ["evidence.upload_begun", "evidence.file_received"]


def test_a_short_file_that_is_refused_leaves_nothing_growing(send_at_once):
    assert send_at_once(BYTES, sha256="0" * 64).status_code == 422
    assert not any(place.is_file() for place in vault.growing_place().iterdir())


def test_what_came_with_the_announcement_is_gone_on_from(send_at_once, program):
    there = send_at_once(BYTES[:7000])["Location"]
    assert patch(program, there, 7000, BYTES[7000:]).status_code == 204
    assert File.objects.get().sha256 == SHA256


def test_one_request_sent_twice_is_one_file(send_at_once):
    first, again = (send_at_once(BYTES, key="7d5e") for _time in range(2))
    assert again.json() == first.json()
    assert Upload.objects.count() == File.objects.count() == 1


def test_other_bytes_under_the_same_key_are_refused(send_at_once):
    assert send_at_once(BYTES, key="7d60").status_code == 201
    other = send_at_once(BYTES[::-1], key="7d60")
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    assert [file.sha256 for file in File.objects.all()] == [SHA256]


def test_what_a_cut_line_left_is_told_to_whoever_sends_all_of_it_again(send_at_once, program):
    send_at_once(BYTES[:7000], key="7d61")
    again = send_at_once(BYTES, key="7d61")
    assert (again.status_code, again["Upload-Offset"]) == (201, "7000")
    assert patch(program, again["Location"], 7000, BYTES[7000:]).status_code == 204
    assert File.objects.get().sha256 == SHA256


def test_another_hash_of_the_whole_is_another_announcement(announce, program, gyro):
    announce(key="7d62")
    said = metadata(case=gyro.case_id, item=gyro.pk, filename="log.txt")
    names = {"Upload-Length": str(SIZE), "Upload-Metadata": said, "Idempotency-Key": "7d62"}
    other = program.post(THERE, headers={**TUS, **names, "Upload-Sha256": SHA256})
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")


@pytest.mark.parametrize("key", [None, "7d5f"])
def test_a_wrong_declared_hash_is_refused_and_logged(send_at_once, key):
    assert send_at_once(BYTES, key, sha256="0" * 64).status_code == 422
    line = Entry.objects.filter(act="evidence.file_refused").get()
    assert line.facts["found"] == SHA256
    assert line.facts["declared"] == "0" * 64
    assert not File.objects.exists()
    assert not Upload.objects.exists()
