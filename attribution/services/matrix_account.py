"""The matrix as somebody may read it: rows, rivals, the sheets open to them, and the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from django.db import models
from django.db.models.functions import Cast

from accounts.models import User
from attribution.methods.ach import Key, Line, Outcome, Ranking, assess, rank
from attribution.methods.ach import Sheet as Ratings
from attribution.models import Cell, Hypothesis, MatrixRow, Sheet
from attribution.models.sheet import SheetQuerySet
from attribution.services.claim_account import origins_in
from attribution.services.competition import lacking
from core.scope import system_scope
from investigations.models import Case

Place = tuple[Key, Key]
"""A cell: its row and its hypothesis, by their identifiers as they are spelled."""


@dataclass(frozen=True, slots=True)
class Rated:
    """What one analyst gave in one cell, and why; the rating is empty where a draft leaves it."""

    row_id: Key
    hypothesis_id: Key
    rating: str
    rationale: str


@dataclass(frozen=True)
class Matrix:
    """The matrix of a case; `sheets` are the newest handed in, of those the reader may read.

    `own` is the reader's draft, or else what they handed in last; `handed_in` counts the analysts
    who did, whether or not the reader may see what they gave. While `lacks` says what has to be
    proposed first, nothing is ranked.
    """

    case: Case
    rows: list[MatrixRow]
    taken_out: list[MatrixRow]
    hypotheses: list[Hypothesis]
    sheets: list[Sheet]
    own: Sheet | None
    cells: Mapping[UUID, Mapping[Place, Rated]]
    groups: Mapping[UUID, str]
    handed_in: int
    lacks: list[str]

    @property
    def is_open(self) -> bool:
        """True where no sheet that was handed in is kept from the reader."""
        return len(self.sheets) == self.handed_in

    @cached_property
    def lines(self) -> list[Line]:
        """The rows as the method takes them."""
        return [
            Line(str(row.pk), row.credibility, row.relevance, self.groups.get(row.pk, ""))
            for row in self.rows
        ]

    @cached_property
    def outcome(self) -> Outcome:
        """The figures of all sheets together; none before the reader may see them."""
        read = self.sheets if self.is_open and not self.lacks else []
        return assess(self.lines, self.columns, [self.ratings(sheet) for sheet in read])

    def ranking(self, sheet: Sheet) -> Ranking:
        """The places that one analyst alone gives."""
        return rank(self.lines, self.columns, [] if self.lacks else [self.ratings(sheet)])

    @property
    def unrefuted(self) -> list[Hypothesis]:
        """The hypotheses of which nobody has said yet what would show them to be wrong."""
        return [one for one in self.hypotheses if one.lacks_refutation]

    @property
    def columns(self) -> list[Key]:
        """The rivals as the method takes them."""
        return [str(one.pk) for one in self.hypotheses]

    def ratings(self, sheet: Sheet) -> Ratings:
        """What was rated on a sheet, without what was left open."""
        return self._rated.get(sheet.pk, {})

    @cached_property
    def _rated(self) -> dict[UUID, Ratings]:
        return {
            sheet: {key: cell.rating for key, cell in cells.items() if cell.rating}
            for sheet, cells in self.cells.items()
        }

    def open_cells(self, sheet: Sheet | None) -> int:
        """How many cells of the matrix as it is now were not rated; all, without a sheet."""
        rated, columns = self.ratings(sheet) if sheet else {}, self.columns
        cells = [(line.key, column) for line in self.lines for column in columns]
        return sum(1 for cell in cells if cell not in rated)


def read_matrix(case: Case, reader: User) -> Matrix:
    """The matrix of a case as this person may read it, in one question for each kind of row."""
    matrix = with_sheets(case, reader, Sheet.objects.visible_to(reader))
    return replace(matrix, groups=origins_among(matrix.rows, case, reader))


def read_to_rate(case: Case, reader: User) -> Matrix:
    """The rows, the rivals and the reader's own sheet: nothing of anybody else's, no origins."""
    return with_sheets(case, reader, Sheet.objects.visible_to(reader).filter(analyst=reader))


def with_sheets(case: Case, reader: User, among: SheetQuerySet) -> Matrix:
    """Rows and rivals with the newest of these sheets and the reader's own."""
    seen = MatrixRow.objects.visible_to(reader).filter(case=case)
    every_row = list(seen.with_things().order_by("id"))
    rivals = Hypothesis.objects.visible_to(reader).filter(case=case).active()
    hypotheses = list(rivals.order_by("id"))
    every_sheet = list(among.filter(case=case).select_related("analyst").order_by("id"))
    mine = [one for one in every_sheet if one.analyst_id == reader.pk][-1:]
    sheets = newest(every_sheet)
    with system_scope("how many have handed in is told to those who wait for it"):
        handed_in = Sheet.objects.filter(case=case).newest().count()
    return Matrix(
        case=case,
        rows=[row for row in every_row if not row.is_taken_out],
        taken_out=[row for row in every_row if row.is_taken_out],
        hypotheses=hypotheses,
        sheets=sheets,
        own=mine[0] if mine else None,
        cells=cells_of([*sheets, *mine], reader),
        groups={},
        handed_in=handed_in,
        lacks=lacking(case, hypotheses),
    )


def newest(sheets: list[Sheet]) -> list[Sheet]:
    """Of each analyst the sheet handed in last; `sheets` are in the order of their making."""
    last = {one.analyst_id: one for one in sheets if one.is_handed_in}
    return sorted(last.values(), key=lambda one: one.pk)


def cells_of(sheets: list[Sheet], reader: User) -> dict[UUID, dict[Place, Rated]]:
    """All cells of these sheets that the reader may read, by sheet."""
    seen = Cell.objects.visible_to(reader).filter(sheet__in=[one.pk for one in sheets])
    found: dict[Key, dict[Place, Rated]] = {}
    texts = [Cast(name, models.TextField()) for name in ("sheet_id", "row_id", "hypothesis_id")]
    in_order = seen.order_by("sheet_id", "row_id", "hypothesis_id")
    told = in_order.values_list(*texts, "rating", "rationale")
    for sheet, row, hypothesis, rating, rationale in told:
        cell = Rated(row, hypothesis, rating, rationale)
        found.setdefault(sheet, {})[row, hypothesis] = cell
    return {UUID(sheet): cells for sheet, cells in found.items()}


def origins_among(rows: list[MatrixRow], case: Case, reader: User) -> dict[UUID, str]:
    """The origin under which each row counts: the one it is given, or else that of its claim.

    A claim that was taken over from several counts with the first of them.
    """
    groups = {row.pk: f"named {row.origin_group.casefold()}" for row in rows if row.origin_group}
    claims = {row.pk: row.claim_id for row in rows if row.claim_id and row.pk not in groups}
    if claims:
        origins = origins_in(case, reader)
        for pk, claim in claims.items():
            groups[pk] = min(origins.get(claim, {""}))
    return groups


def figure(value: Fraction) -> str:
    """A figure to at most two decimals, such as 2.25, 0.33 or 4."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
