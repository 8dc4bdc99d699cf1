"""The choices of a form, read in one question."""

from collections.abc import Iterator
from typing import Any

from django.forms import ModelChoiceField
from django.forms.models import ModelChoiceIterator


class AtOnce(ModelChoiceIterator[Any]):
    """Rows to choose from, all of which are shown.

    Django reads them bit by bit by a cursor, in case there are very many: three questions for every
    field, where one does.
    """

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for row in self.queryset:
            yield self.choice(row)


def read_choices_at_once() -> None:
    """Let every form read its choices so."""
    setattr(ModelChoiceField, "iterator", AtOnce)  # noqa: B010
