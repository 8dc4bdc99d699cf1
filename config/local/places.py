"""Where the launcher finds and puts things, and who may enter there."""

import os
import pwd
import re
import secrets
import subprocess  # nosec B404
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from config.local.steps import Trouble

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LONGEST_SOCKET_FOLDER = 85  # a socket's whole path may have 107 bytes
HARMLESS_IN_A_URL = re.compile(r"[\w./-]+", re.ASCII)


@dataclass(frozen=True)
class Servant:
    """The unprivileged user that the servers run as when root starts Vestige."""

    uid: int
    gid: int

    def may_enter(self, path: Path) -> bool:
        """Whether this user can enter a folder or run a program."""
        question = ["/usr/bin/test", "-x", str(path)]
        asked = subprocess.run(  # nosec B603
            question, user=self.uid, group=self.gid, extra_groups=[], check=False
        )
        return asked.returncode == 0


def servant() -> Servant | None:
    """`nobody` for root; an ordinary user's servers run as that user."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Servant(nobody.pw_uid, nobody.pw_gid)


def private_folder(path: Path, owner: Servant | None = None) -> Path:
    """A folder that nobody but its owner can read."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink():
        raise Trouble(f"{path} is a link; remove it, it must be a folder of Vestige's own.")
    if owner:
        os.chown(path, owner.uid, owner.gid)
    elif path.stat().st_uid != os.geteuid():
        raise Trouble(f"{path} belongs to another user; give it back with chown, or remove it.")
    path.chmod(0o700)
    return path


def kept_secret(file: Path) -> str:
    """A random secret that stays the same from start to start."""
    if not file.exists():
        private_folder(file.parent)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()


@dataclass(frozen=True)
class Home:
    """One folder of data with the servers that keep it; `make test` has another than `make up`."""

    folder: Path
    throwaway: bool = False

    def prepare(self) -> None:
        """Make the folders that only this user, and none other on the machine, may read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if servant() else 0o700)
        for name in ("log", "run", "beat", "evidence", "derived", "media", "static"):
            private_folder(self.folder / name)

    @cached_property
    def servers(self) -> Path:
        """Where PostgreSQL and Valkey keep their data: here, if they can come in."""
        server = servant()
        if not server or server.may_enter(self.folder):
            return self.folder
        elsewhere = Path("/var/lib/vestige") / self._mark
        elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
        Path("/var/lib/vestige").chmod(0o711)
        return elsewhere

    @cached_property
    def sockets(self) -> Path:
        """The folder of the servers' Unix sockets, short enough for the kernel and for a URL."""
        folder = self.servers / "sockets"
        whole = str(folder)
        if len(os.fsencode(whole)) > LONGEST_SOCKET_FOLDER or not HARMLESS_IN_A_URL.fullmatch(
            whole
        ):
            folder = Path("/tmp") / f"vestige-{os.geteuid()}-{self._mark}"  # noqa: S108  # nosec B108
        return private_folder(folder, servant())

    @property
    def _mark(self) -> str:
        return sha256(os.fsencode(self.folder)).hexdigest()[:10]

    def log(self, name: str) -> Path:
        """The file that the named child writes to."""
        return self.folder / "log" / f"{name}.log"

    def secret(self, name: str) -> str:
        """One of this installation's own random secrets."""
        return kept_secret(self.secret_file(name))

    def secret_file(self, name: str) -> Path:
        """The file that holds it."""
        return self.folder / "secrets" / name


def default_home() -> Home:
    """The home of `make up`: VESTIGE_DATA, or `var` beside the program."""
    return Home(Path(os.environ.get("VESTIGE_DATA") or ROOT / "var").resolve())
