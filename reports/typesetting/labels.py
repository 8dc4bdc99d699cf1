"""Sets labels as sheets of A4: plain data in, pages out; their codes are drawn, not pictured."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypedDict

import typst
import zxingcpp

from reports.typesetting.letters import drawable, printable

HERE = Path(__file__).parent
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]


@dataclass(frozen=True)
class Grid:
    """How labels lie on a sheet of A4; all measures in millimetres."""

    columns: int
    rows: int
    width: float
    height: float
    top: float
    side: float
    gap: float

    @property
    def on_a_sheet(self) -> int:
        """How many labels one sheet has."""
        return self.columns * self.rows


GRIDS = {
    "21": Grid(3, 7, 63.5, 38.1, 15.15, 7.25, 2.5),
    "14": Grid(2, 7, 99.1, 38.1, 15.15, 4.65, 2.5),
    "8": Grid(2, 4, 99.1, 67.7, 13.1, 4.65, 2.5),
    "4": Grid(2, 2, 105.0, 148.5, 0.0, 0.0, 0.0),
}
"""The usual sheets of self-adhesive labels, by how many a sheet has; the last is A6."""


class Label(TypedDict):
    """What stands on one label; `qr` is read by a phone, `bars` by a hand scanner.

    `bars` is empty where its signs cannot be written in Code 128 (ISO 8859-1).
    """

    above: str
    number: str
    title: str
    marking: str
    caveats: str
    hazards: list[str]
    seal: str
    qr: str
    bars: str


class Sheet(TypedDict):
    """Labels as data, every word already in the printer's language."""

    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    qr_words: str
    bars_words: str
    labels: list[Label]


def fits_bars(text: str) -> bool:
    """True for what Code 128 can carry and a hand scanner types without doubt: ASCII."""
    return text.isascii() and text.isprintable()


def typeset_labels(sheet: Sheet, grid: Grid, *, skip: int, fonts: Sequence[Path]) -> bytes:
    """The sheets as a PDF; the first `skip` labels of the first one are used already."""
    pages: bytes = typst.compile(  # type: ignore[call-overload]
        files_of(sheet, grid, skip, fonts),
        font_paths=[str(folder) for folder in fonts],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
    )
    return pages


def files_of(sheet: Sheet, grid: Grid, skip: int, fonts: Sequence[Path]) -> dict[str, bytes]:
    """Everything that the pages are set from: the form, the words and the drawn codes."""
    seen = printable(dict(sheet), drawable(tuple(fonts)))
    drawn = {f"{n}-qr.svg": qr(label["qr"]) for n, label in enumerate(sheet["labels"])}
    drawn |= {
        f"{n}-bars.svg": bars(label["bars"])
        for n, label in enumerate(sheet["labels"])
        if label["bars"]
    }
    return {
        "main.typ": (HERE / "labels.typ").read_bytes(),
        "sheet.json": json.dumps(seen, ensure_ascii=False).encode(),
        "grid.json": json.dumps({**asdict(grid), "skip": skip}).encode(),
        **drawn,
    }


def qr(address: str) -> bytes:
    """The QR code of an address; a fifth of it may be scratched away (level Q)."""
    return svg(zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="Q"))


def bars(text: str) -> bytes:
    """The Code 128 of a case and a number."""
    return svg(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128))


def svg(code: "zxingcpp.Barcode") -> bytes:
    """A code as vectors, without the quiet zone, for which the label leaves room."""
    return str(code.to_svg(add_quiet_zones=False)).encode()
