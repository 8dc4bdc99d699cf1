"""The scoring sheet as it is filled in: a rating and a reason for each cell of the matrix."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from attribution.models import MatrixRow
from attribution.services import Matrix, Rated

MOST_FIELDS = 900
"""A form never sends more: Django refuses a thousand. Longer matrices are rated in parts."""


@dataclass(frozen=True)
class Box:
    """One cell to fill in; `stored` is what was kept meanwhile, where that is something else."""

    name: str
    column: UUID
    rating: str
    rationale: str
    stored: str


@dataclass(frozen=True)
class RowToRate:
    """One row with its cells, in the order of the hypotheses."""

    row: MatrixRow
    boxes: list[Box]


class SheetForm(forms.Form):
    """An analyst's own sheet, or one part of it; what is not sent stays as it was."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matrix: Matrix, part: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        self.size = max(1, MOST_FIELDS // (2 * (len(matrix.hypotheses) or 1)))
        self.parts = -(-len(matrix.rows) // self.size)
        self.part = min(max(part, 1), self.parts or 1)
        self.initial["version"] = self.draft_version

    @property
    def draft_version(self) -> int:
        """The version of the draft as it is stored; 0 where there is none."""
        own = self.matrix.own
        return own.version if own and not own.is_handed_in else 0

    @property
    def version_read(self) -> int:
        """The version that the analyst had before their eyes."""
        return self.cleaned_data["version"] or 0

    def ratings(self) -> dict[tuple[UUID, UUID], tuple[str, str]]:
        """What was sent of the cells that are in the matrix."""
        return {
            (row.pk, one.pk): (
                self.data.get(f"r.{row.pk}.{one.pk}", "").strip(),
                self.data.get(f"w.{row.pk}.{one.pk}", "").strip(),
            )
            for row in self.matrix.rows
            for one in self.matrix.hypotheses
            if f"r.{row.pk}.{one.pk}" in self.data
        }

    def catch_up(self, matrix: Matrix) -> None:
        """After somebody was faster: what is stored now stands beside what was typed."""
        self.matrix = matrix
        typed_before = QueryDict(mutable=True)
        typed_before.update(self.data)
        typed_before["version"] = str(self.draft_version)
        self.data = typed_before

    def rows(self) -> Iterator[RowToRate]:
        """The rows of this part, with what was typed or else what is stored."""
        own = self.matrix.own
        cells = self.matrix.cells.get(own.pk, {}) if own else {}
        columns = [one.pk for one in self.matrix.hypotheses]
        start = (self.part - 1) * self.size
        for row in self.matrix.rows[start : start + self.size]:
            rated = [(key, cells.get((str(row.pk), str(key)))) for key in columns]
            yield RowToRate(row, [self.box(row, key, cell) for key, cell in rated])

    def box(self, row: MatrixRow, column: UUID, cell: Rated | None) -> Box:
        """One cell to fill in."""
        name = f"{row.pk}.{column}"
        kept = (cell.rating, cell.rationale) if cell else ("", "")
        rating = self.data.get(f"r.{name}", kept[0])
        stored = kept[0] if self.is_bound and rating != kept[0] else ""
        return Box(name, column, rating, self.data.get(f"w.{name}", kept[1]), stored)

    @property
    def part_numbers(self) -> range:
        """The parts, where there are several."""
        return range(1, self.parts + 1) if self.parts > 1 else range(0)
