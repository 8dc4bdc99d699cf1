"""What lies in a bundle from a peer: attacks, exhibits and files, as data that can be held apart.

The verifier has settled before that the bundle is what the peer sealed. That makes nothing in it
true or well-formed: what is not of the sort that is expected is refused, and named.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from exchange.formats.peer.bundle import BROKEN, Bundle, opened
from ledger.canon import canonical

INCIDENT, EXHIBIT, FILES = "incident", "exhibit", "files"
LARGEST = 4 * 1024 * 1024  # bytes of one list of facts
TOGETHER = 64 * 1024 * 1024  # bytes of all lists of facts: they are held in memory
MOST, LONGEST = 5000, 20_000
FACTS = re.compile(r"data/exhibits/[A-Za-z0-9._-]+/facts\.json")
DIGEST = re.compile(r"[0-9a-f]{64}")
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

INCIDENT_FACTS = (
    *("title", "narrative", "occurred_from", "occurred_to", "occurred_precision"),
    *("occurred_as_stated", "occurred_zone", "place_name", "country", "latitude", "longitude"),
    *("place_precision", "uncertainty_m", "attack_mode", "outcome", "target_type"),
    *("weapon_as_stated", "status"),
)
EXHIBIT_FACTS = (
    *("kind", "kind_code", "description", "incident", "incident_id", "part_of", "recovered_at"),
    *("recovered_precision", "recovered_as_stated", "recovered_by", "acquisition", "condition"),
    *("packaging", "unit", "mass_g", "length_mm", "width_mm", "height_mm"),
)


class WrongContents(ValueError):
    """The bundle does not hold what a bundle for a peer holds; `where` names the part."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True)
class SentFile:
    """One original that came along: where it lies in the bundle, and its SHA-256 at the origin."""

    path: str
    sha256: str

    @property
    def name(self) -> str:
        """What it is called there."""
        return self.path.rpartition("/")[2]

    def told(self) -> dict[str, str]:
        """The same as data."""
        return {"path": self.path, "sha256": self.sha256}


@dataclass(frozen=True)
class Told:
    """One record of the origin: its identifier and number there, what it says, and its files."""

    kind: str
    origin_id: str
    ref: str
    facts: Mapping[str, Any]
    files: tuple[SentFile, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says, so that a later one can be told from it."""
        told = {"facts": dict(self.facts), "files": [file.told() for file in self.files]}
        return hashlib.sha256(canonical(told).encode()).hexdigest()


@dataclass(frozen=True)
class Contents:
    """A bundle as its receiver reads it: of which case and log it is, and every record in it."""

    ref: str
    log: str
    records: tuple[Told, ...]
    withheld: int


def read_contents(held: IO[bytes]) -> Contents:
    """Everything that can be taken into a case, attacks before the exhibits found there."""
    try:
        with opened(held) as bundle:
            about = mapping(bundle, "data/bundle.json")
            there = set(bundle.namelist())
            files = [file for file in files_of(about) if file.path in there]
            records = (*incidents(bundle), *exhibits(bundle, files), *loose(bundle, files, about))
    except BROKEN:
        raise WrongContents("bundle") from None
    if len(records) > MOST:
        raise WrongContents("bundle.json: exhibits")
    if len({(told.kind, told.origin_id) for told in records}) < len(records):
        raise WrongContents("bundle.json: id")
    withheld = about.get("withheld")
    count = len(withheld) if isinstance(withheld, list) else 0
    return Contents(text(about, "case"), identifier(about, "log"), records, count)


def incidents(bundle: Bundle) -> Iterator[Told]:
    """The attacks that the exhibits come from; bundles without them tell of none."""
    if "data/incidents.json" not in bundle.namelist():
        return
    told = loaded(bundle, "data/incidents.json")
    if not isinstance(told, list) or len(told) > MOST:
        raise WrongContents("incidents.json")
    for one in told:
        if not isinstance(one, dict):
            raise WrongContents("incidents.json")
        facts = {name: text(one, name) for name in INCIDENT_FACTS}
        yield Told(INCIDENT, identifier(one, "id"), text(one, "ref"), facts)


def exhibits(bundle: Bundle, files: list[SentFile]) -> Iterator[Told]:
    """Each exhibit with the originals that came along with it."""
    names = [name for name in bundle.namelist() if FACTS.fullmatch(name)]
    facts_in_all = sum(bundle.getinfo(name).file_size for name in names)
    if len(names) > MOST or facts_in_all > TOGETHER:
        raise WrongContents("exhibits")
    for name in names:
        one = mapping(bundle, name)
        facts: dict[str, Any] = {each: text(one, each) for each in EXHIBIT_FACTS}
        facts["hazards"] = texts(one.get("hazards"), name)
        facts["quantity"] = number(one.get("quantity"), name)
        facts["components"] = list(components(one.get("components"), name))
        folder = name.removesuffix("facts.json") + "files/"
        own = tuple(file for file in files if file.path.startswith(folder))
        yield Told(EXHIBIT, identifier(one, "id"), text(one, "exhibit"), facts, own)


def loose(bundle: Bundle, files: list[SentFile], about: Mapping[str, Any]) -> Iterator[Told]:
    """The originals that belong to no exhibit, together."""
    folders = tuple(
        name.removesuffix("facts.json") for name in bundle.namelist() if FACTS.fullmatch(name)
    )
    own = tuple(file for file in files if not file.path.startswith(folders))
    if own:
        yield Told(FILES, identifier(about, "log"), text(about, "case"), {}, own)


def files_of(about: Mapping[str, Any]) -> Iterator[SentFile]:
    """The originals that the bundle names."""
    told = about.get("files")
    if not isinstance(told, list):
        raise WrongContents("bundle.json: files")
    for one in told:
        if not isinstance(one, dict) or not DIGEST.fullmatch(text(one, "sha256")):
            raise WrongContents("bundle.json: files")
        yield SentFile(text(one, "path"), text(one, "sha256"))


def components(told: object, where: str) -> Iterator[str]:
    """The parts that an exhibit holds, with their markings, in one line each."""
    if not isinstance(told, list) or len(told) > MOST:
        raise WrongContents(where)
    for one in told:
        if not isinstance(one, dict):
            raise WrongContents(where)
        yield "; ".join([text(one, "component"), *texts(one.get("markings"), where)])


def loaded(bundle: Bundle, name: str) -> Any:
    """The data of one file of the bundle."""
    if bundle.getinfo(name).file_size > LARGEST:
        raise WrongContents(name)
    try:
        return json.loads(bundle.read(name))
    except (ValueError, RecursionError):
        raise WrongContents(name) from None


def mapping(bundle: Bundle, name: str) -> dict[str, Any]:
    """The same where it has to be a list of names with values."""
    told = loaded(bundle, name)
    if not isinstance(told, dict):
        raise WrongContents(name)
    return told


def text(told: Mapping[str, Any], name: str) -> str:
    """Words, which may be missing; PostgreSQL holds no zero byte and no half of a character."""
    value = told.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        raise WrongContents(name)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongContents(name) from None
    return value


def texts(told: object, where: str) -> list[str]:
    """A list of words."""
    if not isinstance(told, list) or len(told) > MOST:
        raise WrongContents(where)
    return [text({"": one}, "") for one in told]


def number(told: object, where: str) -> int:
    """A count of things."""
    if type(told) is not int or not 0 <= told <= 2**31 - 1:
        raise WrongContents(where)
    return told


def identifier(told: Mapping[str, Any], name: str) -> str:
    """The identifier of a record."""
    value = text(told, name)
    if not IDENTIFIER.fullmatch(value):
        raise WrongContents(name)
    return value
