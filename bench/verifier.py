"""The bundle verifier over 200,000 entries, each with its proof, beside hashing the same lines."""

import hashlib
import json
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench._measure import Row, medians, report
from ledger import merkle
from tests.verify.sealed import SIGNER, Log, body, hexed
from verify import vestige_verify as verifier

ENTRIES = 200_000
LEDGER = "data/ledger/"


def levels_of(leaves: list[bytes]) -> list[list[bytes]]:
    """Every node of the tree, so that proofs need no hashing."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        row = levels[-1]
        pairs = range(0, len(row) - 1, 2)
        above = [merkle.node_hash(row[at], row[at + 1]) for at in pairs]
        levels.append([*above, *row[2 * len(above) :]])
    return levels


def path_of(levels: list[list[bytes]], index: int) -> list[bytes]:
    """The inclusion proof of one leaf."""
    path = []
    for row in levels[:-1]:
        if index ^ 1 < len(row):
            path.append(row[index ^ 1])
        index >>= 1
    return path


def written(folder: Path) -> None:
    """The ledger of a bundle as the program writes it, without files of evidence."""
    log = Log([body(at, place=f"shelf {at % 40}", n=at) for at in range(1, ENTRIES + 1)])
    levels = levels_of(log.leaves)
    place = folder / LEDGER
    (place / "anchors" / "1").mkdir(parents=True)
    note = log.checkpoint(ENTRIES)
    (place / "anchors" / "1" / "checkpoint.note").write_text(note)
    (place / "keys.txt").write_text(f"{SIGNER.public}\n")
    (place / "events.jsonl").write_text("".join(f"{line}\n" for line in log.bodies))
    with (place / "proofs.jsonl").open("w") as out:
        for index in range(ENTRIES):
            proof = {"position": index + 1, "path": hexed(path_of(levels, index))}
            out.write(json.dumps(proof, separators=(",", ":")) + "\n")
    about: dict[str, Any] = {"format": verifier.FORMAT, "log": json.loads(log.bodies[0])["log"]}
    about |= {"whole": True, "size": ENTRIES, "files": [], "custody": [], "withheld": []}
    (folder / "data" / "bundle.json").write_text(json.dumps(about))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vestige-bench-") as name:
        folder = Path(name)
        written(folder)
        options = verifier.options_of([name])

        def ours() -> None:
            bundle = verifier.Bundle(folder, options)
            bundle.read_about()
            bundle.read_keys()
            bundle.check_checkpoints()
            bundle.check_events()
            assert not bundle.findings.bad, bundle.findings.bad

        def bare() -> None:
            for line in (folder / LEDGER / "events.jsonl").open("rb"):
                hashlib.sha256(b"\0" + line[:-1]).digest()

        taken = SimpleNamespace(**medians({"ours": ours, "bare": bare}))
        report(
            Row(
                job="verifier, entries with their inclusion proofs",
                ours=ENTRIES / taken.ours,
                baseline=ENTRIES / taken.bare,
                unit="entries/s",
                target="≥ 20,000 entries/s",
                against="SHA-256 of each line, nothing else",
                note=f"{ENTRIES:,} entries, one core, standard library only",
            )
        )


if __name__ == "__main__":
    main()
