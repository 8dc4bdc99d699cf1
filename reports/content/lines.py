"""The ledger lines that leave in a bundle: those about what leaves, word for word, with proofs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps

from core.markings import Handling
from evidence.models import Door, Item
from evidence.services.caveat import caveats_over
from investigations.models import CaseRecord, CaseRecordQuerySet
from investigations.models.label import handling_of_label
from ledger.models import Entry
from reports.content.leaving import may_leave
from reports.models import Bundle

AT_ONCE = 2000
MOST_NAMED = 1000
EVIDENCE = "evidence"
SCENES = {"investigations.case", "investigations.incident", "investigations.site"}
"""Whose lines leave with the whole case; who is suspected, and who said it, never does."""

Line = tuple[int, str]
"""Its position, and exactly what was sealed."""


@dataclass
class Lines:
    """The lines of one bundle up to a size, read piece by piece."""

    bundle: Bundle
    size: int
    handlings: set[Handling] = field(default_factory=set)
    count: int = 0
    gone: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[Line]:
        last = 0
        while batch := self.batch(last):
            self.miss(last, [entry.position for entry in batch])
            last = batch[-1].position
            let_go = self.let_go(batch)
            for entry in batch:
                if self.leaves(entry, let_go):
                    self.count += 1
                    yield entry.position, entry.body
        self.miss(last, [self.size + 1])

    @cached_property
    def bound(self) -> list[UUID]:
        """The exhibits that caveats keep here: no line about them or their parts leaves."""
        return list(caveats_over([self.bundle.case_id], Door.BUNDLE))

    def miss(self, last: int, found: list[int]) -> None:
        """Note the lines that were sealed once and are gone; nobody may take one out unseen."""
        for position in found:
            room = MOST_NAMED - len(self.gone)
            self.gone += range(last + 1, position)[:room]
            last = position

    def batch(self, last: int) -> list[Entry]:
        """The lines after one position."""
        lines = Entry.objects.of_log(self.bundle.case_id)
        within = lines.filter(position__gt=last, position__lte=self.size)
        return list(within.order_by("position")[:AT_ONCE])

    def leaves(self, entry: Entry, let_go: dict[UUID, Handling]) -> bool:
        """Whether a line leaves; how it is handled counts then."""
        if entry.subject_kind == "investigations.case":
            return not self.bundle.exhibits
        handling = let_go.get(entry.subject_id)
        if handling is not None:
            self.handlings.add(handling)
        return handling is not None

    def let_go(self, batch: list[Entry]) -> dict[UUID, Handling]:
        """The records these lines are about that may leave, with their handling."""
        asked: dict[type[CaseRecord], set[UUID]] = defaultdict(set)
        for entry in batch:
            if model := self.leaving_kind(entry.subject_kind):
                asked[model].add(entry.subject_id)
        found: dict[UUID, Handling] = {}
        for model, keys in asked.items():
            seen: Any = CaseRecordQuerySet(model).visible_to(self.bundle.requested_by)
            rows = seen.filter(pk__in=keys).filter(**self.of_the_exhibits(model))
            if self.bound and (path := path_to_item(model)):
                rows = rows.exclude(**{f"{path}__in": self.bound})
            for key, label in rows.order_by().values_list("pk", "label"):
                handling = handling_of_label(label) if label else Handling()
                if may_leave(handling, self.bundle):
                    found[key] = handling
        return found

    def leaving_kind(self, kind: str) -> type[CaseRecord] | None:
        """The kind of record, if lines about it leave at all."""
        if not kind.startswith(f"{EVIDENCE}.") and (self.bundle.exhibits or kind not in SCENES):
            return None
        try:
            model = apps.get_model(kind)
        except (LookupError, ValueError):
            return None
        return model if issubclass(model, CaseRecord) and self.reaches(model) else None

    def reaches(self, model: type[CaseRecord]) -> bool:
        """With chosen exhibits only what hangs on an exhibit leaves."""
        return not self.bundle.exhibits or path_to_item(model) is not None

    def of_the_exhibits(self, model: type[CaseRecord]) -> dict[str, Any]:
        """The condition that a record hangs on one of the chosen exhibits."""
        if not self.bundle.exhibits:
            return {}
        return {f"{path_to_item(model)}__in": self.bundle.exhibits}


def path_to_item(model: type[CaseRecord]) -> str | None:
    """How a record of evidence is reached from its exhibit: `pk`, `item`, `component__item`."""
    if model is Item:
        return "pk"
    for name in model.derives_from:
        if "__" in name:
            continue
        above = model._meta.get_field(name).related_model
        if above is Item:
            return name
        if isinstance(above, type) and issubclass(above, CaseRecord):
            further = path_to_item(above)
            if further and further != "pk":
                return f"{name}__{further}"
    return None
