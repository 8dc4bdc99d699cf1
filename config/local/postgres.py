"""A PostgreSQL of Vestige's own: its data folder made once, then started on a Unix socket."""

import os
import shutil
import signal
import subprocess  # nosec B404
import tempfile
from contextlib import suppress
from pathlib import Path

from config.local.children import Child, birth
from config.local.places import Home, private_folder, servant
from config.local.programs import Postgres, postgres_for
from config.local.steps import Trouble, say

SOCKET_NAME = ".s.PGSQL.5432"
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
MEMORY_OF_OUR_GROUP = Path("/sys/fs/cgroup/memory.max")
PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}


def owner_address(home: Home) -> str:
    """Who owns the tables and may make databases, but is no superuser: for migrations alone."""
    return f"postgresql://vestige:{home.secret('database_password')}@/vestige?host={home.sockets}"


def address(home: Home) -> str:
    """The DATABASE_URL of the program: a role that owns nothing and that policies hold."""
    password = home.secret("program_database_password")
    return f"postgresql://vestige_web:{password}@/vestige?host={home.sockets}"


def signer_address(home: Home) -> str:
    """The DATABASE_URL of the signer: a role that reads lines and writes checkpoints alone."""
    password = home.secret("signer_database_password")
    return f"postgresql://vestige_signer:{password}@/vestige?host={home.sockets}"


def child(home: Home) -> tuple[Child, str, bool]:
    """The server as a child, its version, and whether its data folder was made just now."""
    data = home.servers / "postgres"
    version_file = data / "PG_VERSION"
    made = not version_file.exists()
    major = None if made else int(version_file.read_text(encoding="ascii"))
    programs = postgres_for(home, major)
    if made:
        _make(home, programs, data)
    _give_later_roles(home, programs, data)
    settings = ["listen_addresses=", f"unix_socket_directories={home.sockets}"]
    settings += ["unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
    settings += UNSAFE_BUT_FAST if home.throwaway else [f"shared_buffers={shared_buffers()}MB"]
    options = [word for setting in settings for word in ("-c", setting)]
    server = Child(
        name="PostgreSQL",
        command=[programs.program("postgres"), "-D", str(data), *options],
        log=home.log("postgres"),
        pid_file=home.folder / "run" / "postgres.pid",
        environment=PLAIN,
        cwd=data,
        servant=servant(),
        ready=lambda: is_ready(home),
        clear=lambda: clear_stale_lock(data),
        is_server=True,
        stop_with=signal.SIGINT,  # "fast": roll back, disconnect, write everything out
        orphaned_with=signal.SIGINT,
        grace=60,
    )
    return server, programs.version, made


def shared_buffers(group: Path = MEMORY_OF_OUR_GROUP) -> int:
    """Megabytes that the server keeps tables and indexes in: a quarter of the memory, 128 to 8192.

    PostgreSQL takes them as it needs them. A container's own limit counts where it is the lower.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no such group, or "max"
        memory = min(memory, int(group.read_text(encoding="ascii")))
    return max(128, min(8192, memory // 4 // 2**20))


def is_ready(home: Home) -> bool:
    """Whether the server that holds the data folder says it is ready, and is alive."""
    lines = _lock_file(home.servers / "postgres")
    return len(lines) > 7 and lines[7].strip() == "ready" and bool(birth(int(lines[0])))


def clear_stale_lock(data: Path) -> None:
    """Remove a postmaster.pid whose number now belongs to some other program.

    PostgreSQL sees through a dead process by itself, but not through a number that a crash or a
    restart of the machine gave to a stranger.
    """
    lines = _lock_file(data)
    if not lines or not birth(int(lines[0])):
        return
    if runs_in(int(lines[0]), data):
        raise Trouble(
            f"A PostgreSQL (process {lines[0]}) already runs on {data}. "
            f"Stop it with `kill -INT {lines[0]}`, then start again."
        )
    say(f"  {data / 'postmaster.pid'} was left by a crash; it is removed.")
    (data / "postmaster.pid").unlink()


def runs_in(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL at work in that folder."""
    process = Path(f"/proc/{pid}")
    try:
        name = (process / "comm").read_text(encoding="utf-8").strip()
        return name.startswith("postgres") and (process / "cwd").resolve() == data.resolve()
    except (FileNotFoundError, ProcessLookupError):
        return False
    except PermissionError:  # another user's: it could not even enter our folder
        return False


def _lock_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _make(home: Home, programs: Postgres, data: Path) -> None:
    """Make the data folder beside its place and move it there when it is whole."""
    unfinished = data.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    private_folder(unfinished, servant())
    with tempfile.NamedTemporaryFile("w", dir=home.sockets) as password_file:
        password_file.write(home.secret("postgres_superuser_password"))
        password_file.flush()
        if user := servant():
            os.chown(password_file.name, user.uid, user.gid)
        initdb = [programs.program("initdb"), "-D", str(unfinished), "--username=postgres"]
        initdb += [f"--pwfile={password_file.name}", "--auth=scram-sha-256", "--encoding=UTF8"]
        provider = "builtin" if programs.major >= 17 else "libc"
        initdb += [f"--locale-provider={provider}", "--locale=C.UTF-8"]
        initdb += ["--no-sync"] if home.throwaway else []
        _as_servant(home, initdb, unfinished)
    password = home.secret("database_password")
    owner = [
        f"CREATE ROLE vestige LOGIN CREATEDB PASSWORD '{password}'",
        "CREATE DATABASE vestige OWNER vestige",
    ]
    roles = [*_program_roles(home), *_signer_roles(home)]
    _say_alone(home, programs, unfinished, [*owner, *roles])
    unfinished.rename(data)
    for name in ("program-roles", "signer-roles"):
        (home.folder / "run" / name).touch()


def _program_roles(home: Home) -> list[str]:
    """The role that holds the program's rights, and the one that it signs in with."""
    password = home.secret("program_database_password")
    return [
        _unless_there("vestige_app", "NOLOGIN"),
        _unless_there("vestige_web", f"LOGIN PASSWORD '{password}' IN ROLE vestige_app"),
        "GRANT vestige_app TO vestige",  # so that the owner can try what the program may do
    ]


def _signer_roles(home: Home) -> list[str]:
    """The role that may write checkpoints, and the one that the signer signs in with."""
    password = home.secret("signer_database_password")
    return [
        _unless_there("vestige_ledger", "NOLOGIN"),
        _unless_there("vestige_signer", f"LOGIN PASSWORD '{password}' IN ROLE vestige_ledger"),
        "GRANT vestige_ledger TO vestige",
    ]


def _unless_there(role: str, words: str) -> str:
    """Make a role, on one line; one that is there already stays as it is."""
    there = f"SELECT FROM pg_roles WHERE rolname = '{role}'"  # nosec B608  names of ours
    return f"DO $$BEGIN IF NOT EXISTS ({there}) THEN CREATE ROLE {role} {words}; END IF; END$$"


def _give_later_roles(home: Home, programs: Postgres, data: Path) -> None:
    """Make what a data folder of an earlier version still lacks; a note says that it is there."""
    known = {"program-roles": _program_roles(home), "signer-roles": _signer_roles(home)}
    for name, statements in known.items():
        noted = home.folder / "run" / name
        if not noted.exists():
            _say_alone(home, programs, data, statements)
        noted.touch()


def _say_alone(home: Home, programs: Postgres, data: Path, statements: list[str]) -> None:
    """Single-user mode reads one statement a line: no server, network or superuser sign-in."""
    single = [programs.program("postgres"), "--single", "-D", str(data), "postgres"]
    _as_servant(home, single, data, "".join(f"{line}\n" for line in statements))


def _as_servant(home: Home, command: list[str], cwd: Path, text: str = "") -> None:
    user = servant()
    done = subprocess.run(  # nosec B603
        command,
        cwd=cwd,
        env=PLAIN,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        umask=0o077,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )
    with home.log("postgres").open("a", encoding="utf-8") as log:
        log.write(done.stdout + done.stderr)
    if done.returncode != 0 or "ERROR:" in done.stderr:
        said = "\n".join(done.stderr.splitlines()[-12:])
        raise Trouble(f"Making the database in {cwd} failed:\n{said}")
