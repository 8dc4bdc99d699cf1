"""Five copies over a bad line: at the end each is what its owner may see, to the byte.

`make soak` lets it run for ten minutes, `make test` for half of one.
"""

import hashlib
import json
import logging
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.feed import KINDS
from tests.faults.installation import Installation
from tests.faults.sender import Sender
from tests.soak.conftest import Scene, Someone
from tests.soak.person import written
from vestige_sync.drafts import Drafts
from vestige_sync.mirror import Mirror, canonical

LOGGER = logging.getLogger(__name__)
SECONDS = float(os.environ.get("SOAK_SECONDS", "30"))
WORTH = 5
"""So many things were acknowledged at least, or the run says nothing."""
TITLES = "SELECT id::text, title FROM investigations_incident WHERE title LIKE 'soak %'"
WORDS = "SELECT id::text, description FROM evidence_item WHERE description LIKE 'soak %'"
FILES = "SELECT id::text, sha256 || coalesce(item_id::text, '') FROM evidence_file"
NARRATIVES = "SELECT narrative FROM investigations_incident"


def test_five_copies_hold_what_their_owners_may_see(scene: Scene) -> None:
    moments = live_through(scene)
    scene.come_to_rest()
    LOGGER.info("what befell requests: %s", dict(scene.proxy.fates))
    for name, one in scene.people.items():
        assert held(one.folder) == shown(scene.sender(name)), name
        assert bytes_held(one.folder) == bytes_told(one.folder), name
    nothing_is_lost_or_doubled(scene)
    nothing_leaked(scene, moments)
    assert "every seal holds" in scene.installation.run("manage.py", "verify_ledger")


def live_through(scene: Scene) -> dict[str, Any]:
    """Work goes on while one is taken off a case, a battery dies, and another is admitted."""
    moments: dict[str, Any] = {}
    time.sleep(SECONDS * 0.3)
    scene.deed("revoke")
    moments["revoked"] = time.time()
    time.sleep(SECONDS * 0.1)
    scene.people["omar"].kill()
    scene.people["omar"].start()
    moments["admitting"] = time.time()
    scene.deed("admit")
    time.sleep(SECONDS * 0.2)
    moments["hidden"] = scene.deed("hide")["item"], time.time()
    scene.people["soraya"].kill()
    scene.people["soraya"].start()
    time.sleep(SECONDS * 0.4)
    return moments


# every copy is what its owner may see


def held(folder: Path) -> dict[tuple[str, str], str]:
    """The records of a copy, in its own bytes."""
    mirror = Mirror(folder)
    try:
        return {(kind, key): text for kind, key, text in mirror.records()}
    finally:
        mirror.close()


def shown(sender: Sender) -> dict[tuple[str, str], str]:
    """What the lists of every kind show the same person."""
    found = {}
    for kind in KINDS:
        there = f"/api/v1/{kind.name}/?limit=200"
        while there:
            told = sender.ask("GET", there)
            assert told.status == 200, (kind.name, told)
            rows: Any = told.body["results"]
            found |= {(kind.name, row["id"]): canonical(row) for row in rows}
            there = onward(told.body["next"])
    return found


def bytes_held(folder: Path) -> dict[str, str]:
    """The files of a copy by the name that they lie under, each with the SHA-256 that it has."""
    found = (folder / "files").glob("*/*/*")
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def bytes_told(folder: Path) -> dict[str, str]:
    """The files that a copy was told of."""
    mirror = Mirror(folder)
    try:
        return {file["sha256"]: file["sha256"] for file in mirror.files()}
    finally:
        mirror.close()


def onward(address: Any) -> str:
    """The path of the next page; empty at the end."""
    parts = urlsplit(address or "")
    return f"{parts.path}?{parts.query}" if address else ""


# nothing lost, nothing doubled


def nothing_is_lost_or_doubled(scene: Scene) -> None:
    """What was acknowledged is there once; what is there beside it was sent by one who was cut."""
    acknowledged, unheard = Counter[str](), ""
    for one in scene.people.values():
        mirror = Mirror(one.folder)
        made = "SELECT id FROM acknowledged WHERE sort IN ('create', 'upload')"
        acknowledged.update(row["id"] for row in mirror.rows(made))
        unheard += "".join(str(draft.fields) for draft in Drafts(mirror).all() if draft.first_sent)
        unheard += "".join(written(one.folder, "refused"))
        mirror.close()
    assert len(acknowledged) > WORTH, "nobody came to do anything"
    rows = {question: rows_of(scene.installation, question) for question in (TITLES, WORDS, FILES)}
    there = {key: said for found in rows.values() for key, said in found.items()}
    assert set(acknowledged) <= set(there), "something acknowledged was lost"
    for found in rows.values():
        assert len(set(found.values())) == len(found), "something was done twice"
    for question in (TITLES, WORDS):
        left = {key: said for key, said in rows[question].items() if key not in acknowledged}
        assert [said for said in left.values() if said not in unheard] == []
    made_twice = [key for key, n in acknowledged.items() if n > 1 and key not in rows[FILES]]
    assert made_twice == []
    nothing_is_lost_in_narratives(scene)


def rows_of(installation: Installation, question: str) -> dict[str, str]:
    return {str(key): str(said) for key, said in installation.ask(question)}


def nothing_is_lost_in_narratives(scene: Scene) -> None:
    """Every word that was acknowledged stands there once, whoever wrote at the same time."""
    narratives = [str(row[0]) for row in scene.installation.ask(NARRATIVES)]
    for one in scene.people.values():
        dropped, pending = written(one.folder, "drop"), drafted(one)
        for token in written(one.folder, "made"):
            times = sum(narrative.count(f"[{token}]") for narrative in narratives)
            assert times <= 1, f"{token} of {one.name} stands there {times} times"
            assert times == 1 or token in dropped or token in pending, f"{token} was lost"


def drafted(one: Someone) -> str:
    """What somebody still wants to say."""
    mirror = Mirror(one.folder)
    try:
        return json.dumps([dict(draft.fields) for draft in Drafts(mirror).all()])
    finally:
        mirror.close()


# nothing leaked


def nothing_leaked(scene: Scene, moments: dict[str, Any]) -> None:
    """Of a case nobody heard before they came or after they were taken off, nor what was hidden."""
    quay = scene.world["quay"]
    late = [page for page in scene.people["amal"].heard() if page["asked"] > moments["revoked"]]
    assert late, "Amal asked nothing after she was taken off"
    assert told_of(late, case=quay) == []
    lena = scene.people["lena"].heard()
    early = [page for page in lena if page["answered"] < moments["admitting"]]
    assert told_of(early, case=quay) == []
    assert told_of(lena, case=quay), "Lena was told nothing of the case she came onto"
    item, hidden = moments["hidden"]
    for name in ("amal", "lena", "rami", "omar"):
        after = [page for page in scene.people[name].heard() if page["asked"] > hidden]
        assert [key for op, _case, key in told_of(after) if (op, key) == ("put", item)] == []
    kept = scene.people["amal"].folder / "mirror.sqlite"
    assert quay.encode() not in without_own_words(kept)


def told_of(pages: list[dict[str, Any]], case: str = "") -> list[list[str]]:
    """The lines of records, of one case or of all."""
    lines = [line for page in pages for line in page["lines"] if line[0] in ("put", "gained")]
    return [line for line in lines if case in ("", line[1])]


def without_own_words(file: Path) -> bytes:
    """A copy without its owner's own drafts, which name the case they were meant for."""
    mirror = Mirror(file.parent)
    try:
        tables = [mirror.rows(f"SELECT * FROM {name}") for name in ("records", "cases", "facts")]  # noqa: S608
        return "".join(str(tuple(row)) for rows in tables for row in rows).encode()
    finally:
        mirror.close()
