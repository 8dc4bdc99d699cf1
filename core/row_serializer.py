"""Serializers that follow a table: what its columns are told as is worked out once."""

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import get_language
from rest_framework import serializers
from rest_framework.fields import SkipField
from rest_framework.relations import PKOnlyObject

Row = TypeVar("Row", bound=models.Model)
Told = tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]

Fetch = Callable[[Any], Any]
Tell = Callable[[Any], Any]

Teller = tuple[str, Fetch, Tell]

OTHERWISE = (
    serializers.ModelField,
    serializers.JSONField,
    serializers.FileField,
    serializers.ImageField,
)
"""Fields that need the whole row, or the question, to tell a column."""

_ALIKE: dict[type, list[Teller] | None] = {}
_KEPT: dict[tuple[models.Field[Any, Any], str, str | None], Told] = {}


class RowSerializer(serializers.ModelSerializer[Row]):
    """A row told by its columns.

    Which field tells a column follows from the model alone, but for the language of its name; to
    work it out for each answer anew cost more than to read the row. How each value is fetched and
    told is settled once for all rows of an answer.
    """

    @cached_property
    def tellers(self) -> list[Teller]:
        """Every field that is told: its name, what fetches its value, and what tells it.

        Where all of them tell a row alike, whoever asks, they are those of every other answer, and
        no field is made for it.
        """
        kind = type(self)
        if kind not in _ALIKE:
            _ALIKE[kind] = kind().tellers_if_alike()
        alike = _ALIKE[kind]
        if alike is not None and "fields" not in self.__dict__:
            return alike
        columns = self.columns()
        return [teller_of(field, columns) for field in self._readable_fields]

    def tellers_if_alike(self) -> list[Teller] | None:
        """The same, unless a field tells what depends on who asks, or on the question."""
        columns, fields = self.columns(), list(self._readable_fields)
        if all(column_of(field, columns) or tells_alike(field) for field in fields):
            return [teller_of(field, columns) for field in fields]
        return None

    def columns(self) -> dict[str, models.Field[Any, Any]]:
        """The columns of the table by the names of their fields."""
        table: type[models.Model] = self.Meta.model
        return {column.name: column for column in table._meta.concrete_fields}

    def to_representation(self, instance: Row) -> dict[str, Any]:
        """The row as it is told; an empty value is told as such by every field."""
        if not isinstance(instance, self.Meta.model):
            return super().to_representation(instance)
        told = {}
        for name, fetch, tell in self.tellers:
            try:
                value = fetch(instance)
            except SkipField:
                continue
            empty = value is None or (isinstance(value, PKOnlyObject) and value.pk is None)
            told[name] = None if empty else tell(value)
        return told

    def build_standard_field(self, field_name: str, model_field: models.Field[Any, Any]) -> Told:
        key = model_field, field_name, get_language()
        if key not in _KEPT:
            told = super().build_standard_field(field_name, model_field)
            if "child" in told[1]:  # a field itself, which belongs to one serializer
                return told
            _KEPT[key] = told
        kind, words = _KEPT[key]
        return kind, dict(words)


def teller_of(field: Any, columns: Mapping[str, models.Field[Any, Any]]) -> Teller:
    """How one field is fetched and told; a column of the row itself without detours."""
    name, column = str(field.field_name), column_of(field, columns)
    if column is None:
        return name, field.get_attribute, field.to_representation
    tell = as_it_is if column.is_relation else field.to_representation
    return name, attrgetter(column.attname), tell


def column_of(
    field: Any, columns: Mapping[str, models.Field[Any, Any]]
) -> models.Field[Any, Any] | None:
    """The column that a field tells as it stands; None where it tells more, or otherwise."""
    kind, column = type(field), columns.get(field.source)
    if column is None or kind in OTHERWISE:
        return None
    if column.is_relation:
        usual = serializers.PrimaryKeyRelatedField
        by_key = issubclass(kind, usual) and kind.to_representation is usual.to_representation
        return column if by_key and field.pk_field is None else None
    return column if kind.__module__ == serializers.Field.__module__ else None


def tells_alike(field: Any) -> bool:
    """Whether a serializer within says of itself that it tells a value alike to everybody."""
    return getattr(field, "tells_alike", False)


def as_it_is(value: Any) -> Any:
    """What needs no words: a key."""
    return value
