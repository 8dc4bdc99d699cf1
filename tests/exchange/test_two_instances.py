"""Two installations on one machine share a case: what is changed on the way is refused there."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from config.local import up
from deploy.exercise_authority import Authority, serve
from tests.exchange.relay import Relay, certificate
from tests.faults.installation import Installation, free_port, nothing_named, until
from verify import vestige_verify

PATIENCE = 180.0  # seconds: two installations on two cores


class Instance(Installation):
    """An installation with a line of its own, known to the other one."""

    def __init__(self, name: str, pem: tuple[Path, Path]) -> None:
        folder = Path(tempfile.mkdtemp(prefix=f"vestige-{name}-"))
        folder.chmod(0o711)
        super().__init__(folder)
        self.name, self.relay = name, Relay(self.address.port, pem)

    def begin(self, settings: dict[str, str]) -> None:
        """Servers, tables, programs, people and a case."""
        self.start_servers()
        self.environment |= {**settings, "LEDGER_NAME": f"{self.name}.example/vestige"}
        with nothing_named():
            up.prepare(self.environment, self.home)
        self.say("world")
        self.start_programs()

    def say(self, *words: str) -> Any:
        """Somebody of this installation does or sees something."""
        return json.loads(self.run("-m", "tests.exchange.instance", *words))

    def ledger_keys(self) -> list[str]:
        """The public keys of its ledger, as its agency publishes them."""
        return [str(line) for (line,) in self.ask("SELECT line FROM ledger_signerkey")]

    def end(self) -> None:
        self.relay.close()
        super().end()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Instance, Instance]]:
    """The mission's installation, and the coast guard's."""
    authority, port = Authority(tmp_path / "authority"), free_port()
    Thread(target=serve, args=(authority, port), daemon=True).start()
    pem = certificate(tmp_path)
    both = Instance("mission", pem), Instance("coast", pem)
    settings = {
        "PEER_HOSTS": ",".join(one.relay.host for one in both),
        "PEER_CA_FILE": str(pem[0]),
        "TIMESTAMP_AUTHORITIES": f"http://127.0.0.1:{port}/",
        "TIMESTAMP_ROOTS": str(authority.place("roots.pem")),
    }
    try:
        for one in both:
            one.begin(settings)
        yield both
    finally:
        for one in both:
            one.end()
        shutil.rmtree(tmp_path / "authority", ignore_errors=True)


def pair(mission: Instance, coast: Instance) -> None:
    """Either side enters the other, and two of each type what the other's read out."""
    until(
        lambda: mission.ledger_keys() and coast.ledger_keys(),
        "both ledgers signed",
        seconds=PATIENCE,
    )
    mission.say("enter", f"https://{coast.relay.host}", "JIM")
    coast.say("enter", f"https://{mission.relay.host}", "CG")
    mission.say("again")  # it asked before the coast guard had a key

    def codes() -> set[str]:
        return {one.say("standing")["code"] for one in (mission, coast)}

    until(lambda: len(codes()) == 1 and "" not in codes(), "one code", seconds=PATIENCE)
    code = coast.say("standing")["code"]
    for one in (mission, coast):
        one.say("confirm", code)
    until(
        lambda: all(one.say("standing")["state"] == "paired" for one in (mission, coast)),
        "both paired",
        seconds=PATIENCE,
    )


def state_of_last(mission: Instance) -> list[str]:
    """How far the last shipment is, and what went wrong with it."""
    last: list[str] = mission.say("shipments")["states"][-1]
    return last


def test_two_installations_share_a_case(two: tuple[Instance, Instance]) -> None:
    mission, coast = two
    pair(mission, coast)

    coast.relay.flips = True
    mission.say("ship")
    until(lambda: state_of_last(mission)[0] == "failed", "refused", seconds=PATIENCE)
    assert "SHA-256" in state_of_last(mission)[1]
    assert coast.say("deliveries")["rows"] == []
    assert list((coast.home.folder / "derived").rglob("peers/*/*")) == []

    coast.relay.flips = False
    mission.say("ship")
    until(lambda: state_of_last(mission)[0] == "sent", "received", seconds=PATIENCE)
    until(
        lambda: coast.say("deliveries")["rows"][-1]["state"] == "verified",
        "verified",
        seconds=PATIENCE,
    )
    (row,) = coast.say("deliveries")["rows"]
    assert row["exit_code"] == vestige_verify.INTACT, row["report"]
    assert "mission.example/vestige" in row["report"]

    place = coast.home.folder / "derived" / "peers" / row["sha256"][:2] / f"{row['sha256']}.zip"
    keys = [f"--key={key}" for key in mission.ledger_keys()]
    command = [sys.executable, "-I", vestige_verify.__file__, str(place), *keys]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == vestige_verify.INTACT, done.stdout
    assert "mission.example/vestige" in done.stdout
