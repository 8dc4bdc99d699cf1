"""What a program of your own uses: one object for one copy of what one person sees."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from vestige_sync import checkpoints, files
from vestige_sync.draft import Draft
from vestige_sync.drafts import Drafts
from vestige_sync.errors import Usage
from vestige_sync.feed import Pulled, Step, pull_changes
from vestige_sync.mirror import NAME, Mirror
from vestige_sync.push import Push, Pushed, Sent
from vestige_sync.transport import Line

TOKEN, TOKEN_FILE = "VESTIGE_TOKEN", "VESTIGE_TOKEN_FILE"  # nosec B105  names
OTHERS = 0o077


def quiet(_count: int) -> None:
    """Nobody is told how far it is."""


class Client:
    """A copy in a folder. Reading and drafting need no line; `pull` and `push` do."""

    def __init__(self, folder: Path | str, *, token: str = "", patience: float = 60.0) -> None:
        self.folder, self.patience, self._token = Path(folder), patience, token
        if not (self.folder / NAME).is_file():
            raise Usage(f"There is no copy in {self.folder}: vestige-sync init --server https://…")
        self.mirror = Mirror(self.folder)
        self.drafts = Drafts(self.mirror)
        self._line: Line | None = None

    @classmethod
    def begin(
        cls,
        folder: Path | str,
        server: str,
        *,
        token: str = "",
        kinds: Iterable[str] = (),
        cases: Iterable[str] = (),
        keys: Iterable[str] = (),
        cafile: str = "",
    ) -> Client:
        """Make an empty copy; `keys` are the ledger's public keys as the agency published them."""
        Line(server, token)  # an address that cannot be used is refused before anything is made
        place = Path(folder)
        if (place / NAME).exists():
            raise Usage(f"There is a copy in {place} already.")
        mirror = Mirror(place)
        for name, value in (
            ("server", server.rstrip("/")),
            ("kind", ",".join(kinds)),
            ("case", ",".join(cases)),
            ("cafile", str(Path(cafile).resolve()) if cafile else ""),
        ):
            mirror.note(name, value)
        for key in keys:
            checkpoints.trust(mirror, key)
        mirror.close()
        return cls(place, token=token)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the line and of the file."""
        if self._line:
            self._line.close()
        self.mirror.close()

    @property
    def line(self) -> Line:
        """The line to the server, opened when it is first needed."""
        if self._line is None:
            self._line = Line(
                self.mirror.fact("server"),
                self._token or token_of(self.folder),
                patience=self.patience,
                cafile=self.mirror.fact("cafile"),
            )
        return self._line

    # with a line

    def pull(
        self, *, wait: int = 0, with_files: bool = False, step: Step = quiet, fetched: Step = quiet
    ) -> Pulled:
        """Take in what changed, let go of what is not for you any more, and check the ledgers.

        What does not hold stands in `troubles`; all else was taken in nevertheless.
        """
        try:
            pulled = pull_changes(self.line, self.mirror, wait=wait, step=step)
        finally:
            files.tidy(self.mirror)
        for trouble in checkpoints.Witness(self.line, self.mirror).look():
            pulled.checkpoints += 1
            if trouble:
                pulled.troubles.append(trouble)
        if with_files:
            self.fetch(pulled, fetched)
        return pulled

    def fetch(self, pulled: Pulled, step: Step) -> None:
        """Fetch the originals that are not here; that each went out stands in the ledger."""
        wanted = files.missing(self.mirror)
        for trouble in files.fetch_all(self.line, self.mirror, wanted, step):
            if trouble:
                pulled.troubles.append(trouble)
            else:
                pulled.files += 1

    def push(self, sent: Sent = lambda _draft, _bytes: None) -> Pushed:
        """Send what was done here; see `conflicts` for what waits for a person.

        `sent` is told how many bytes of a file the server has.
        """
        return Push(self.line, self.drafts, sent=sent).run()

    # without one

    def record(self, kind: str, key: str) -> dict[str, Any] | None:
        """One record of the copy."""
        return self.mirror.record(kind, key)

    def create(self, kind: str, fields: Mapping[str, Any]) -> Draft:
        """Draft a record; `draft:KEY` in a field stands for what another draft becomes."""
        return self.drafts.create(kind, fields)

    def change(self, kind: str, key: str, fields: Mapping[str, Any]) -> Draft:
        """Draft a change of some fields of a record."""
        return self.drafts.change(kind, key, fields)

    def do(self, kind: str, key: str, action: str, fields: Mapping[str, Any]) -> Draft:
        """Draft a deed, such as `seal` of an item."""
        return self.drafts.deed(kind, key, action, fields)

    def add_file(self, file: Path | str, case: str, **fields: Any) -> Draft:
        """Draft the sending of a file; its bytes are copied at once."""
        return self.drafts.upload(Path(file), {"case": case, **fields})

    def resolve(self, key: str, **chosen: str) -> Draft | None:
        """Settle a conflict: `resolve(key, title="ours", place="theirs")`."""
        return self.drafts.decide(self.drafts.get(key), chosen)

    def status(self) -> dict[str, Any]:
        """What is here, what is still to be sent, and what waits for a person."""
        return {
            "server": self.mirror.fact("server"),
            "whole": self.mirror.is_whole,
            "cases": len(self.mirror.cases()),
            "records": self.mirror.counts(),
            "files_missing": len(files.missing(self.mirror)),
            "drafts": [draft.told() for draft in self.drafts.all()],
            "alarms": checkpoints.alarms(self.mirror),
            "keys": [row["vkey"] for row in self.mirror.rows("SELECT vkey FROM keys")],
        }


def token_of(folder: Path) -> str:
    """The key of the person: from the environment, or from a file that nobody else may read."""
    if named := os.environ.get(TOKEN, "").strip():
        return named
    file = Path(os.environ.get(TOKEN_FILE) or folder / "token")
    if not file.is_file():
        raise Usage(f"Put your key into {file} (chmod 600), or into {TOKEN} of the environment.")
    if os.name == "posix" and file.stat().st_mode & OTHERS:
        raise Usage(f"Others may read {file}: chmod 600 {file}, and make a new key.")
    return file.read_text(encoding="utf-8").strip()
