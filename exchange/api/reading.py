"""Tells rows exactly as their REST doors do, many at a time.

A door's serializer asks each field of each row by itself. Here it is asked once which columns its
fields merely repeat; those are copied, and only what is more than a column is left to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F
from django.db.models.functions import Cast
from django.utils import timezone
from rest_framework import serializers
from rest_framework.fields import SkipField
from rest_framework.relations import PKOnlyObject

from core.rest import HandlingSerializer
from core.row_serializer import RowSerializer
from investigations.models import Case, CaseRecord
from investigations.models.label import handling_of_label

Told = dict[str, Any]
Convert = Callable[[Any], Any]
Cases = Mapping[UUID, Case]


def same(value: Any) -> Any:
    """Text, numbers and plain JSON are told as they are."""
    return value


def key(value: Any) -> Any:
    """A reference, by the key of its row."""
    return str(value) if isinstance(value, UUID) else value


PLAIN: dict[type[Any], Convert] = {
    serializers.CharField: same,
    serializers.ChoiceField: same,
    serializers.IntegerField: same,
    serializers.FloatField: same,
    serializers.BooleanField: same,
    serializers.URLField: same,
    serializers.SlugField: same,
    serializers.JSONField: same,
    serializers.UUIDField: key,
    serializers.PrimaryKeyRelatedField: key,
}
USUAL = (serializers.ModelSerializer.to_representation, RowSerializer.to_representation)
"""What serializers do that tell their fields and nothing else."""

KEYS = (models.UUIDField, models.ForeignKey)
"""Columns that may hold the key of a row."""

AS_ITSELF = {
    serializers.BigIntegerField,
    serializers.DateField,
    serializers.DecimalField,
    serializers.ListField,
}
"""Fields that are asked, but need only the value of one column for it."""


def moments() -> Convert:
    """A moment in the reader's zone, as the doors write it."""
    zone = timezone.get_current_timezone()

    def told(value: Any) -> str:
        text: str = value.astimezone(zone).isoformat()
        return f"{text[:-6]}Z" if text.endswith("+00:00") else text

    return told


def converter(asked: Any, model: type[models.Model]) -> Convert | None:
    """How a field tells the value of one column; nothing if it does more than that."""
    sort = type(asked)
    if sort is serializers.SlugRelatedField:
        column: Any = model._meta.get_field(asked.source)
        return key if column.target_field.name == asked.slug_field else None
    if sort is serializers.DateTimeField:
        return moments()
    itself: Convert = asked.to_representation
    return itself if sort in AS_ITSELF else PLAIN.get(sort)


def column_of(asked: Any, model: type[models.Model]) -> str:
    """The column that a field repeats, if it is one of its own row."""
    try:
        column: Any = model._meta.get_field(asked.source)
    except FieldDoesNotExist:
        return ""
    return str(column.attname) if getattr(column, "concrete", False) and column.column else ""


class Handlings:
    """How rows are handled, found out once for each case and label."""

    def __init__(self, cases: Cases) -> None:
        self.cases = {str(key): case for key, case in cases.items()}
        self.known = dict[tuple[str, str | None], Told]()

    def told(self, case: str, label: str | None) -> Told:
        """The most restrictive of a case and a label, as every door tells it."""
        if (case, label) not in self.known:
            handling = self.cases[case].handling
            if label:
                handling = handling.joined(handling_of_label(UUID(label)))
            self.known[case, label] = dict(HandlingSerializer(handling).data)
        return self.known[case, label]


class Teller:
    """Tells rows of one kind; `cases` are those that they lie in."""

    def __init__(self, serializer: Any, model: type[models.Model], cases: Cases) -> None:
        self.serializer, self.model, self.cases = serializer, model, cases
        self.handlings = Handlings(cases)
        self.copied: list[tuple[str, str, Convert]] = []
        self.asked: list[tuple[str, Any]] = []
        self.tells_handling = False
        self.is_special = type(serializer).to_representation not in USUAL
        for field in serializer._readable_fields:
            self.sort_out(field)
        self.names = [name for name, _column, _convert in self.copied]
        self.converted = [(name, how) for name, _column, how in self.copied if how is not same]

    def sort_out(self, field: Any) -> None:
        """Whether this field is copied, or asked of each row."""
        column = column_of(field, self.model)
        convert = converter(field, self.model) if column else None
        shared = getattr(self.model, "handling", None) is CaseRecord.handling
        if type(field) is HandlingSerializer and field.source == "handling" and shared:
            self.tells_handling = True
        elif convert:
            self.copied.append((field.field_name, column, convert))
        else:
            self.asked.append((field.field_name, field))

    @property
    def needs_rows(self) -> bool:
        """False where columns are enough."""
        return self.is_special or bool(self.asked) or self.model is Case

    def read(self, rows: Any) -> Iterator[tuple[str, str, Told]]:
        """The key, the case and the telling of each row, in their order."""
        if self.needs_rows:
            yield from self.read_rows(rows)
            return
        columns = [self.as_told(column, convert) for _name, column, convert in self.copied]
        rows = rows.select_related(None).prefetch_related(None)
        keys = [Cast(name, models.TextField()) for name in ("pk", "case_id", "label_id")]
        for row, case, label, *said in rows.values_list(*keys, *columns):
            told = self.copy(said)
            if self.tells_handling:
                told["handling"] = self.handlings.told(case, label)
            yield row, case, told

    def as_told(self, column: str, convert: Convert) -> Any:
        """A column as it is read: a reference at once in the words in which it is told."""
        is_key = isinstance(self.model._meta.get_field(column), KEYS)
        return Cast(column, models.TextField()) if convert is key and is_key else F(column)

    def copy(self, said: Iterable[Any]) -> Told:
        """The values of the columns that are copied, by the names of the fields."""
        told = dict(zip(self.names, said, strict=True))
        for name, convert in self.converted:
            if told[name] is not None:
                told[name] = convert(told[name])
        return told

    def read_rows(self, rows: Any) -> Iterator[tuple[str, str, Told]]:
        """The same of rows that must be asked; the case of each is one that is known already."""
        for row in rows:
            if self.model is not Case:
                row.case = self.cases[row.case_id]
            yield str(row.pk), str(getattr(row, "case_id", row.pk)), self.tell(row)

    def tell(self, row: Any) -> Told:
        """One row."""
        if self.is_special:
            return dict(self.serializer.to_representation(row))
        told = self.copy(getattr(row, column) for _name, column, _convert in self.copied)
        if self.tells_handling:
            label = row.label_id and str(row.label_id)
            told["handling"] = self.handlings.told(str(row.case_id), label)
        for name, field in self.asked:
            with suppress(SkipField):
                value = field.get_attribute(row)
                known = value.pk if isinstance(value, PKOnlyObject) else value
                told[name] = None if known is None else field.to_representation(value)
        return told
