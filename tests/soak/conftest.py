"""A running installation with two cases, a bad line before it, and five people behind that."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from config.local.places import ROOT
from tests.faults.conftest import first, installation, running
from tests.faults.installation import Installation, until
from tests.faults.sender import Sender
from tests.soak.proxy import Chaos
from vestige_sync import Client

__all__ = ["first", "installation", "running"]
SEED = int(os.environ.get("SOAK_SEED", "7"))


class Someone:
    """One of the five: the program that works for them, and their copy."""

    def __init__(self, name: str, key: str, folder: Path, proxy: Chaos) -> None:
        self.name, self.key, self.folder = name, key, folder / name
        Client.begin(self.folder, proxy.address, token=key).close()
        self.log = (folder / f"{name}.log").open("ab")
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ["-m", "tests.soak.person", str(self.folder), self.name, str(SEED)]
        place = os.pathsep.join([str(ROOT), str(ROOT / "sync")])
        environment = {**os.environ, "PYTHONPATH": place, "VESTIGE_TOKEN": self.key}
        self.running = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=self.log, stderr=self.log
        )

    def kill(self) -> None:
        """As a battery that is empty."""
        assert self.running
        self.running.kill()
        self.running.wait()

    def touch(self, name: str) -> None:
        (self.folder / name).touch()

    def is_at(self, name: str) -> bool:
        """Whether they have come so far; a program that died is not waited for."""
        assert self.running
        code = self.running.poll()
        words = Path(self.log.name).read_text()[-3000:]
        assert code in (None, 0), f"{self.name} ended with {code}: {words}"
        return (self.folder / name).exists()

    def heard(self) -> list[dict[str, Any]]:
        """Every page of changes that reached them."""
        told = []
        for line in (self.folder / "heard").read_text().splitlines():
            with suppress(ValueError):  # a kill in the middle of a line
                told.append(json.loads(line))
        return told

    def end(self) -> None:
        if self.running and self.running.poll() is None:
            self.kill()
        self.log.close()


class Scene:
    """The installation, the line, and the five."""

    def __init__(self, running: Installation, proxy: Chaos, folder: Path) -> None:
        self.installation, self.proxy = running, proxy
        self.world = self.deed("people")
        keys = self.world["keys"]
        self.people = {name: Someone(name, key, folder, proxy) for name, key in keys.items()}

    def deed(self, name: str) -> dict[str, Any]:
        """Something of `world` happens."""
        told: dict[str, Any] = json.loads(self.installation.run("-m", "tests.soak.world", name))
        return told

    def all_at(self, name: str) -> bool:
        return all(one.is_at(name) for one in self.people.values())

    def tell(self, name: str) -> None:
        for one in self.people.values():
            one.touch(name)

    def come_to_rest(self) -> None:
        """Nobody begins anything new; what is owed is done; everybody takes in the last of it."""
        self.tell("stop")
        self.proxy.is_calm = True
        until(lambda: self.all_at("settled"), "everybody to have sent everything", seconds=300)
        owed = "SELECT count(*) FROM core_job WHERE state <> 'done'"
        until(lambda: not self.installation.count(owed), "every job done", seconds=300)
        self.tell("final")
        until(lambda: self.all_at("done"), "everybody to have taken in the last", seconds=120)

    def sender(self, name: str) -> Sender:
        """The same person without a copy and on a good line."""
        return Sender(self.installation.address.port, {"key": self.people[name].key})


@pytest.fixture
def scene(running: Installation, tmp_path: Path) -> Iterator[Scene]:
    """All of it, with the five at work."""
    with Chaos(running.address.port, seed=SEED) as proxy:
        made = Scene(running, proxy, tmp_path)
        try:
            for one in made.people.values():
                one.start()
            yield made
        finally:
            for one in made.people.values():
                one.end()
