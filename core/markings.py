"""Handling markings: who may read a thing, and what the reader may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

NO_AGENCY = UUID(int=0)
"""Stands in `releasable_to` where two lists have no agency in common: nobody's agency has it."""


class Tlp(models.TextChoices):
    """FIRST's Traffic Light Protocol 2.0, from the freest to the most restrictive."""

    CLEAR = "clear", "TLP:CLEAR"
    GREEN = "green", "TLP:GREEN"
    AMBER = "amber", "TLP:AMBER"
    AMBER_STRICT = "amber+strict", "TLP:AMBER+STRICT"
    RED = "red", "TLP:RED"


class Pap(models.TextChoices):
    """Permissible Actions Protocol: what the receiver may do with what is shown."""

    CLEAR = "clear", "PAP:CLEAR"
    GREEN = "green", "PAP:GREEN"
    AMBER = "amber", "PAP:AMBER"
    RED = "red", "PAP:RED"


class Clearance(models.IntegerChoices):
    """How far a person is cleared, and what a thing asks of its reader."""

    NONE = 0, _("unclassified")
    RESTRICTED = 1, _("restricted")
    CONFIDENTIAL = 2, _("confidential")
    SECRET = 3, _("secret")
    TOP_SECRET = 4, _("top secret")


TLP_ORDER = [str(value) for value in Tlp.values]
PAP_ORDER = [str(value) for value in Pap.values]


@dataclass(frozen=True)
class Handling:
    """How a thing is to be handled; the handling of a product is the join of its parts'.

    `compartments` are codes the reader must all be in. `releasable_to` are agencies: none at all
    means no limit beyond the case's team. `originators` are agencies that keep control: only
    their people agree to a lowering. `shared_with` are partner agencies that are shown it; what
    is drawn from several things is shown to those who are shown them all.
    """

    tlp: str = str(Tlp.CLEAR)
    pap: str = str(Pap.CLEAR)
    clearance: int = 0
    compartments: frozenset[str] = frozenset()
    releasable_to: frozenset[UUID] = frozenset()
    originators: frozenset[UUID] = frozenset()
    shared_with: frozenset[UUID] = frozenset()

    def joined(self, other: "Handling") -> "Handling":
        """The freest handling that is at least as restrictive as both."""
        return Handling(
            tlp=max(self.tlp, other.tlp, key=TLP_ORDER.index),
            pap=max(self.pap, other.pap, key=PAP_ORDER.index),
            clearance=max(self.clearance, other.clearance),
            compartments=self.compartments | other.compartments,
            releasable_to=both(self.releasable_to, other.releasable_to),
            originators=self.originators | other.originators,
            shared_with=self.shared_with & other.shared_with,
        )

    def covers(self, other: "Handling") -> bool:
        """True when it is at least as restrictive as `other` in every respect."""
        return self.joined(other) == self

    def lets(self, *, clearance: int, compartments: Iterable[str], agency: UUID | None) -> bool:
        """True when a person so cleared, of that agency, may read what is handled so."""
        return (
            self.clearance <= clearance
            and self.compartments <= set(compartments)
            and (not self.releasable_to or agency in self.releasable_to)
        )

    def __str__(self) -> str:
        return str(Tlp(self.tlp).label)


def both(left: frozenset[UUID], right: frozenset[UUID]) -> frozenset[UUID]:
    """The agencies that both lists let in, where an empty list lets everybody in."""
    if not left or not right:
        return left | right
    return left & right or frozenset({NO_AGENCY})


def joined(parts: Iterable[Handling]) -> Handling:
    """The handling of a product: the most restrictive of its parts in each respect."""
    parts = list(parts)
    return reduce(Handling.joined, parts) if parts else Handling()
