"""Scoring sheets: saving ratings as they are given, and handing them in to see those of others."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from attribution.models import Cell, Hypothesis, MatrixRow, Sheet
from attribution.models.matrix_words import Rating
from attribution.models.sheet import CellQuerySet
from attribution.services.competition import require_competition
from attribution.services.finding import lock_case
from core.changes import require_fresh
from core.errors import Refused, Stale
from investigations.models import Case, Duty
from ledger.services import record

Key = tuple[UUID, UUID]
Given = Mapping[Key, tuple[str, str]]
"""For a row and a hypothesis the rating and the reason for it; either may be empty in a draft."""


@transaction.atomic
def save_sheet(case: Case, *, by: User, version: int, ratings: Given) -> Sheet:
    """Keep what an analyst rated so far; nobody else sees it.

    Nothing is rated before two proposed hypotheses compete. `version` is that of the draft they
    read, 0 where there was none. After a sheet was handed in the next change begins a new revision
    with the ratings of the last; the old one stays.
    """
    case = lock_case(case, by)
    case.require(by, Duty.ANALYSE)
    require_competition(case)
    rows, hypotheses = rows_of(case, by), columns_of(case, by)
    for key, (rating, _why) in ratings.items():
        require_rating(key, rating, rows, hypotheses)
    sheet = draft_of(case, by, version)
    write_down(sheet, ratings, rows, hypotheses)
    sheet.version += 1
    sheet.save()
    rated = sum(1 for rating, _why in ratings.values() if rating)
    record(by, "attribution.sheet_saved", sheet, number=sheet.number, rated=rated)
    return sheet


@transaction.atomic
def hand_in_sheet(case: Case, *, by: User, version: int, ratings: Given) -> Sheet:
    """Save and hand in: from here on the sheet stands, and its analyst sees those of the others."""
    sheet = save_sheet(case, by=by, version=version, ratings=ratings)
    rows, hypotheses = rows_of(sheet.case, by), columns_of(sheet.case, by)
    require_complete(sheet, rows.values(), hypotheses.values())
    sheet.handed_in_at = timezone.now()
    sheet.save()
    record(by, "attribution.sheet_handed_in", sheet, number=sheet.number)
    return sheet


def rows_of(case: Case, by: User) -> dict[UUID, MatrixRow]:
    """The rows that count and that this person may read."""
    rows = MatrixRow.objects.visible_to(by).filter(case=case)
    standing: dict[UUID, MatrixRow] = {row.pk: row for row in rows if not row.is_taken_out}
    return standing


def columns_of(case: Case, by: User) -> dict[UUID, Hypothesis]:
    """The hypotheses that compete and that this person may read."""
    rows = Hypothesis.objects.visible_to(by).filter(case=case).active()
    return {one.pk: one for one in rows.order_by("id")}


def draft_of(case: Case, by: User, version: int) -> Sheet:
    """The analyst's draft as they read it, or a new revision that begins where the last ended."""
    own = Sheet.objects.visible_to(by).filter(case=case, analyst=by)
    draft: Sheet | None = own.drafts().select_for_update(of=("self",), no_key=True).first()
    if draft is not None:
        require_fresh(draft, version)
        return draft
    if version:
        raise Stale(_("This sheet was handed in while you were writing. Open it again."))
    last: Sheet | None = own.handed_in().order_by("-number").first()
    sheet = Sheet(case=case, analyst=by, number=last.number + 1 if last else 1, version=0)
    sheet.save(force_insert=True)
    if last is not None:
        copy_cells(last, sheet, by)
    return sheet


def copy_cells(last: Sheet, sheet: Sheet, by: User) -> None:
    """Begin with what was rated before."""
    kept = Cell.objects.visible_to(by).filter(sheet=last)
    Cell.objects.bulk_create(
        Cell(
            case=sheet.case,
            label_id=cell.label_id,
            sheet=sheet,
            row_id=cell.row_id,
            hypothesis_id=cell.hypothesis_id,
            rating=cell.rating,
            rationale=cell.rationale,
        )
        for cell in kept
    )


def write_down(
    sheet: Sheet,
    ratings: Given,
    rows: Mapping[UUID, MatrixRow],
    hypotheses: Mapping[UUID, Hypothesis],
) -> None:
    """Write the cells that are new or changed; one left empty goes."""
    there = {(cell.row_id, cell.hypothesis_id): cell for cell in known_cells(sheet)}
    new, changed, gone = [], [], []
    for key, given in ratings.items():
        cell = there.get(key)
        if cell is None and any(given):
            new.append(cell_of(sheet, rows[key[0]], hypotheses[key[1]], *given))
        elif cell is not None and not any(given):
            gone.append(cell.pk)
        elif cell is not None and (cell.rating, cell.rationale) != given:
            cell.rating, cell.rationale = given
            changed.append(cell)
    Cell.objects.bulk_create(new)
    known_cells(sheet).bulk_update(changed, ["rating", "rationale"])
    known_cells(sheet).filter(pk__in=gone).delete()


def known_cells(sheet: Sheet) -> CellQuerySet:
    """The cells of the analyst's own sheet."""
    return Cell.objects.visible_to(sheet.analyst).filter(sheet=sheet)


def cell_of(
    sheet: Sheet, row: MatrixRow, hypothesis: Hypothesis, rating: str, rationale: str
) -> Cell:
    """A new cell, handled as its row and its hypothesis are."""
    cell = Cell(case=sheet.case, sheet=sheet, row=row, hypothesis=hypothesis)
    cell.rating, cell.rationale = rating, rationale
    cell.inherit_label()
    return cell


def require_rating(
    key: Key, rating: str, rows: Mapping[UUID, MatrixRow], hypotheses: Mapping[UUID, Hypothesis]
) -> None:
    """A cell of the matrix as it is now, and a rating that there is."""
    if key[0] not in rows or key[1] not in hypotheses:
        raise Refused(_("This row or hypothesis is not, or no longer, in the matrix."))
    if rating and rating not in Rating.values:
        raise Refused(_("Rate with CC, C, N, I, II or NA."))


def require_complete(
    sheet: Sheet, rows: Iterable[MatrixRow], hypotheses: Iterable[Hypothesis]
) -> None:
    """Refuse to hand in a sheet with open cells, naming the first."""
    rated = known_cells(sheet).exclude(rating="").values_list("row_id", "hypothesis_id")
    done = set(rated)
    columns = list(hypotheses)
    cells = [(row, column) for row in rows for column in columns]
    left = [(row, column) for row, column in cells if (row.pk, column.pk) not in done]
    if not cells:
        raise Refused(_("There is nothing in the matrix to rate yet."))
    if left:
        row, column = left[0]
        raise Refused(
            ngettext(
                "%(count)d cell is still to be rated, such as %(row)s against %(hypothesis)s.",
                "%(count)d cells are still to be rated, such as %(row)s against %(hypothesis)s.",
                len(left),
            )
            % {"count": len(left), "row": row.ref, "hypothesis": column.ref}
        )
