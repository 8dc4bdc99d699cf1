"""Which addresses run which code: learnt on one walk, and kept for as long as nothing changes."""

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    *("accounts", "investigations", "evidence", "comparison", "attribution"),
    *("workspace", "reports", "exchange", "core"),
)
OURS = tuple(f"{ROOT}/{room}/" for room in ROOMS)

KEPT = ROOT / "var" / "reached-by-addresses.json"
"""May be thrown away at any time: the next run learns it anew."""

Place = tuple[str, str]
"""A file, as it is called from the root on, and the name that Python calls a function in it by."""

Sign = list[str]
"""A test and what it is asked with, as it can be written down."""


@dataclass
class Memory:
    """What runs where, and which test noticed last that a line was gone."""

    fingerprint: str
    reached: dict[Place, list[str]] = field(default_factory=dict)
    noticed_by: dict[str, Sign] = field(default_factory=dict)

    @classmethod
    def of_earlier_runs(cls) -> "Memory":
        """What runs where only if nothing has changed since; who noticed what in any case."""
        said, now = what_is_kept(), fingerprint()
        found = cls(now, noticed_by=said.get("noticed_by", {}))
        if said.get("fingerprint") == now:
            found.reached = {
                (file, name): addresses
                for file, names in said["reached"].items()
                for name, addresses in names.items()
            }
        return found

    def keep(self) -> None:
        """Written beside and moved into place, so that no run ever reads half of it."""
        files: dict[str, dict[str, list[str]]] = {}
        for (file, name), addresses in sorted(self.reached.items()):
            files.setdefault(file, {})[name] = addresses
        noticed = {**what_is_kept().get("noticed_by", {}), **self.noticed_by}
        said = {"fingerprint": self.fingerprint, "reached": files, "noticed_by": noticed}
        KEPT.parent.mkdir(exist_ok=True)
        beside = KEPT.with_suffix(".new")
        beside.write_text(json.dumps(said, indent=1, sort_keys=True))
        beside.replace(KEPT)


def what_is_kept() -> dict[str, Any]:
    """The file as it lies there; nothing if there is none, or none that can be read."""
    try:
        said = json.loads(KEPT.read_text())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def fingerprint() -> str:
    """Of all that decides which code an address runs."""
    digest = sha256(sys.version.encode())
    for path in sorted(set(source())):
        content = sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()


def source() -> Iterator[Path]:
    """The rooms, their templates, and the walk: its table, its people and its two cases."""
    for room in (*ROOMS, "catalogue", "ledger", "config"):
        yield from (ROOT / room).rglob("*.py")
    yield from (ROOT / "templates").rglob("*.html")
    yield from (ROOT / "tests").glob("access*.py")
    yield from (ROOT / "tests" / "access").rglob("*.py")
    yield from (ROOT / "tests").rglob("conftest.py")
    yield from (ROOT / "requirements.txt", Path(__file__))


@dataclass
class Reached:
    """The code that addresses run, from either side, and the live functions behind it."""

    by_place: dict[Place, list[str]]

    @cached_property
    def at(self) -> dict[str, list[Place]]:
        """What runs at each address."""
        found: dict[str, list[Place]] = {}
        for place, addresses in self.by_place.items():
            for address in addresses:
                found.setdefault(address, []).append(place)
        return found

    @cached_property
    def live(self) -> dict[Place, FunctionType]:
        """The functions themselves, once every module that they stand in is loaded."""
        for file in sorted({file for file, _name in self.by_place}):
            import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        return {
            place: found
            for found in gc.get_objects()
            if type(found) is FunctionType and found.__code__.co_filename.startswith(OURS)
            if (place := place_of(found.__code__)) in self.by_place
        }

    @cached_property
    def fewest(self) -> dict[tuple[str, str], int]:
        """For a file and an address: how few addresses share what it runs of that file."""
        found: dict[tuple[str, str], int] = {}
        for (file, _name), addresses in self.by_place.items():
            for address in addresses:
                few = found.get((file, address), len(addresses))
                found[file, address] = min(few, len(addresses))
        return found

    def addresses_of(self, place: Place) -> list[str]:
        """The addresses that run it, those first whose own door stands in the same file."""
        file = place[0]
        return sorted(self.by_place[place], key=lambda address: self.fewest[file, address])


def place_of(code: CodeType) -> Place:
    return code.co_filename.removeprefix(f"{ROOT}/"), code.co_qualname


def walk(world: Any) -> dict[Place, list[str]]:
    """Knock at every address, and note which functions of ours that runs."""
    from tests.access.scene import doors
    from tests.access.walking import knock
    from tests.access_table import TABLE

    reached: dict[Place, list[str]] = {}
    for address, access in TABLE.items():
        seen: set[Place] = set()
        for method in access.rules:
            for name in those_who_knock(world, access, method):
                for _way, client in doors(world.personas[name], address):
                    with noted(seen):
                        knock(world, client, method, address)
        for place in seen:
            reached.setdefault(place, []).append(address)
    return reached


@contextmanager
def noted(seen: set[Place]) -> Iterator[None]:
    """Whatever of ours is called inside is added to what was seen."""

    def note(frame: Any, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            seen.add(place_of(frame.f_code))

    sys.settrace(note)
    try:
        yield
    finally:
        sys.settrace(None)


def those_who_knock(world: Any, access: Any, method: str) -> list[str]:
    """One who is let in, one of the team who is not, and one from outside: all ways of the code."""
    from tests.access.walking import expected

    answers: dict[Any, str] = {}
    for name, persona in world.personas.items():
        answers.setdefault(expected(world, persona, access, method), name)
    return list({*answers.values(), "amal", "omar"})
