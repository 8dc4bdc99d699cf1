"""How a bundle for a peer is made: by whoever makes evidence bundles, joined on in config.

The exchange room and the reports room know nothing of each other, so that each can be taken out.
What passes between peers is an evidence bundle all the same, for whoever receives it must be able
to hold it against the origin's ledger with the very verifier that courts use.
"""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.core.files import File
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core.errors import Refused
from core.markings import Handling
from evidence.models import Item
from investigations.models import Case


@dataclass(frozen=True)
class Terms:
    """What leaves, and for whom: these exhibits, or the whole case where none is named."""

    agency: Agency
    clearance: int
    up_to: str
    items: tuple[Item, ...] = ()
    leave_out: bool = False


@dataclass(frozen=True)
class Preview:
    """What would leave now, and what would be held back and why."""

    exhibits: list[Item]
    files: int
    withheld: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Pack:
    """A finished bundle: its digest, its size in bytes, how it is to be handled."""

    sha256: str
    size: int
    handling: Handling


class Unpackable(Exception):
    """The bundle could not be made; the sentence says why."""


class Packer(Protocol):
    """Makes bundles, later, in the name of whoever asks."""

    def preview(self, case: Case, *, by: User, terms: Terms) -> Preview: ...

    def order(self, case: Case, *, by: User, terms: Terms) -> UUID: ...

    def look(self, key: UUID) -> Pack | None:
        """The bundle once it is made, None until then; Unpackable where it never will be."""
        ...

    def open(self, pack: Pack) -> File[bytes]: ...


_packers: list[Packer] = []


def pack_by(packer: Packer) -> None:
    """Say who makes the bundles; config does, once every room is loaded."""
    _packers[:] = [packer]


def the_packer() -> Packer:
    """Whoever makes them."""
    if not _packers:
        raise Refused(_("This installation makes no evidence bundles, and so sends none."))
    return _packers[0]
