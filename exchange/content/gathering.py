"""One reading of a case for other programs: what may leave, under which names, marked how."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from unicodedata import normalize
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from attribution.models.named import held_back_in
from core.markings import NO_AGENCY, TLP_ORDER, Handling
from exchange.formats.stix.extensions import AUTHOR
from exchange.formats.stix.objects import About
from exchange.formats.stix.shape import require_shape, without_references
from exchange.formats.stix.words import Stix, object_id
from investigations.models import Case, CaseRecord
from investigations.models.label import agencies_named, handling_of_label

AT_ONCE = 500
"""Rows that are in memory while a case is read."""

WITHHELD = "[name withheld: no finding released]"
Row = TypeVar("Row", bound=CaseRecord)


@dataclass(frozen=True)
class Leaf:
    """One object that leaves, the record it is drawn from, and the exhibits that it tells of."""

    thing: Stix
    source: CaseRecord | None = None
    exhibits: tuple[UUID, ...] = ()


@dataclass
class Gathering:
    """A case as it is read to be let out: by whom, how strictly marked at most, what is bound.

    `bound` are exhibits that caveats keep here. `left` names the objects gathered so far, so that
    none points at one that stays; `withheld` counts the records that stay. `concluded` are those
    whom findings that leave are about, `told` is the prose of these findings. What is read
    `for_groups` is told to each sharing group apart, and so also what a list of agencies binds:
    `apart` names their objects.
    """

    case: Case
    reader: User
    up_to: str
    bound: Collection[UUID]
    concluded: Collection[UUID] = ()
    told: Collection[str] = ()
    left: set[str] = field(default_factory=set)
    withheld: int = 0
    for_groups: bool = False
    apart: dict[str, frozenset[UUID]] = field(default_factory=dict)

    def leaf(
        self, thing: Stix | None, source: CaseRecord | None = None, exhibits: Iterable[UUID] = ()
    ) -> Iterator[Leaf]:
        """An object of sound shape, noted as one that leaves; nothing of nothing.

        It names no object that lies apart from those who are told this one.
        """
        told_to = source.own_handling.releasable_to if source else frozenset()
        if thing is not None and self.apart:
            thing = without_references(thing, lambda key: self.is_hidden(key, told_to))
        if thing is None:
            return
        self.left.add(require_shape(thing)["id"])
        if told_to:
            self.apart[thing["id"]] = told_to
        yield Leaf(thing, source, tuple(sorted(set(exhibits))))

    def is_hidden(self, key: str, told_to: frozenset[UUID]) -> bool:
        """True for an object that not all of these agencies may have, of whom none means all."""
        return not lies_within(told_to, self.apart.get(key, frozenset()))

    def free(
        self,
        rows: QuerySet[Row],
        exhibits: Callable[[Row], Iterable[UUID]] = lambda _row: (),
        *,
        apart: bool = False,
    ) -> Iterator[Row]:
        """Those of these records that may leave, oldest first; the others are counted.

        With `apart` also those for some agencies alone, where each group is told apart.
        """
        for row in rows.order_by("id").iterator(chunk_size=AT_ONCE):
            if self.lets_go(row, exhibits(row), apart=apart):
                yield row
            else:
                self.withheld += 1

    def lets_go(
        self, row: CaseRecord, exhibits: Iterable[UUID] = (), *, apart: bool = False
    ) -> bool:
        """Whether neither its label nor a caveat on what it tells of keeps it here."""
        if any(exhibit in self.bound for exhibit in exhibits):
            return False
        if row.label_id is None:
            return True
        handling = handling_of_label(row.label_id)
        return may_leave(handling, self.up_to, to_groups=apart and self.for_groups)

    def grouped(
        self, rows: QuerySet[Row], by: str, told: Callable[[Row], Stix]
    ) -> dict[UUID, list[Stix]]:
        """For each whole, what is told of its parts, as far as they may leave with it."""
        found: dict[UUID, list[Stix]] = defaultdict(list)
        whole = by.removesuffix("_id")
        for row in self.free(rows.select_related(whole), apart=True):
            if self.for_groups and not read_with(getattr(row, whole), row):
                self.withheld += 1
            else:
                found[getattr(row, by)].append(told(row))
        return found

    def about(self, row: Any, key: object = None, reference: str = "", tlp: str = "") -> About:
        """What every object drawn from this record says of itself."""
        handling = self.case.handling
        if isinstance(row, CaseRecord):
            handling = handling.joined(row.own_handling)
        if tlp:
            handling = handling.joined(Handling(tlp=tlp))
        return About(
            key=str(key or row.pk),
            created=row.created_at,
            modified=getattr(row, "updated_at", row.created_at),
            tlp=handling.tlp,
            by=self.author,
            reference=f"{self.case.ref}/{reference}" if reference else "",
            releasable_to=tuple(agencies_named(handling.releasable_to)),
        )

    def ref(self, kind: str, key: object) -> str:
        """The identifier of an object that leaves, or nothing where it stays."""
        identifier = object_id(kind, key) if key else ""
        return identifier if identifier in self.left else ""

    def refs(self, kind: str, keys: Iterable[object]) -> list[str]:
        """The identifiers of those that leave, in order."""
        return sorted(filter(None, (self.ref(kind, key) for key in keys)))

    @property
    def author(self) -> str:
        """The agency that leads the case says all this; where there is none, the program does."""
        agency = self.case.lead.agency_id
        return object_id("identity", agency) if agency else AUTHOR

    @cached_property
    def held_back(self) -> re.Pattern[str] | None:
        """Names of actors that no finding which leaves is about."""
        return held_back_in({self.case.pk}, concluded=self.concluded, told=self.told)

    def neutral(self, text: str) -> str:
        """Free text without the names of actors; no blame stands before its finding is released."""
        if self.held_back is None:
            return text
        return self.held_back.sub(WITHHELD, normalize("NFC", text))

    def names_nobody(self, text: str) -> bool:
        """True for a text in which no name is held back."""
        return self.held_back is None or not self.held_back.search(normalize("NFC", text))


def lies_within(some: frozenset[UUID], others: frozenset[UUID]) -> bool:
    """True where all of `some` agencies are among the `others`; an empty list means everybody."""
    return not others or (bool(some) and some <= others)


def read_with(whole: CaseRecord, part: CaseRecord) -> bool:
    """True where everybody who is told the whole may read the part as well."""
    told, asked = whole.own_handling, part.own_handling
    partners = told.shared_with <= asked.shared_with
    return partners and lies_within(told.releasable_to, asked.releasable_to)


def may_leave(handling: Handling, up_to: str, *, to_groups: bool = False) -> bool:
    """True for what its colour alone can say how to handle, and that is not beyond `up_to`.

    Clearances, compartments and lists of agencies have no words in STIX: what bears them stays.
    Only `to_groups` a list may go: each is told apart, and an extension of ours names the agencies.
    """
    within = TLP_ORDER.index(handling.tlp) <= TLP_ORDER.index(up_to)
    listed = NO_AGENCY in handling.releasable_to if to_groups else bool(handling.releasable_to)
    return within and not (handling.compartments or handling.clearance or listed)
