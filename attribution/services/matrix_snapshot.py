"""Freezing the matrix as it stands, so that later states can be held against it."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import MatrixSnapshot, Sheet
from attribution.services.competition import require_competition
from attribution.services.finding import lock_case
from attribution.services.matrix_account import Matrix, read_matrix
from core.errors import Refused
from investigations.models import Case, Duty
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.models import canonical
from ledger.services import record


@transaction.atomic
def take_matrix_snapshot(case: Case, *, by: User, reason: str) -> MatrixSnapshot:
    """Keep rows, ratings and figures as whoever takes it reads them; its digest is on record."""
    case = lock_case(case, by)
    case.require(by, Duty.ANALYSE)
    require_competition(case)
    matrix = read_matrix(case, by)
    if not matrix.sheets or not matrix.is_open:
        raise Refused(_("Hand in your own sheet first: until then nobody's ratings are shown."))
    body = body_of(matrix)
    snapshot = MatrixSnapshot(
        case=case,
        number=next_numbers(case, "matrix-snapshot")[0],
        reason=reason.strip(),
        body=body,
        sha256=hashlib.sha256(canonical(body).encode()).hexdigest(),
        taken_by=by,
    )
    snapshot.full_clean()
    snapshot.save(force_insert=True)
    snapshot.rows.add(*matrix.rows)
    snapshot.hypotheses.add(*matrix.hypotheses)
    snapshot.sheets.add(*matrix.sheets)
    rest_on(snapshot, [*matrix.rows, *matrix.hypotheses])
    record(
        by,
        "attribution.matrix_snapshot_taken",
        snapshot,
        number=snapshot.number,
        sha256=snapshot.sha256,
    )
    return snapshot


def body_of(matrix: Matrix) -> dict[str, Any]:
    """The whole matrix as plain JSON without floats; figures are exact, such as 9/4."""
    outcome = matrix.outcome
    return {
        "hypotheses": [
            {"id": str(one.pk), "ref": one.ref, "statement": one.statement}
            for one in matrix.hypotheses
        ],
        "rows": [
            {
                "id": str(row.pk),
                "ref": row.ref,
                "name": row.name,
                "credibility": row.credibility,
                "relevance": row.relevance,
                "group": matrix.groups.get(row.pk, ""),
            }
            for row in matrix.rows
        ],
        "sheets": [sheet_in(matrix, sheet) for sheet in matrix.sheets],
        "figures": {
            "scores": {key: str(value) for key, value in outcome.scores.items()},
            "ranks": dict(outcome.ranks),
            "spread": {key: str(value) for key, value in outcome.spread.items()},
            "decisive": [
                {"rows": sorted(one.rows), "leaders": sorted(one.leaders)}
                for one in outcome.decisive
            ],
        },
    }


def sheet_in(matrix: Matrix, sheet: Sheet) -> dict[str, Any]:
    """One analyst's ratings and reasons."""
    cells = matrix.cells.get(sheet.pk, {}).values()
    return {
        "analyst": str(sheet.analyst),
        "number": sheet.number,
        "cells": [
            {
                "row": cell.row_id,
                "hypothesis": cell.hypothesis_id,
                "rating": cell.rating,
                "why": cell.rationale,
            }
            for cell in cells
        ],
    }
