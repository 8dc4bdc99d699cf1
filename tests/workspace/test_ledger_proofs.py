"""Proofs as people and programs get them: anybody can check them, and they tell nothing else."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from investigations import services
from ledger import merkle
from ledger.models import REGISTER_LOG, Alarm, Entry, Head, TimeStamp
from ledger.models import Checkpoint as Checkpoints
from ledger.notes import Checkpoint, Key, open_note
from ledger.proofs import register_leaf
from ledger.services.keeping import Keep
from ledger.services.signing import sign_round
from tests.ledger.conftest import as_signer


@pytest.fixture
def signed(tmp_path: Path) -> Any:
    """Let the signer do one round."""
    keep = Keep(tmp_path / "signer")
    keep.prepare()

    def run() -> int:
        with as_signer():
            return sign_round(keep, keep.key("vestige.example/ledger"))

    return run


@pytest.fixture
def line(night_raid: Any, strike: Any, soraya: Any) -> Entry:
    """A line in the middle of the chain."""
    for number in range(4):
        services.write_note(night_raid, by=soraya, text=f"Note {number}")
    return Entry.objects.about(strike).get()


def raws(coded: list[str]) -> list[bytes]:
    return [b64decode(step) for step in coded]


def prove(told: dict[str, Any], body: str) -> None:
    """Check it as a stranger would: with the text of the line, and hashes."""
    keys = [Key.read(key) for key in told["keys"]]
    of_case = Checkpoint.read(open_note(told["checkpoint"]["note"], keys))
    leaf = merkle.leaf_hash(body.encode())
    path = raws(told["checkpoint"]["inclusion"])
    assert merkle.verify_inclusion(leaf, told["index"], of_case.size, path, of_case.root)
    assert of_case.origin.endswith(told["log"])
    register = Checkpoint.read(open_note(told["register"]["note"], keys))
    place, note = told["checkpoint"]["register_index"], told["checkpoint"]["note"]
    path = raws(told["register"]["inclusion"])
    assert merkle.verify_inclusion(register_leaf(note), place, register.size, path, register.root)


def test_a_line_is_proven_to_whoever_has_the_proof_alone(
    client: Any, line: Entry, amal: Any, signed: Any
) -> None:
    signed()
    client.force_login(amal)
    answer = client.get(reverse("workspace:ledger_proof", args=[line.pk]))
    assert "attachment" in answer["Content-Disposition"]
    prove(json.loads(answer.content), line.body)
    assert answer.json()["time_stamp"] is None


def test_the_page_says_what_covers_the_line_and_that_it_is_not_yet_anchored(
    client: Any, line: Entry, amal: Any, signed: Any
) -> None:
    client.force_login(amal)
    there = reverse("workspace:ledger_entry", args=[line.pk])
    assert "not signed yet" in client.get(there).content.decode()
    signed()
    told = client.get(there).content.decode()
    size = Head.objects.get(log=line.log).position
    assert f"the checkpoint over {size} lines" in told and "not yet anchored" in told


def test_the_chain_says_how_far_it_is_signed_and_what_the_signer_refuses(
    client: Any, line: Entry, amal: Any, signed: Any
) -> None:
    client.force_login(amal)
    signed()
    there = f"{reverse('workspace:ledger')}?case={line.log}"
    size = Head.objects.get(log=line.log).position
    assert f"signed up to line {size}" in client.get(there).content.decode()
    with as_signer():
        Alarm.objects.create(
            log=line.log, reason="cut", signed_size=9, found_size=3, last_at=line.at
        )
    assert "The signer refuses to sign this chain" in client.get(there).content.decode()


def test_programs_get_lines_proofs_and_that_the_log_only_grew(
    client: Any, line: Entry, amal: Any, signed: Any, night_raid: Any
) -> None:
    client.force_login(amal)
    signed()
    old = Checkpoint.read(log_of(client, line)["note"].split("\n\n")[0] + "\n")
    services.write_note(night_raid, by=amal, text="One more")
    signed()
    new = Checkpoint.read(log_of(client, line)["note"].split("\n\n")[0] + "\n")
    sizes = {"old": old.size, "new": new.size}
    there = reverse("api:ledger-logs-consistency", args=[line.log])
    path = raws(client.get(there, sizes).json()["consistency"])
    assert merkle.verify_consistency(old.size, new.size, path, old.root, new.root)
    assert client.get(there, {"old": new.size, "new": old.size}).status_code == 422
    assert client.get(there, {"old": 1, "new": 10**9}).status_code == 422
    told = client.get(reverse("api:ledger-entries-detail", args=[line.pk])).json()
    assert told["body"] == line.body
    prove(client.get(reverse("api:ledger-entries-proof", args=[line.pk])).json(), told["body"])


def test_programs_get_every_checkpoint_with_the_time_stamp_that_covers_it(
    client: Any, line: Entry, amal: Any, signed: Any, night_raid: Any
) -> None:
    client.force_login(amal)
    there = reverse("api:ledger-logs-checkpoints", args=[line.log])
    signed()
    stamp(Checkpoints.objects.filter(log=REGISTER_LOG).latest("size"))
    services.write_note(night_raid, by=amal, text="One more")
    signed()
    newer, older = client.get(there).json()["results"]
    assert newer["size"] > older["size"] and newer["time_stamp"] is None
    assert older["time_stamp"]["token"] == b64encode(b"token").decode()
    register = Checkpoint.read(older["time_stamp"]["register"]["note"].split("\n\n")[0] + "\n")
    assert register.size > older["register_index"]


def stamp(checkpoint: Checkpoints) -> None:
    """As an authority would."""
    with as_signer():
        TimeStamp.objects.create(
            checkpoint=checkpoint,
            authority="https://stamps.example",
            state=TimeStamp.State.STAMPED,
            token=b"token",
            stamped_at=checkpoint.at,
        )


def log_of(client: Any, line: Entry) -> Any:
    return client.get(reverse("api:ledger-logs-detail", args=[line.log])).json()


def test_the_register_is_no_case_and_is_shown_to_nobody(
    client: Any, line: Entry, amal: Any
) -> None:
    client.force_login(amal)
    assert client.get(reverse("api:ledger-logs-detail", args=[REGISTER_LOG])).status_code == 404
