"""Serializers that follow a table: what its columns are told as is worked out once."""

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import get_language
from rest_framework import serializers

Row = TypeVar("Row", bound=models.Model)
Told = tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]

_KEPT: dict[tuple[models.Field[Any, Any], str, str | None], Told] = {}


class RowSerializer(serializers.ModelSerializer[Row]):
    """A row told by its columns.

    Which field tells a column follows from the model alone, but for the language of its name; to
    work it out for each answer anew cost more than to read the row.
    """

    def build_standard_field(self, field_name: str, model_field: models.Field[Any, Any]) -> Told:
        key = model_field, field_name, get_language()
        if key not in _KEPT:
            told = super().build_standard_field(field_name, model_field)
            if "child" in told[1]:  # a field itself, which belongs to one serializer
                return told
            _KEPT[key] = told
        kind, words = _KEPT[key]
        return kind, dict(words)
