"""The clock of the exercise: a time-stamp authority on this machine, once the exercise is loaded.

Whoever runs the program runs this clock too, so it proves nothing about real time, and its
certificates say so. It is only for `make up`: never with TLS, nor with servers or an authority
of your own.
"""

import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from config.local import servers
from config.local.children import Child, Crew
from config.local.places import PYTHON, Home, private_folder

FOLDER = "exercise-authority"
PORT = "port"
NEVER_BESIDE = ("TIMESTAMP_AUTHORITIES", "TIMESTAMP_ROOTS", "DATABASE_URL", "SIGNER_FOLDER")
YES = {"1", "true", "yes", "on"}
WAIT = ["await_anchor", "--seconds", "90"]


def why_not() -> str:
    """Why this installation gets no clock of its own; empty if it may have one."""
    named = [name for name in NEVER_BESIDE if os.environ.get(name)]
    if named:
        return f"{named[0]} is set, so time-stamps are your own affair"
    if os.environ.get("TLS", "").lower() in YES:
        return "with TLS on this is no place for a clock that proves nothing"
    if shutil.which("openssl") is None:
        return "there is no openssl here, so evidence bundles of the exercise end with 2, not 0"
    return ""


def wind_up(home: Home) -> None:
    """From now on this home has the clock; a running `make up` notices."""
    folder = private_folder(home.folder / FOLDER)
    if not (folder / PORT).exists():
        (folder / PORT).write_text(str(free_port()), encoding="ascii")


def is_wound(home: Home) -> bool:
    """Whether the exercise was loaded here, and may have its clock."""
    return (home.folder / FOLDER / PORT).exists() and not why_not()


def start(crew: Crew, home: Home) -> None:
    """Start the clock where there is one."""
    if is_wound(home):
        crew.start(child(home))


def child(home: Home) -> Child:
    """The process that answers, on this machine alone."""
    folder = home.folder / FOLDER
    command = [str(PYTHON), "deploy/exercise_authority.py", str(folder), port_of(home)]
    pid_file = home.folder / "run" / "exercise-authority.pid"
    environment = {"PATH": os.environ.get("PATH", os.defpath)}
    clock = Child("The clock", command, home.log("exercise-authority"), pid_file, environment)
    clock.ready = lambda: answers(int(port_of(home)))
    clock.is_server = True  # a port that was left a moment ago is waited for
    return clock


def settings(environment: Mapping[str, str], home: Home) -> dict[str, str]:
    """The same environment with the clock in it, where there is one."""
    if not is_wound(home):
        return dict(environment)
    roots = home.folder / FOLDER / "roots.pem"
    address = f"http://127.0.0.1:{port_of(home)}/"
    return {**environment, "TIMESTAMP_AUTHORITIES": address, "TIMESTAMP_ROOTS": str(roots)}


def port_of(home: Home) -> str:
    """Where it answers: the same from start to start, so that it stays one authority."""
    return Path(home.folder, FOLDER, PORT).read_text(encoding="ascii").strip()


def free_port() -> int:
    """One that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        return int(place.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def signing_once(home: Home, environment: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """The command that signs and stamps what is there, for when no signer runs."""
    signer = servers.as_signer(settings(environment, home), home)
    return [str(PYTHON), "manage.py", "sign_ledger", "--once"], signer
