"""Remembers what a step was done with, so that it is skipped until that changes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of files and of everything in folders."""
    whole = sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                whole.update(str(file).encode())
                whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()


@dataclass(frozen=True)
class Stamps:
    """A small file with one fingerprint for each finished step."""

    file: Path

    def _all(self) -> dict[str, str]:
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return {str(name): str(mark) for name, mark in known.items()}

    def holds(self, name: str, mark: str) -> bool:
        """Whether the step was last finished with this very fingerprint."""
        return self._all().get(name) == mark

    def put(self, name: str, mark: str) -> None:
        """Remember that the step is finished."""
        known = {**self._all(), name: mark}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
