"""Files in pieces, and requests sent again and again, while the web server is killed under them."""

import base64
import hashlib
import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.faults.installation import WEB, Installation, until
from tests.faults.sender import Sender, Told

UPLOADS, ATTACKS = "/api/v1/uploads/", "/api/v1/incidents/"
PIECE, DEATHS, RETRIES = 256 * 1024, 20, 50
TUS = {"Tus-Resumable": "1.0.0"}


def said(**words: str) -> str:
    return ",".join(
        f"{word} {base64.b64encode(text.encode()).decode()}" for word, text in words.items()
    )


def header(told: Told, name: str) -> str:
    return {key.lower(): value for key, value in told.headers.items()}.get(name.lower(), "")


def insist(sender: Sender, method: str, path: str, body: bytes = b"", **headers: str) -> Told:
    """Ask until somebody answers; a server that is just starting does not."""
    end = time.monotonic() + 90
    while (told := sender.ask(method, path, body, **headers)).status in (0, 502, 503):
        assert time.monotonic() < end, "the server does not come back"
        time.sleep(0.1)
    return told


def announce(sender: Sender, content: bytes, key: str) -> str:
    words = said(case=sender.world["case"], item=sender.world["item"], filename="log.bin")
    announced = {"Upload-Length": str(len(content)), "Upload-Metadata": words}
    told = insist(sender, "POST", UPLOADS, **TUS, **announced, **{"Idempotency-Key": key})
    assert told.status == 201
    return header(told, "Location")


def send_whole(sender: Sender, there: str, content: bytes) -> None:
    """Piece by piece from wherever the server stands, until it has taken in the whole."""
    kind = {"Content-Type": "application/offset+octet-stream"}
    done = False
    while not done:
        stands = int(header(insist(sender, "HEAD", there, **TUS), "Upload-Offset"))
        for start in range(stands, len(content) + 1, PIECE):
            piece = content[start : start + PIECE]
            digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
            proof = {"Upload-Checksum": f"sha256 {digest}"}
            told = sender.ask(
                "PATCH", there, piece, **TUS, **kind, **proof, **{"Upload-Offset": str(start)}
            )
            sender.statuses.add(told.status)
            if told.status != 204:
                break
            done = start + len(piece) == len(content)


def test_an_upload_survives_a_web_server_killed_at_twenty_offsets(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    content = random.randbytes(48 * 1024 * 1024)  # noqa: S311
    there = announce(sender, content, "upload-1")
    sending = threading.Thread(target=send_whole, args=(sender, there, content))
    sending.start()
    for death in range(DEATHS):
        time.sleep(0.05 + random.random() / 2)  # noqa: S311
        if death in (5, 15):  # gunicorn itself; at the others all that serve, which it replaces
            running.signal(WEB)
            running.revive(WEB)
        for served in running.below(WEB, "gunicorn"):
            running.kill_below(WEB, served)
        whole = "SELECT count(*) FROM evidence_file f JOIN evidence_upload u ON u.file_id = f.id"
        assert running.count(whole) <= 1
    sending.join(240)
    assert not sending.is_alive()

    sha256 = hashlib.sha256(content).hexdigest()
    stored = insist(sender, "GET", there).body["stored"]
    assert isinstance(stored, dict) and stored["sha256"] == sha256
    sender.acknowledged[sha256] = str(stored["id"])
    assert sender.statuses <= {0, 204, 409, 423}
    assert 0 in sender.statuses, "no piece was ever cut off"
    nothing_is_lost()
    assert running.count("SELECT count(*) FROM evidence_upload") == 1
    assert not list((running.home.folder / "staging").iterdir())


def test_fifty_retries_at_once_are_one_row_and_one_answer(
    running: Installation, sender: Sender
) -> None:
    body = json.dumps({"case": sender.world["case"], "title": "Attack on the pier"}).encode()
    words = {"Content-Type": "application/json", "Idempotency-Key": "fifty"}

    def send(_number: int) -> Told:
        return insist(sender, "POST", ATTACKS, body, **words)

    with ThreadPoolExecutor(RETRIES) as crowd:
        told = list(crowd.map(send, range(RETRIES)))
    assert {each.status for each in told} == {201}
    assert len({json.dumps(each.body, sort_keys=True) for each in told}) == 1
    assert len({header(each, "Location") for each in told}) == 1
    assert (
        running.count(
            "SELECT count(*) FROM investigations_incident WHERE title = %s", "Attack on the pier"
        )
        == 1
    )


def test_a_killed_server_leaves_a_key_with_its_deed_or_neither(
    running: Installation, sender: Sender
) -> None:
    """Each attack is asked for until it is answered, with one key, while the server dies."""

    def send(number: int) -> Told:
        body = {"case": sender.world["case"], "title": f"Attack number {number}"}
        words = {"Content-Type": "application/json", "Idempotency-Key": f"attack-{number}"}
        return insist(sender, "POST", ATTACKS, json.dumps(body).encode(), **words)

    with ThreadPoolExecutor(6) as crowd:
        told = [crowd.submit(send, number) for number in range(120)]
        for _death in range(3):
            time.sleep(0.3 + random.random() / 2)  # noqa: S311
            for served in running.below(WEB, "gunicorn"):
                running.kill_below(WEB, served)
        until(lambda: all(each.done() for each in told), "every attack to be answered")
    assert {each.result().status for each in told} == {201}
    made = "SELECT count(*) FROM investigations_incident WHERE title LIKE 'Attack number %%'"
    lines = "SELECT count(*) FROM ledger_entry WHERE act = 'investigations.incident_entered'"
    assert running.count(made) == len(told)
    assert running.count(lines) >= len(told)
    assert running.count("SELECT count(*) FROM core_once WHERE status = 0") == 0
