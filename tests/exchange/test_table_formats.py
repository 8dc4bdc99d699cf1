"""Tables as files: letters, signs, days and numbers of many hands, read in flat memory."""

import csv
import io
import weakref
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exchange.formats.tables import workbook
from exchange.formats.tables.days import read_when
from exchange.formats.tables.delimited import read_delimited, text_of
from exchange.formats.tables.guessing import guess_columns
from exchange.formats.tables.lines import names_of
from exchange.formats.tables.plan import TableMap, ready_maps
from exchange.formats.tables.sniffing import guess_delimiter, guess_encoding
from exchange.formats.tables.values import read_count, read_decimal, read_yes
from exchange.formats.tables.workbook import opened_sheet
from exchange.formats.tables.wrong import WrongCell, WrongTable

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ROWS = st.lists(st.tuples(TEXT, TEXT).filter(lambda row: "".join(row).strip()), max_size=8)
ARABIC = "العنوان,المكان\nهجوم بطائرة مسيرة على المقر,البصرة\n"
RUSSIAN = "заголовок,место\nудар беспилотника по порту города,Одесса\n"
FRENCH = "titre,lieu\nattaque à l'entrée de la résidence,Orléans\n"


@given(ROWS, st.sampled_from(["utf-8", "utf-16"]), st.sampled_from([",", ";", "\t", "|"]))
def test_what_a_program_wrote_as_csv_is_read_cell_by_cell(rows, encoding, delimiter):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([("a", "b"), *rows])
    file = io.BytesIO(written.getvalue().encode(encoding))
    head, lines = read_delimited(text_of(file, encoding), delimiter)
    assert head == ("a", "b")
    assert [tuple(line.cells) for line in lines] == rows


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "windows-1256"),
        (RUSSIAN, "windows-1251"),
        (FRENCH, "windows-1252"),
        ("a,b\n1,2\n", "utf-16"),
        ("a,b\n1,2\n", "utf-16-le"),
    ],
)
def test_letters_are_guessed_by_what_their_bytes_show(text, encoding):
    assert guess_encoding(text.encode(encoding)) == encoding


def test_bytes_that_an_encoding_lacks_are_never_passed_over():
    file = io.BytesIO(b"a,b\n" + b"1,2\n" * 50_000 + b"3,\xff\xfe\n")
    head, lines = read_delimited(text_of(file, "utf-8"), ",")
    assert head == ("a", "b")
    with pytest.raises(WrongTable, match="encoding"):
        list(lines)


def test_the_sign_between_cells_is_the_one_that_parts_the_lines_evenly():
    assert guess_delimiter("a;b;c\n1,5;2;3\n4;5;6\n") == ";"
    assert guess_delimiter("only one column\nof, prose\n") == ","


def test_columns_of_one_name_are_told_apart_and_empty_ones_numbered():
    assert names_of(["day", " day ", "", "day", ""]) == ("day", "day (2)", "#3", "day (3)")
    with pytest.raises(WrongTable, match="too-wide"):
        names_of(["x"] * 10_000)
    with pytest.raises(WrongTable, match="no-head"):
        names_of(["", " "])


def test_lines_that_do_not_fit_the_head_are_told_of_by_number():
    text = '# TLP:AMBER\n\na,b\n1,2\n3\n4,5,6\n7,8,,\n"9"x,1\n'
    _head, lines = read_delimited(io.StringIO(text, newline=""), ",")
    found = {line.number: line.fault for line in lines}
    assert found == {1: "", 2: "too-few-cells", 3: "too-many-cells", 4: "", 5: "no-csv"}


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_a_number_is_the_same_in_either_notation_and_in_any_digits(whole, part):
    wanted = Decimal(f"{whole}.{part:03}")
    point = f"{whole:,}.{part:03}"
    comma = point.replace(",", " ").replace(".", ",")
    arabic = (
        point.replace(",", "٬")
        .replace(".", "٫")
        .translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    )
    assert read_decimal(point) == read_decimal(comma, ",") == read_decimal(arabic) == wanted


@pytest.mark.parametrize("text", ["1,5", "1.2.3", "12,34", "five", "0x1F", "1e9999x", "=1+1"])
def test_what_is_no_number_in_the_stated_notation_is_refused(text):
    with pytest.raises(WrongCell):
        read_decimal(text)


def test_counts_are_whole_and_yes_is_said_in_many_tongues():
    assert read_count("٢٣٦") == read_count("236.0") == 236
    assert read_count("unknown") is None
    with pytest.raises(WrongCell, match="count"):
        read_count("2.5")
    assert [read_yes(word) for word in ("نعم", "Да", "x", "0", "لا")] == [True] * 3 + [False] * 2


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_a_day_is_the_same_in_every_order_once_the_order_is_said(day):
    serial = str((day - date(1899, 12, 30)).days)
    said = {
        f"{day.day}/{day.month}/{day.year}": "dmy",
        f"{day.month}.{day.day}.{day.year}": "mdy",
        day.isoformat(): "",
        f"{day:%Y%m%d}": "dmy",
        f"{day:%d %B %Y}": "",
        serial: "excel",
    }
    found = {read_when(text, order).local.date() for text, order in said.items()}
    assert found == {day}


def test_days_that_could_be_two_are_refused_until_somebody_says_which():
    with pytest.raises(WrongCell, match="ambiguous"):
        read_when("03/04/2024")
    assert read_when("25/03/2024").local.day == 25
    with pytest.raises(WrongCell, match="calendar"):
        read_when("25/03/2024", "mdy")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("١٥ آذار ٢٠٢٣", "2023-03-15", "day"),
        ("1970-7-0", "1970-07-01", "month"),
        ("1970-0-0", "1970-01-01", "year"),
        ("2026-07-11 00:00:00.000", "2026-07-11", "day"),
        ("2024-03-01T10:00+03:00", "2024-03-01", "minute"),
    ],
)
def test_a_day_says_how_exactly_it_is_known(text, day, precision):
    when = read_when(text)
    assert (when.local.date().isoformat(), when.precision) == (day, precision)


def book_of(*rows):
    """A workbook with these rows as bytes in a file."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    file.seek(0)
    return file


def test_a_sheet_is_read_as_text_and_a_formula_is_never_believed():
    file = book_of(["no", "day", "sum"], [1, date(2024, 3, 1), "=A2*2"], [2.5, None, "x"])
    with opened_sheet(file, "") as (head, lines):
        first, second = list(lines)
    assert head == ("no", "day", "sum")
    assert list(first.cells) == ["1", "2024-03-01", "=A2*2"]
    assert first.unusable == {2: "formula"}
    assert (list(second.cells), second.unusable) == (["2.5", "", "x"], {})


def test_a_torn_a_forged_or_a_swollen_workbook_is_not_opened(monkeypatch):
    whole = book_of(["a"], [1]).getvalue()
    for torn in (whole[:-200], b"PK\x03\x04 and no more", b""):
        with pytest.raises(WrongTable, match="no-workbook"), opened_sheet(io.BytesIO(torn), ""):
            pass
    for name in ("xl/more.xml", "xl/media/picture.png"):
        forged = with_entities(whole, name)
        with pytest.raises(WrongTable, match="declares-entities"), opened_sheet(forged, ""):
            pass
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 1_000)
    swollen = io.BytesIO(whole)
    with pytest.raises(WrongTable, match="too-large-unpacked"), opened_sheet(swollen, ""):
        pass


def with_entities(whole, name):
    """The same workbook, with a part that begins with a declaration of entities."""
    forged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(forged, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
        new.writestr(name, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    forged.seek(0)
    return forged


class Endless(io.RawIOBase):
    """Two hundred thousand lines that are only made when they are read."""

    def __init__(self):
        self.made, self.rest = 0, b"id,title\n"

    def readable(self):
        return True

    def readinto(self, place):
        while len(self.rest) < len(place) and self.made < 200_000:
            self.made += 1
            self.rest += b"%d,raid\n" % self.made
        size = min(len(place), len(self.rest))
        place[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def test_a_long_table_is_never_held_as_a_whole():
    source = Endless()
    _head, lines = read_delimited(text_of(io.BufferedReader(source), "utf-8"), ",")
    next(lines)
    assert source.made < 20_000
    before, kept, count = None, 0, 1
    for line in lines:
        kept += before is not None and before() is not None
        before, count = weakref.ref(line), count + 1
        del line
    assert (count, kept) == (200_000, 0)


def test_ready_maps_name_fields_and_words_that_there_are():
    assert {plan.scheme for plan in ready_maps()} == {
        *("GTD", "UCDP-GED", "ACLED", "VIINA", "missile-attacks-daily")
    }
    for plan in ready_maps():
        assert TableMap.of(plan.as_written()) == plan


def test_a_map_says_what_a_row_says_of_each_field():
    gtd = next(plan for plan in ready_maps() if plan.scheme == "GTD")
    row = {"iyear": "1970", "imonth": "7", "iday": "0", "nkill": "-9", "country_txt": "Turkey"}
    said = gtd.said_in(row)
    assert said["occurred_from"] == "1970-7-0"
    assert "killed_min" not in said
    assert gtd.worded("country", said["country"]) == "TR"
    daily = next(plan for plan in ready_maps() if plan.scheme == "missile-attacks-daily")
    said = daily.said_in({"model": "Shahed-136/131 and Kalibr", "source": "post/1"})
    assert (said["attack_mode"], said["citation"]) == ("combined", "facebook.com/post/1")


def test_columns_are_guessed_by_their_names_in_both_languages():
    found = guess_columns(
        ["رقم", "التاريخ", "Latitude", "القتلى"],
        ["their_id", "occurred_from", "latitude", "killed_min"],
        {},
    )
    assert list(found.values()) == ["رقم", "التاريخ", "Latitude", "القتلى"]
