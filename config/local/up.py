"""`make up`: everything on one machine, until Ctrl-C."""

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from config.local import install, servers
from config.local.children import PAUSE, Child, Crew, die_with_parent
from config.local.places import PYTHON, ROOT, Home, default_home
from config.local.steps import Trouble, say, step

QUEUES = "default,images,reports,comparison"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def up() -> int:
    """Install what is missing, start all processes and look after them."""
    began = time.monotonic()
    _end_with_make()
    home = default_home()
    home.prepare()
    bind, port = os.environ.get("BIND", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    address = f"http://{_spoken(bind)}:{port}/"
    say(f"Vestige starts in {ROOT}; Ctrl-C stops it.")
    with servers.held(home, "up", address) as mine:
        if not mine:
            return _already_running(home)
        crew = Crew()
        try:
            _run(crew, home, bind, port)
            say(f"\nVestige runs at {address} ({time.monotonic() - began:.1f} s).")
            say("Sign in there with your name and password; the first administrator was made at")
            say('the first start. Forgotten? make manage ARGS="changepassword admin"')
            say(f"Logs are in {home.folder / 'log'}, data in {home.folder}.")
            crew.look_after()
        except KeyboardInterrupt:
            say("\nStopping …")
        finally:
            crew.stop()
    say("Stopped.")
    return 0


def _run(crew: Crew, home: Home, bind: str, port: int) -> None:
    refuse_busy_port(bind, port)
    install.everything()
    servers.start(crew, home)
    environment = servers.environment(home)
    environment.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{bind}")
    prepare(environment)
    with step("Web, worker and beat"):
        for child in programs(home, environment, bind, port):
            crew.start(child)
        crew.all_alive()


def prepare(environment: dict[str, str]) -> None:
    """Bring the database and the collected files up to this version of the program."""
    command = [str(PYTHON), "-m", "config.local.prepare"]
    done = subprocess.run(command, cwd=ROOT, env=environment, umask=0o077, check=False)
    if done.returncode != 0:
        raise Trouble("Preparing the database failed; the lines above say why.")


def programs(home: Home, environment: dict[str, str], bind: str, port: int) -> list[Child]:
    """The worker, beat and the web server, which is waited for and so comes last."""
    celery = ["-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "-Q", QUEUES, "--without-gossip", "--without-mingle"]
    worker += ["--concurrency", os.environ.get("WORKER_CONCURRENCY", "2"), "--loglevel", "INFO"]
    beat = [*celery, "beat", "--pidfile=", "-s", str(home.folder / "beat" / "schedule")]
    web = ["-m", "gunicorn", "config.wsgi:application", "--bind", f"{bind}:{port}", "--preload"]
    web += ["--worker-class", "gthread", "--threads", "4", "--timeout", "120"]
    web += ["--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--no-control-socket"]

    def child(name: str, file: str, command: list[str]) -> Child:
        run = [str(PYTHON), *command]
        pid_file = home.folder / "run" / f"{file}.pid"
        return Child(name, run, home.log(file), pid_file, environment)

    children = [
        child("The worker", "worker", worker),
        child("Beat", "beat", beat),
        child("The web server", "web", web),
    ]
    for one in children:
        one.orphaned_with = signal.SIGQUIT  # at once: the servers end in the same moment
    children[-1].ready = lambda: answers(_spoken(bind), port)
    return children


def answers(host: str, port: int) -> bool:
    """Whether the first page comes."""
    line = http.client.HTTPConnection(host.strip("[]"), port, timeout=10)
    try:
        line.request("GET", "/", headers={"Host": "localhost"})
        return line.getresponse().status < 500
    except OSError:
        return False
    finally:
        line.close()


def refuse_busy_port(bind: str, port: int, *, patience: float = 3) -> None:
    """Say early that the port is taken; one that was left a moment ago is waited for."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    until = time.monotonic() + patience
    while True:
        try:
            socket.create_server((bind.strip("[]"), port), family=family).close()
            return
        except OSError as why:
            if time.monotonic() > until:
                raise Trouble(
                    f"Port {port} of {bind} cannot be had ({why.strerror}): stop the program that "
                    f"uses it, or choose another: make up PORT={port + 1}"
                ) from why
        time.sleep(PAUSE)


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


def _spoken(bind: str) -> str:
    return "127.0.0.1" if bind in {"0.0.0.0", "::", "[::]"} else bind  # noqa: S104


def _end_with_make() -> None:
    """Started by make, end when make is killed, as if by Ctrl-C."""
    parent = Path(f"/proc/{os.getppid()}/comm")
    if parent.exists() and parent.read_text(encoding="utf-8").strip() == "make":
        die_with_parent(signal.SIGTERM)
