"""Turns the content of a report into a PDF file, the same bytes every time."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import typst

from reports.typesetting.blocks import Content, Letter
from reports.typesetting.letters import drawable, printable

HERE = Path(__file__).parent
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
"""Archivable with the data attached (ISO 19005-3), and readable aloud (ISO 14289-1)."""


def canonical(content: Content | Letter) -> bytes:
    """The content as the bytes that are attached to the file and hashed in its footer."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def content_digest(content: Content | Letter) -> str:
    """SHA-256 of those bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def typeset(
    content: Content | Letter,
    pictures: Path,
    fonts: Sequence[Path],
    out: Path,
    *,
    form: str = "case_report.typ",
) -> None:
    """Write the report to `out`; `pictures` is the folder its photographs are named in."""
    seen = printable(content, drawable(tuple(fonts)))
    files = {
        "main.typ": (HERE / form).read_bytes(),
        "blocks.typ": (HERE / "blocks.typ").read_bytes(),
        "content.json": canonical(content),
        "printed.json": json.dumps(seen, ensure_ascii=False).encode(),
    }
    pages: bytes = typst.compile(  # type: ignore[call-overload]
        files,
        root=str(pictures),
        font_paths=[str(folder) for folder in fonts],
        ignore_system_fonts=True,
        sys_inputs={"digest": content_digest(content)},
        pdf_standards=STANDARDS,
        timestamp=int(datetime.fromisoformat(content["generated_at"]).timestamp()),
    )
    out.write_bytes(copied_in_order(pages))


def copied_in_order(pdf: bytes) -> bytes:
    """Mark the two-page view as left to right, which changes no page and no letter.

    Typst marks an Arabic file as right to left, and Chromium's reader then copies the hashes and
    serials in it backwards, group by group; Arabic itself is copied rightly either way.
    """
    return pdf.replace(b"/Direction/R2L", b"/Direction/L2R")
