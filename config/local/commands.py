"""`make manage` and `make demo`: management commands against the same servers as `make up`."""

import signal
import subprocess

from config.local import install, servers
from config.local.places import PYTHON, ROOT, default_home
from config.local.up import prepare


def manage(arguments: list[str]) -> int:
    """Run one management command; servers that are not running yet run as long as it does."""
    install.everything()
    home = default_home()
    home.prepare()
    with servers.at_hand(home, "manage") as new_database:
        environment = servers.environment(home)
        if new_database and arguments[:1] != ["migrate"]:
            prepare(environment)
        return run([str(PYTHON), "manage.py", *arguments], environment)


def demo() -> int:
    """Load the exercise into a database that is up to date."""
    install.everything()
    home = default_home()
    home.prepare()
    with servers.at_hand(home, "demo"):
        environment = servers.environment(home)
        prepare(environment)
        return run([str(PYTHON), "manage.py", "load_exercise"], environment)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run it at this terminal; Ctrl-C is its own business, and we tidy up after it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            umask=0o077,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
