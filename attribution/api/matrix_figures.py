"""REST: how the figures of a matrix are written."""

from typing import Any

from rest_framework import serializers

from attribution.methods.ach import Ranking
from attribution.models.matrix_words import Rating
from attribution.services import Matrix, Rated, in_words


class RankedSerializer(serializers.Serializer[Any]):
    """A hypothesis with its place; both are empty while nobody has rated it.

    `inconsistency` is rounded to four decimals; a snapshot keeps the exact fraction.
    """

    hypothesis = serializers.UUIDField()
    ref = serializers.CharField()
    rank = serializers.IntegerField(allow_null=True)
    inconsistency = serializers.FloatField(allow_null=True)


class RowFigureSerializer(serializers.Serializer[Any]):
    """A row: its weight, its origin, and how far it tells the hypotheses apart (0 to 4)."""

    row = serializers.UUIDField()
    ref = serializers.CharField()
    name = serializers.CharField()
    credibility = serializers.CharField()
    relevance = serializers.CharField()
    origin = serializers.CharField()
    diagnosticity = serializers.FloatField()


class OmissionSerializer(serializers.Serializer[Any]):
    """Rows without which another hypothesis would come first, and which would."""

    rows = serializers.ListField(child=serializers.UUIDField())
    leaders = serializers.ListField(child=serializers.UUIDField())


class ApartSerializer(serializers.Serializer[Any]):
    """By how many steps of the scale the analysts lie apart in one cell (1–4)."""

    row = serializers.UUIDField()
    hypothesis = serializers.UUIDField()
    steps = serializers.IntegerField()


class RatingSerializer(serializers.Serializer[Any]):
    """One rating with its reason."""

    row = serializers.UUIDField(source="row_id")
    hypothesis = serializers.UUIDField(source="hypothesis_id")
    rating = serializers.ChoiceField(choices=Rating.choices, allow_blank=True)
    rationale = serializers.CharField()


class SheetInMatrixSerializer(serializers.Serializer[Any]):
    """One analyst's newest sheet."""

    id = serializers.UUIDField()
    analyst = serializers.UUIDField()
    number = serializers.IntegerField()
    ranks = RankedSerializer(many=True)
    cells = RatingSerializer(many=True)


class RivalMatrixSerializer(serializers.Serializer[Any]):
    """A whole matrix; without your own sheet `sheets` is empty and nothing has a figure.

    `handed_in` counts the analysts who did, `says` tells the figures in words. `lacks` says what
    has to be proposed before anything is rated or ranked; `unrefuted` are the hypotheses of which
    nobody has said what would show them to be wrong.
    """

    case = serializers.UUIDField()
    is_open = serializers.BooleanField()
    handed_in = serializers.IntegerField()
    says = serializers.ListField(child=serializers.CharField())
    lacks = serializers.ListField(child=serializers.CharField())
    unrefuted = serializers.ListField(child=serializers.UUIDField())
    hypotheses = RankedSerializer(many=True)
    rows = RowFigureSerializer(many=True)
    decisive = OmissionSerializer(many=True)
    apart = ApartSerializer(many=True)
    sheets = SheetInMatrixSerializer(many=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """One change: `what` of which row, hypothesis or analyst; what is new has no before."""

    what = serializers.CharField()
    row = serializers.CharField()
    hypothesis = serializers.CharField()
    analyst = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


def told(matrix: Matrix) -> dict[str, Any]:
    """The matrix as `RivalMatrixSerializer` describes it."""
    sheets, outcome = (matrix.sheets if matrix.is_open else []), matrix.outcome
    return {
        "case": matrix.case.pk,
        "is_open": matrix.is_open,
        "handed_in": matrix.handed_in,
        "says": in_words(matrix),
        "lacks": matrix.lacks,
        "unrefuted": [one.pk for one in matrix.unrefuted],
        "hypotheses": ranked(matrix, outcome),
        "rows": [row_figures(matrix, row) for row in matrix.rows],
        "decisive": [
            {"rows": sorted(one.rows), "leaders": sorted(one.leaders)} for one in outcome.decisive
        ],
        "apart": [
            {"row": row, "hypothesis": column, "steps": steps}
            for (row, column), steps in outcome.apart.items()
            if steps
        ],
        "sheets": [
            {
                "id": sheet.pk,
                "analyst": sheet.analyst_id,
                "number": sheet.number,
                "ranks": ranked(matrix, matrix.ranking(sheet)),
                "cells": [given(one) for one in matrix.cells.get(sheet.pk, {}).values()],
            }
            for sheet in sheets
        ],
    }


def given(one: Rated) -> dict[str, Any]:
    """What was given in one cell; thousands of them are too many for field after field."""
    return {
        "row": one.row_id,
        "hypothesis": one.hypothesis_id,
        "rating": one.rating,
        "rationale": one.rationale,
    }


def ranked(matrix: Matrix, outcome: Ranking) -> list[dict[str, Any]]:
    """Every hypothesis with its figure, where it has one."""
    return [
        {
            "hypothesis": one.pk,
            "ref": one.ref,
            "rank": outcome.ranks.get(key),
            "inconsistency": rounded(outcome.scores.get(key)),
        }
        for key, one in zip(matrix.columns, matrix.hypotheses, strict=True)
    ]


def row_figures(matrix: Matrix, row: Any) -> dict[str, Any]:
    """A row with what it tells apart."""
    return {
        "row": row.pk,
        "ref": row.ref,
        "name": row.name,
        "credibility": row.credibility,
        "relevance": row.relevance,
        "origin": matrix.groups.get(row.pk, ""),
        "diagnosticity": rounded(matrix.outcome.spread.get(str(row.pk), 0)),
    }


def rounded(value: Any) -> float | None:
    """To four decimals."""
    return None if value is None else round(float(value), 4)
