"""The signer's own folder: its key, and what it has signed last, out of the database's reach."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ledger.notes import SEED_SIZE, SigningKey

PRIVATE, CLOSED = 0o600, 0o700


@dataclass(frozen=True)
class Signed:
    """A size and the root in hex."""

    size: int
    root: str


@dataclass(frozen=True)
class Keep:
    """A folder that no other process than the signer's may enter."""

    folder: Path

    def prepare(self) -> None:
        """Make the folder, and close it to everybody else."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=CLOSED)
        self.folder.chmod(CLOSED)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder; another signer that starts meanwhile is refused (BlockingIOError)."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def key(self, name: str) -> SigningKey:
        """The signing key; the first start makes it, under this name, for the signer alone."""
        file = self.folder / "signing-key"
        if not file.exists():
            write_whole(file, SigningKey(name, secrets.token_bytes(SEED_SIZE)).write() + "\n")
        file.chmod(PRIVATE)
        key = SigningKey.read(file.read_text(encoding="utf-8"))
        write_whole(self.folder / "public-key", f"{key.public}\n")
        return key

    def signed(self) -> dict[UUID, Signed]:
        """The last that was signed of each log."""
        file = self.folder / "signed.json"
        if not file.exists():
            return {}
        told = json.loads(file.read_text(encoding="utf-8"))
        return {UUID(log): Signed(*last) for log, last in told.items()}

    def remember(self, signed: Mapping[UUID, Signed]) -> None:
        """Write down what is signed by now."""
        told = {str(log): [last.size, last.root] for log, last in signed.items()}
        write_whole(self.folder / "signed.json", json.dumps(told))


def write_whole(file: Path, text: str) -> None:
    """Put the new text in the old one's place at once: a crash leaves one or the other."""
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(file)
