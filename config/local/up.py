"""`make up`: everything on one machine, until Ctrl-C."""

import os
import signal
import subprocess  # nosec B404
import time
from pathlib import Path

from config.local import exercise, install, servers
from config.local.children import Child, Crew, die_with_parent
from config.local.places import PYTHON, ROOT, Home, default_home
from config.local.steps import Trouble, say, step
from config.local.web import Address, chosen_address

QUEUES = "default,images,readings,reports,comparison,deliveries"


def up() -> int:
    """Install what is missing, start all processes and look after them."""
    began = time.monotonic()
    _end_with_make()
    home, address = default_home(), chosen_address()
    home.prepare()
    say(f"Vestige starts in {ROOT}; Ctrl-C stops it.")
    with servers.held(home, "up", address.url) as mine:
        if not mine:
            return _already_running(home)
        crew = Crew()
        try:
            _start(crew, home, address)
            _greet(home, address, time.monotonic() - began)
            _look_after(crew, home, address)
        except KeyboardInterrupt:
            say("\nStopping …")
        finally:
            crew.stop()
    say("Stopped.")
    return 0


def _start(crew: Crew, home: Home, address: Address) -> None:
    address.refuse_if_taken()
    install.everything()
    servers.start(crew, home)
    environment = servers.environment(home)
    environment.setdefault("ALLOWED_HOSTS", address.names)
    prepare(environment, home)
    exercise.start(crew, home)
    with step("Web, worker, beat and signer"):
        _start_programs(crew, home, address, environment)


def _start_programs(crew: Crew, home: Home, address: Address, environment: dict[str, str]) -> None:
    for child in programs(home, exercise.settings(environment, home), address):
        crew.start(child)
    crew.all_alive()


def _look_after(crew: Crew, home: Home, address: Address) -> None:
    """Watch over them; when `make demo` brings a clock, start them anew with it."""
    if not exercise.is_wound(home):
        crew.look_after(until=lambda: exercise.is_wound(home))
        with step("The clock of the exercise"):
            crew.stop_programs()
            exercise.start(crew, home)
            environment = servers.environment(home)
            environment.setdefault("ALLOWED_HOSTS", address.names)
            _start_programs(crew, home, address, environment)
    crew.look_after()


def _greet(home: Home, address: Address, seconds: float) -> None:
    say(f"\nVestige runs at {address.url} ({seconds:.1f} s).")
    say("Sign in there; the first administrator's password was shown at the first start.")
    say('Forgotten? make manage ARGS="changepassword admin"      To look round: make demo')
    say(f"Logs are in {home.folder / 'log'}, data in {home.folder}.")


def prepare(environment: dict[str, str], home: Home) -> None:
    """Bring the database and the collected files up to this version of the program."""
    command = [str(PYTHON), "-m", "config.local.prepare"]
    owner = servers.as_owner(environment, home)
    done = subprocess.run(command, cwd=ROOT, env=owner, umask=0o077, check=False)  # nosec B603
    if done.returncode != 0:
        raise Trouble("Preparing the database failed; the lines above say why.")


def programs(home: Home, environment: dict[str, str], address: Address) -> list[Child]:
    """The worker, beat, the signer and the web server, which is waited for and so comes last."""
    celery = ["-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "-Q", QUEUES, "--without-gossip", "--without-mingle"]
    worker += ["--concurrency", os.environ.get("WORKER_CONCURRENCY", "2"), "--loglevel", "INFO"]
    beat = [*celery, "beat", "--pidfile=", "-s", str(home.folder / "beat" / "schedule")]
    web = ["-m", "gunicorn", "--config", "deploy/gunicorn.py", "config.wsgi:application"]
    environment = {**environment, "BIND": address.bind, "PORT": str(address.port)}

    def child(name: str, file: str, command: list[str], lent: dict[str, str]) -> Child:
        run = [str(PYTHON), *command]
        pid_file = home.folder / "run" / f"{file}.pid"
        return Child(name, run, home.log(file), pid_file, lent)

    signer = servers.as_signer(environment, home)

    children = [
        child("The worker", "worker", worker, environment),
        child("Beat", "beat", beat, environment),
        child("The signer", "signer", ["manage.py", "sign_ledger"], signer),
        child("The web server", "web", web, environment),
    ]
    for one in children:  # their own children notice; a gentler signal hangs without the servers
        one.orphaned_with = signal.SIGKILL
    children[-1].ready = address.answers
    children[-1].patience = 90  # the first page on a small, busy machine
    return children


def _already_running(home: Home) -> int:
    by = servers.holder(home)
    if by.get("verb") == "up":
        raise Trouble(
            f"Vestige already runs from this folder (process {by['pid']}) at {by['address']}"
        )
    raise Trouble(
        f"`{by.get('verb', 'another command')}` (process {by.get('pid', '?')}) has the servers of "
        "this folder; start Vestige again when it has finished."
    )


def _end_with_make() -> None:
    """Started by make, end when make is killed, as if by Ctrl-C."""
    parent = Path(f"/proc/{os.getppid()}/comm")
    if parent.exists() and parent.read_text(encoding="utf-8").strip() == "make":
        die_with_parent(signal.SIGTERM)
