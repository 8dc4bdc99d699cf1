"""Tables as CSV: what was typed comes back as it was typed, and nothing in it is calculated."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.markings import Handling
from core.tables import BOM, FORMULA, PIECE, Table, cell
from tests.naughty import FORMULAS, naughty

SIGNS = "=+-@\t\r\n＝＋－＠"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def read(table: Table, first_line: str = "TLP:RED") -> list[list[str]]:
    """The file as a reader of CSV sees it, without its first line."""
    text = b"".join(table.pieces(first_line)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def original(text: str) -> str:
    """What was typed, from its cell."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text(text: str) -> None:
    told = cell(text)
    assert told[0] not in SIGNS
    assert told in (text, f"'{text}")


@given(TEXTS | st.sampled_from(SIGNS).flatmap(lambda sign: TEXTS.map(lambda rest: sign + rest)))
def test_no_text_begins_like_a_formula_and_each_comes_back(text: str) -> None:
    told = cell(text)
    assert not told.lstrip(" ").startswith(tuple(SIGNS))
    assert original(told) == text


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=5))
def test_a_table_comes_back_cell_by_cell(rows: list[list[str]]) -> None:
    table = Table(["a", "b", "c"])
    for row in rows:
        table.add(row, Handling())
    heads, *told = read(table)
    assert heads == ["a", "b", "c"]
    assert [[original(one) for one in row] for row in told] == rows
    assert table.count == len(rows)


def test_every_naughty_string_comes_back() -> None:
    table = Table(["text"])
    for text in naughty():
        table.add([text], Handling())
    assert [original(row[0]) for row in read(table)[1:]] == naughty()


def test_numbers_stay_numbers_and_times_say_their_zone() -> None:
    assert cell(-33.2) == "-33.2" and cell(Decimal("-1.50")) == "-1.50" and cell(None) == ""
    assert cell(True) == "True"
    assert cell(datetime(2026, 3, 1, 4, 5, tzinfo=UTC)) == "2026-03-01T04:05:00+00:00"


def test_the_file_is_handled_as_its_most_restrictive_row() -> None:
    table = Table(["a"])
    for tlp in ("green", "red", "amber"):
        table.add(["x"], Handling(tlp=tlp))
    assert table.handling.tlp == "red"


def test_the_first_line_is_one_line_and_a_remark() -> None:
    whole = b"".join(Table(["a"]).pieces('TLP:RED\r\n"=1+1"')).decode()
    assert whole.splitlines()[0] == BOM + '"# TLP:RED ""=1+1"""'


def test_a_long_table_leaves_in_pieces_and_not_through_memory() -> None:
    table = Table(["a"])
    for number in range(30_000):
        table.add([f"{number:060d}"], Handling())
    sizes = [len(piece) for piece in table.pieces("x")]
    assert len(sizes) > 20 and max(sizes) <= PIECE
