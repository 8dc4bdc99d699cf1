"""Bundles made without the program: a log, its checkpoints, the register and its time-stamps."""

import hashlib
import json
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from deploy.exercise_authority import Authority
from ledger import merkle
from ledger.notes import Checkpoint, SigningKey
from reports.bagging.bag import Bag

LOG = "01920000-0000-7000-8000-0000000000aa"
NAME = "vestige.example"
SIGNER = SigningKey(NAME, bytes(range(32)))
PHOTO = b"\xff\xd8 a photograph of a gyroscope \xff\xd9"


def body(
    position: int, *, act: str = "evidence.file_received", subject: Any = None, **facts: Any
) -> str:
    """A line as the ledger writes it."""
    line = {
        "act": act,
        "actor": "",
        "at": f"2026-11-28T20:{position // 60 % 60:02}:{position % 60:02}+00:00",
        "facts": facts,
        "log": LOG,
        "position": position,
        "subject": subject or ["evidence.file", LOG],
        "v": 1,
    }
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False)


@dataclass
class Log:
    """A case's log and the register over it; checkpoints are taken at the sizes asked for."""

    bodies: list[str]
    signer: SigningKey = SIGNER
    notes: dict[int, str] = field(default_factory=dict)
    register: list[bytes] = field(default_factory=list)

    @property
    def leaves(self) -> list[bytes]:
        return [merkle.leaf_hash(line.encode()) for line in self.bodies]

    def checkpoint(self, size: int) -> str:
        """Sign the first lines; the note enters the register."""
        root = merkle.root_of(self.leaves[:size])
        self.notes[size] = self.signer.sign(Checkpoint(f"{NAME}/{LOG}", size, root).text)
        leaf = hashlib.sha256(self.notes[size].encode()).digest()
        self.register += [merkle.leaf_hash(b"another case"), merkle.leaf_hash(leaf)]
        return self.notes[size]

    def signed_register(self, size: int) -> str:
        """The register's own checkpoint over its first leaves."""
        root = merkle.root_of(self.register[:size])
        return self.signer.sign(Checkpoint(f"{NAME}/register", size, root).text)


def sealed_log(count: int = 9, checkpoints: tuple[int, ...] = (4, 9)) -> Log:
    """A log of so many lines; the third received a photograph."""
    digest = hashlib.sha256(PHOTO).hexdigest()
    facts = [{"sha256": digest} if number == 3 else {"n": number} for number in range(1, count + 1)]
    log = Log([body(number, **told) for number, told in enumerate(facts, start=1)])
    for size in checkpoints:
        log.checkpoint(size)
    return log


def hexed(path: list[bytes]) -> list[str]:
    return [step.hex() for step in path]


def parts_of(
    log: Log, authority: Authority | None, shown: set[int] | None = None
) -> dict[str, bytes]:
    """The payload of a bundle, by name; `shown` are the positions it holds, all by default."""
    size = max(log.notes)
    positions = sorted(shown or range(1, size + 1))
    leaves, files = log.leaves, {}
    proofs = [
        {"position": at, "path": hexed(merkle.inclusion_path(leaves, at - 1, size))}
        for at in positions
    ]
    files["data/ledger/events.jsonl"] = "".join(f"{log.bodies[at - 1]}\n" for at in positions)
    files["data/ledger/proofs.jsonl"] = "".join(f"{json.dumps(one)}\n" for one in proofs)
    files["data/ledger/keys.txt"] = f"{log.signer.public}\n"
    digest = hashlib.sha256(PHOTO).hexdigest()
    received = [json.loads(line) for line in log.bodies if digest in line]
    photo = {"path": "data/e/photo.jpg", "sha256": digest}
    about = {
        "format": "vestige-evidence-bundle/1",
        "log": LOG,
        "whole": shown is None,
        "size": size,
        "files": [{**photo, "position": line["position"]} for line in received],
        "custody": ["data/e/custody.json"],
        "withheld": [],
    }
    told = ("position", "at", "act", "actor", "facts")
    custody = [{part: line[part] for part in told} for line in received]
    files |= {
        "data/bundle.json": json.dumps(about),
        "data/e/custody.json": json.dumps(custody),
        "data/ledger/consistency.json": json.dumps(consistency(leaves, sorted(log.notes))),
    }
    made = {name: text.encode() for name, text in files.items()}
    pictures = {photo["path"]: PHOTO} if received else {}
    return {**made, **pictures, **anchors_of(log, authority)}


def consistency(leaves: list[bytes], sizes: list[int]) -> list[dict[str, Any]]:
    """A proof from each size to the next."""
    return [
        {"old": old, "new": new, "path": hexed(merkle.consistency_path(leaves, old, new))}
        for old, new in pairwise(sizes)
    ]


def anchors_of(log: Log, authority: Authority | None) -> dict[str, bytes]:
    """Each checkpoint with its place in the register and, where there is one, a time-stamp."""
    files: dict[str, bytes] = {}
    sizes = []
    for index, (size, note) in enumerate(sorted(log.notes.items())):
        folder, covered = f"data/ledger/anchors/{size:09}", 2 * index + 2
        register = log.signed_register(covered).encode()
        path = hexed(merkle.inclusion_path(log.register, covered - 1, covered))
        files[f"{folder}/checkpoint.note"] = note.encode()
        files[f"{folder}/register.note"] = register
        entry = {"index": covered - 1, "path": path}
        files[f"{folder}/register.json"] = json.dumps(entry).encode()
        if authority:
            files[f"{folder}/time-stamp-1.tsr"] = authority.stamp(register)
        sizes.append(covered)
    chain = json.dumps(consistency(log.register, sizes))
    files["data/ledger/register-consistency.json"] = chain.encode()
    if authority:
        files["data/ledger/authority.pem"] = authority.certificates
    return files


def pack(parts: dict[str, bytes], place: Path) -> Path:
    """Put these files in a bag, as whoever forges one would, too."""
    with place.open("wb") as out:
        bag = Bag(out)
        for name, data in parts.items():
            bag.add(name, [data])
        bag.add_text("VERIFY.md", "How to check this.\n")
        bag.close({"Source-Organization": "tests"})
    return place
