"""Tables as XLSX: what was typed comes back as it was typed, and nothing in it is calculated."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from core import workbooks
from core.markings import Handling
from core.tables import PIECE
from core.workbooks import LONGEST, Workbook
from tests.naughty import FORMULAS


def read(table: Workbook, first_line: str = "TLP:RED") -> Any:
    """The file as a reader of XLSX sees it."""
    return load_workbook(io.BytesIO(b"".join(table.pieces(first_line))))


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_and_stays_as_it_was_typed(text: str) -> None:
    table = Workbook(["a", "b"])
    table.add([text, "beside"], Handling())
    book = read(table)
    cell = book["1"]["A3"]
    assert cell.data_type != "f"
    assert (cell.value or "").split() == text.split()


def test_whoever_edits_such_a_text_still_has_a_text() -> None:
    table = Workbook(["a"])
    table.add(["=1+1"], Handling())
    assert read(table)["1"]["A3"].quotePrefix


def test_numbers_stay_numbers_and_times_say_their_zone() -> None:
    table = Workbook(["a", "b", "c", "d", "e"])
    at = datetime(2026, 3, 1, 4, 5, tzinfo=UTC)
    table.add([-33, Decimal("1.5"), None, True, at], Handling())
    told = cells(read(table)["1"])[2]
    assert told == [-33, 1.5, None, "True", "2026-03-01T04:05:00+00:00"]


def test_the_first_line_says_how_it_is_handled_and_the_heads_follow() -> None:
    table = Workbook(["a", "b"])
    table.add(["x", "y"], Handling(tlp="red"))
    assert cells(read(table, "TLP:RED\r\n · x")["1"]) == [
        ["TLP:RED · x", None],
        ["a", "b"],
        ["x", "y"],
    ]
    assert table.handling.tlp == "red"


def test_what_the_format_cannot_hold_is_said_where_it_is_missing() -> None:
    table = Workbook(["a", "b"])
    table.add(["\x00\ud800", "z" * (LONGEST + 9)], Handling())
    told, long = cells(read(table)["1"])[2]
    assert told == "\N{REPLACEMENT CHARACTER}" * 2
    assert len(long) == LONGEST and long.endswith("(cut: the CSV has it all)")


def test_more_rows_than_a_sheet_holds_go_on_with_their_heads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbooks, "ON_A_SHEET", 2)
    table = Workbook(["a"])
    for number in range(5):
        table.add([number], Handling())
    book = read(table, "x")
    assert [cells(sheet)[2:] for sheet in book] == [[[0], [1]], [[2], [3]], [[4]]]
    assert {tuple(cells(sheet)[1]) for sheet in book} == {("a",)}


def test_an_arabic_table_is_read_from_the_right() -> None:
    with override("ar"):
        assert read(Workbook(["a"]))["1"].sheet_view.rightToLeft


def test_a_long_table_leaves_in_pieces() -> None:
    table = Workbook(["a"])
    for number in range(9_000):
        table.add([f"{number * 7919:060d}"], Handling())
    sizes = [len(piece) for piece in table.pieces("x")]
    assert len(sizes) > 1 and max(sizes) <= PIECE
