"""Fixtures of the matrix: three rows before the rivals, and two analysts who rate them."""

from typing import Any

import pytest

from accounts.models import User
from attribution import services
from attribution.models import Claim, Hypothesis, MatrixRow, Sheet
from evidence.models import Item
from investigations.models import Case, SourceReport


def rated(case: Case, words: str) -> dict[Any, tuple[str, str]]:
    """Ratings row by row, such as `C I N / CC C N`, in the order of rows and hypotheses.

    Where a fourth is not told, the rival fares as the second: “none of the others”.
    """
    rows = MatrixRow.objects.filter(case=case).standing().order_by("id")
    columns = list(Hypothesis.objects.filter(case=case).active().order_by("id"))
    given = {}
    for row, line in zip(rows, words.split("/"), strict=True):
        told = line.split()
        told += told[1:2] * (len(columns) - len(told))
        for column, rating in zip(columns, told, strict=True):
            given[row.pk, column.pk] = (rating, "")
    return given


def hand_in(case: Case, by: User, words: str, version: int = 0) -> Sheet:
    """A whole sheet, rated and handed in."""
    return services.hand_in_sheet(case, by=by, version=version, ratings=rated(case, words))


@pytest.fixture
def rows(
    night_raid: Case,
    hypothesis: Hypothesis,
    rival: Hypothesis,
    claim: Claim,
    gyro: Item,
    report: SourceReport,
    amal: User,
) -> list[MatrixRow]:
    """The guard's claim, the gyroscope and a report, each of medium weight, before four rivals."""
    return [
        services.add_matrix_row(night_raid, thing, by=amal, credibility="M")
        for thing in (claim, gyro, report)
    ]
