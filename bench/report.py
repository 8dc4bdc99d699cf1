"""A report of about 100 pages with 60 photographs, from the queries to the file, against typst."""

import json
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._case import enter_case, own_database
from bench._measure import Row, machine, medians, report

EXHIBITS, PHOTOGRAPHS, INCIDENTS = 60, 60, 10

BARE = """
#let report = json("content.json")
#set page(paper: "a4")
#let show-cell(value) = {
  if type(value) == str { value } else if "lines" in value {
    value.lines.map(show-cell).join(linebreak())
  } else { value.text }
}
#for section in report.sections {
  pagebreak(weak: true)
  heading(level: 1, section.title)
  for part in section.blocks {
    if part.kind == "heading" { pagebreak(weak: true) + heading(level: 2, part.text) }
    if part.kind == "subheading" { heading(level: 3, part.text) }
    if part.kind == "text" { par(part.text) }
    if part.kind == "rows" { table(columns: 2, ..part.rows.flatten().map(show-cell)) }
    if part.kind == "table" {
      table(columns: part.columns.len(), ..part.rows.flatten().map(show-cell))
    }
    if part.kind == "photos" {
      for photo in part.photos { image(photo.file, width: 80mm) + photo.hash }
    }
  }
}
"""
"""The same words, tables and photographs with typst's own defaults: no tags, no archive format."""


def in_a_fresh_process(deed: Callable[[], object]) -> Callable[[], None]:
    """Do it in a fork, as cold as typst is for a new report; the parent waits and is timed."""

    def run() -> None:
        child = os.fork()
        if child == 0:
            try:
                deed()
            except BaseException as problem:
                print(repr(problem))
                os._exit(1)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    return run


def whole_report(row: Any) -> None:
    """Ours as the worker does it: queries, photographs, pages, storage."""
    from django.db import connections

    from reports.services import report as making

    connections.close_all()
    making.make(row, lambda step, done, total: None)


def bare_typst(content: bytes, pictures: Path, fonts: Path) -> None:
    """The limit: content that is ready, photographs that lie there, typst alone."""
    import typst

    typst.compile(
        {"main.typ": BARE.encode(), "content.json": content},
        root=str(pictures),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        pdf_tags=False,
    )


def same_pages(content: Any, pictures: Path) -> None:
    """The limit: typst alone on the very same pages, with content and photographs at hand."""
    from reports import services
    from reports.typesetting.printing import typeset

    typeset(content, pictures, [services.FONTS], pictures / "report.pdf")


def measure(pictures: Path) -> None:
    """Enter the case, then let both take turns."""
    from django.db import connections
    from pypdf import PdfReader

    from reports import services, vault
    from reports.content import gather

    case, lead = enter_case(exhibits=EXHIBITS, incidents=INCIDENTS, photographs=PHOTOGRAPHS)
    row = services.request_report(case, by=lead, language="en")
    drawn = gather(row, datetime.now(UTC))
    for name, preview in drawn.pictures.items():
        services.fetch(preview, pictures / name)
    content = json.dumps(drawn.content).encode()
    connections.close_all()
    seconds = medians(
        {
            "ours": in_a_fresh_process(lambda: whole_report(row)),
            "same": in_a_fresh_process(lambda: same_pages(drawn.content, pictures)),
            "bare": in_a_fresh_process(lambda: bare_typst(content, pictures, services.FONTS)),
        },
        runs=5,
    )
    finished = services.typeset_report(row)  # only now: typst's threads do not survive a fork
    pages = len(PdfReader(vault.open_report(finished.sha256)).pages)
    note = f"{pages} pages, {len(drawn.pictures)} photographs, tagged PDF/A-3a"
    for against, name, target in (
        ("typst alone on the same pages", "same", "≤ 1.5"),
        ("the same words in bare typst: no tags, contents, headers or footers", "bare", "–"),
    ):
        report(
            Row(
                job="report, from the queries to the stored file",
                ours=seconds["ours"],
                baseline=seconds[name],
                unit="s",
                target=target,
                against=against,
                note=note,
            )
        )


def main() -> None:
    with own_database(), tempfile.TemporaryDirectory() as pictures:
        measure(Path(pictures))


if __name__ == "__main__":
    print(machine())
    main()
