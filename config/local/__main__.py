"""What the Makefile calls: python3 -m config.local up, manage, demo, check, test, soak, bench …"""

import signal
import sys
from collections.abc import Callable
from types import FrameType

from config.local import checks, commands
from config.local.steps import Trouble, say
from config.local.up import up

VERBS: dict[str, Callable[[list[str]], int]] = {
    "up": lambda _: up(),
    "manage": commands.manage,
    "demo": lambda _: commands.demo(),
    "check": lambda _: checks.check(),
    "test": checks.test,
    "soak": checks.soak,
    "bench": checks.bench,
    "mutate-access": checks.mutate_access,
}


def main() -> int:
    """Carry out the verb; trouble is told in a sentence, not in a traceback."""
    verb, *arguments = sys.argv[1:] or ["help"]
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _stop)
    if verb not in VERBS:
        say(f"{__doc__}")
        return 2
    try:
        return VERBS[verb](arguments)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except PermissionError as why:
        say(f"\n{why.filename} may not be used by this user: it was made by another one.")
        return 1
    except KeyboardInterrupt:
        return 130


def _stop(_sign: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
