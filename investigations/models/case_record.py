"""What every row inside a case has in common: its case, its label, and the gate they make."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.guarded import GuardedQuerySet
from core.markings import Handling, joined
from core.models import Record, VersionedRecord
from core.scope import system_scope
from core.settled import Among
from core.shown import Shown, is_gathered, note_shown
from investigations.models.case import Case
from investigations.models.gates import gates_of
from investigations.models.label import Label, handling_of_label
from investigations.models.membership import Duty

Row = TypeVar("Row", bound=models.Model, covariant=True)


class CaseRecordQuerySet(GuardedQuerySet[Row]):
    """Rows of cases; start every reading with `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Rows of the person's cases whose label, where they bear one, lets the person read.

        A partner contributor is shown only rows whose label names the partner's agency.
        """
        gates = gates_of(user)
        whole = Among("case", gates.whole) & gates.label_is_open()
        shared = Among("case", gates.shared) & Among("label", gates.shared_labels)
        return self.filter(whole | shared).narrowed()

    def locked_for(self, user: User, row: models.Model) -> Row:
        """The row as it is now, nobody else's until the deed is done, if this person sees it."""
        rows = (
            self.visible_to(user)
            .select_for_update(of=("self",), no_key=True)
            .select_related("case")
        )
        try:
            return rows.get(pk=row.pk)
        except ObjectDoesNotExist:
            raise PermissionDenied(_now("This is not, or no longer, yours to see.")) from None


class CaseRecord(Record):
    """A row that belongs to exactly one case.

    Without a label of its own it is handled as its case is. `derives_from` names the relations
    it is drawn from, over further rows where need be (`citations__item`): it is born, and stays,
    at least as restrictive as each of them.
    """

    derives_from: ClassVar[tuple[str, ...]] = ()
    also_seen: ClassVar[str] = ""
    """A condition in SQL, for the few kinds that somebody outside of the case may see."""
    born_shared: ClassVar[bool] = False
    """True for parts of an exhibit, which a partner is shown as soon as the exhibit is."""

    append_only: ClassVar[bool] = False
    """True for rows that are never changed or removed; only their label may follow others'."""

    only_the_program: ClassVar[bool] = False
    """True for what no person's question reaches: only services, in the program's own name."""

    holds_conclusions: ClassVar[bool] = False
    """True for what findings are printed in: under embargo no other agency is shown it."""

    tells_of: ClassVar[tuple[str, ...]] = ()
    """Relations to the records whose words it repeats: whoever is shown it is shown those."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="%(class)s_rows", verbose_name=_("case")
    )
    label = models.ForeignKey(
        Label,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("label"),
    )

    class Meta:
        abstract = True

    @property
    def ledger_log(self) -> UUID:
        """Deeds on it are written in the chain of its case."""
        return self.case_id

    @property
    def own_handling(self) -> Handling:
        """What its own label says; nothing beyond its case's without one."""
        return handling_of_label(self.label_id) if self.label_id else Handling()

    @property
    def handling(self) -> Handling:
        """How it is to be handled: the most restrictive of its case and its label."""
        return self.case.handling.joined(self.own_handling)

    def inherit_label(self) -> bool:
        """Take on the labels of what it is drawn from; true when that makes a difference."""
        handling = joined([self.own_handling, *self.handlings_above()])
        if self.born_shared and not self.label_id:
            handling = replace(handling, shared_with=self.shared_above())
        if handling == self.own_handling:
            return False
        self.label = Label.for_handling(handling)
        return True

    def handlings_above(self) -> set[Handling]:
        """What the labels of all that it is drawn from say."""
        return {row.own_handling for row in self.rows_above() if row.label_id}

    def shared_above(self) -> frozenset[UUID]:
        """The partner agencies that are shown everything it is drawn from."""
        above = [row.own_handling.shared_with for row in self.rows_above()]
        return frozenset.intersection(*above) if above else frozenset()

    def rows_above(self) -> "list[CaseRecord]":
        """Everything that it is drawn from."""
        with system_scope("a thing is handled like all it is drawn from, seen or not"):
            return [row for path in self.derives_from for row in reached(self, path)]

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """A row as it was read; whoever gathers what an answer is made of is told of it."""
        row = super().from_db(db, field_names, values, **more)
        if is_gathered():
            note_shown(row.as_shown())
        return row

    def as_shown(self) -> list[Shown]:
        """What is told of it where it is shown; nothing of a bare key, or where no label shares it.

        A partner is shown only what bears a label, and of a bare key the label is not read.
        """
        held = self.__dict__
        case, label = held.get("case_id"), held.get("label_id")
        if not (case and label):
            return []
        ends: list[Any] = [self._meta.get_field(name) for name in self.tells_of]
        told = [
            (end.related_model._meta.label_lower, held[end.attname])
            for end in ends
            if held.get(end.attname)
        ]
        return [Shown(self._meta.label_lower, self.pk, case, label, tuple(told))]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.inherit_label()
        super().save(*args, **kwargs)

    def validate_unique(self, exclude: Any = None) -> None:
        with system_scope("a value is unique among all rows, seen or not"):
            super().validate_unique(exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        with system_scope("a rule holds for all rows, seen or not"):
            super().validate_constraints(exclude)

    def lets_read_past(self, said: Mapping[str, Any], user: User) -> bool:
        """Whether somebody who sees the record may read what it once said, labels apart."""
        return True

    def kept_from(self, agencies: Collection[UUID]) -> list[str]:
        """What keeps it from being shown to these partner agencies, in words: itself, or a thing
        that it is drawn from.
        """
        with system_scope("what binds a thing binds what is drawn from it, seen or not"):
            above = [words for row in self.rows_above() for words in row.kept_from(agencies)]
        return list(dict.fromkeys(above))

    def require(self, user: User, duty: Duty, *, held: set[Duty] | None = None) -> None:
        """Raise PermissionDenied unless `user` may do `duty` to this very record.

        A partner contributor changes only what their own agency contributed. `held` are the duties
        of `user` in the case, where these were asked for already.
        """
        held = self.case.duties(user) if held is None else held
        if duty == Duty.LOG_EVIDENCE and self.case.is_contributed_to_by(user, held):
            if user.agency_id in self.own_handling.originators:
                return
            raise PermissionDenied(_now("Only those who contributed this may change it."))
        self.case.require(user, duty, held=held)

    def may(self, user: User, duty: Duty) -> bool:
        """Whether `require` would let this person: for the buttons that a page offers."""
        try:
            self.require(user, duty)
        except PermissionDenied:
            return False
        return True


def reached(row: CaseRecord, path: str) -> list[CaseRecord]:
    """The rows at the end of a path of relations, such as `citations__item`."""
    name, _step, rest = path.partition("__")
    found: Any = getattr(row, name, None)
    rows = [found] if isinstance(found, CaseRecord) else list(found.all()) if found else []
    return [end for one in rows for end in reached(one, rest)] if rest else rows


class VersionedCaseRecord(VersionedRecord, CaseRecord):
    """A row of a case that people edit."""

    class Meta:
        abstract = True
