"""`make check`, `test`, `soak` and `bench`: the same words for a person and for CI."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from config.local import install, servers
from config.local.children import Crew
from config.local.commands import run
from config.local.places import PYTHON, ROOT, Home
from config.local.steps import Trouble, say
from config.local.up import prepare

PROGRAMS = PYTHON.parent
NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@/nowhere?host=/nonexistent",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "only-for-checks-that-sign-nothing-and-serve-nothing-0123456789",  # nosec B105
    "ALLOWED_HOSTS": "vestige.example",
    "SECRET_KEY_FILE": "",  # nosec B105
    "OPENS_IDENTITIES": "0",
    "TLS": "1",
    "DEBUG": "0",
}
SIDE_BY_SIDE = ("--numprocesses=2", "--dist=loadfile", "--durations=15")
WITHOUT_SERVERS = (
    "test_architecture.py",
    "test_house_rules.py",
    "test_templates.py",
    "test_translations.py",
)


def check() -> int:
    """Everything that can be said about the source without running servers."""
    install.everything(tools=True)
    environment = {**os.environ, **NOWHERE}
    failed = [title for title, command in _laws() if run_law(title, command, environment) != 0]
    if failed:
        say(f"\nmake check failed: {', '.join(failed)}")
        return 1
    say("\nmake check: all laws hold")
    return 0


def _laws() -> Iterator[tuple[str, list[str]]]:
    python, manage = str(PYTHON), [str(PYTHON), "-W", "ignore::RuntimeWarning", "manage.py"]
    yield "ruff check", [str(PROGRAMS / "ruff"), "check", "."]
    yield "ruff format", [str(PROGRAMS / "ruff"), "format", "--check", "."]
    yield "import-linter", [str(PROGRAMS / "lint-imports")]
    yield "mypy", [str(PROGRAMS / "mypy"), "."]
    yield "bandit", [str(PROGRAMS / "bandit"), "-q", "-c", "pyproject.toml", "-r", "."]
    yield "house rules", [python, "-m", "config.rules"]
    yield "migrations", [*manage, "makemigrations", "--check", "--dry-run"]
    yield "deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    files = [str(path) for name in WITHOUT_SERVERS if (path := ROOT / "tests" / name).exists()]
    if files:
        yield "architecture", [python, "-m", "pytest", "-q", *files]


def run_law(title: str, command: list[str], environment: dict[str, str]) -> int:
    """One tool, with a headline of its own."""
    say(f"\n== {title}")
    return run(command, environment)


def test(arguments: list[str]) -> int:
    """All laws, then all tests, browser included, against fresh servers of their own."""
    lawful = check()
    install.chromium()
    say("\n== tests")
    with fresh_servers("test", throwaway=True) as home:
        environment = servers.as_owner(servers.environment(home), home)
        tested = run([str(PYTHON), "-m", "pytest", *(arguments or SIDE_BY_SIDE)], environment)
    if lawful != 0:
        say("\nThe tests are through, but make check failed: see far above.")
    return lawful or tested


def mutate_access(arguments: list[str]) -> int:
    """Take each line that guards access away in turn; the access tests must notice every time."""
    install.everything(tools=True)
    with fresh_servers("mutants", throwaway=True) as home:
        environment = servers.as_owner(servers.environment(home), home)
        return run([str(PYTHON), "-m", "tests.mutants", *arguments], environment)


def soak(arguments: list[str]) -> int:
    """Five copies over a bad line for ten minutes, or for as many seconds as are named."""
    install.everything(tools=True)
    with fresh_servers("soak", throwaway=True) as home:
        environment = servers.as_owner(servers.environment(home), home)
        environment["SOAK_SECONDS"] = (arguments or ["600"])[0]
        command = [str(PYTHON), "-m", "pytest", "-rA", "--log-level=INFO", "tests/soak"]
        return run(command, environment)


def bench(arguments: list[str]) -> int:
    """Measure the figures of bench/, or the named ones, on fresh servers that keep promises."""
    install.everything(tools=True)
    with fresh_servers("bench", throwaway=False) as home:
        environment = servers.environment(home)
        prepare(environment, home)
        owner = servers.as_owner(environment, home)  # each bench makes a database of its own
        return run([str(PYTHON), "-m", "bench", *arguments], owner)


@contextmanager
def fresh_servers(name: str, *, throwaway: bool) -> Iterator[Home]:
    """Servers on an empty folder, removed afterwards with all they held."""
    home = Home(ROOT / "var" / name, throwaway)
    home.prepare()
    with servers.held(home, name) as mine:
        if not mine:
            raise Trouble(f"Another `make {name}` is running from this folder.")
        for leftover in ("postgres", "valkey"):
            shutil.rmtree(home.servers / leftover, ignore_errors=True)
        crew = Crew()
        try:
            servers.start(crew, home)
            yield home
        finally:
            crew.stop()
            for folder in (home.sockets, home.servers, home.folder):
                shutil.rmtree(folder, ignore_errors=True)
