"""`make manage` and `make demo`: management commands against the same servers as `make up`."""

import signal
import subprocess  # nosec B404

from config.local import exercise, install, servers
from config.local.children import Crew, die_with_parent
from config.local.places import PYTHON, ROOT, Home, default_home
from config.local.steps import say
from config.local.up import prepare

OWNERS = (["migrate"], ["secure_database"])
"""Commands that change tables themselves, which the program's own role may not."""

PRIVATE = 0o077  # what a command writes beside the data is for this user alone


def manage(arguments: list[str]) -> int:
    """Run one management command; servers that are not running yet run as long as it does."""
    install.everything()
    home = default_home()
    home.prepare()
    with servers.at_hand(home, "manage") as new_database:
        environment = servers.environment(home)
        if arguments[:1] in OWNERS:
            environment = servers.as_owner(environment, home)
        elif new_database:
            prepare(environment, home)
        return run([str(PYTHON), "manage.py", *arguments], environment, umask=PRIVATE)


def demo() -> int:
    """Load the exercise into a database that is up to date, and have it time-stamped."""
    install.everything()
    home = default_home()
    home.prepare()
    with servers.at_hand(home, "demo"):
        environment = servers.environment(home)
        prepare(environment, home)
        reason = exercise.why_not()
        if not reason:
            exercise.wind_up(home)
        command = [str(PYTHON), "manage.py", "load_exercise"]
        code = run(command, environment, umask=PRIVATE)
        if code == 0 and reason:
            say(f"\nThe exercise is not time-stamped: {reason}.")
        return code or (0 if reason else stamp(environment, home))


def stamp(environment: dict[str, str], home: Home) -> int:
    """Have what was loaded signed, and stamped by the clock of the exercise."""
    say("\nThe exercise is signed and time-stamped by its own clock, which proves nothing:")
    waiting = [str(PYTHON), "manage.py", *exercise.WAIT]
    if servers.holder(home).get("verb") == "up":  # its signer does it
        return run(waiting, environment)
    crew = Crew()
    try:
        exercise.start(crew, home)
        command, signer = exercise.signing_once(home, environment)
        return run(command, signer, umask=PRIVATE) or run(waiting, environment)
    finally:
        crew.stop()


def run(command: list[str], environment: dict[str, str], *, umask: int = -1) -> int:
    """Run it at this terminal; Ctrl-C is its own business, and we tidy up after it."""

    def its_own_business() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        die_with_parent(signal.SIGTERM)

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(  # nosec B603
        command, cwd=ROOT, env=environment, umask=umask, preexec_fn=its_own_business
    )
    try:
        return process.wait()
    except KeyboardInterrupt:  # asked to stop by a signal: it must end before its servers do
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
