"""Runs the benches (all, or those named) and rewrites their rows in bench/README.md.

python -m bench [NAME …]
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._measure import ROWS_FILE, machine

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
START, END = "<!-- figures: written by python -m bench -->", "<!-- end of figures -->"
HEAD = "| job | ours | baseline | ratio | target | taken |\n|---|---|---|---|---|---|\n"


def run(name: str) -> list[dict[str, Any]]:
    """Run one bench in a process of its own; its rows, none if it failed."""
    print(f"— {name}", flush=True)
    with tempfile.NamedTemporaryFile() as rows:
        ended = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], env={**os.environ, ROWS_FILE: rows.name}
        )
        if ended.returncode != 0:
            print(f"  {name} ended with {ended.returncode}; its rows stay as they were")
            return []
        return [json.loads(line) for line in Path(rows.name).read_text("utf-8").splitlines()]


def line(row: dict[str, Any], taken: str) -> str:
    note = f"<br>{row['note']}" if row["note"] else ""
    baseline = f"{row['baseline']:.3g} {row['unit']} ({row['against']})"
    return (
        f"| {row['job']}{note} | {row['ours']:.3g} {row['unit']} | {baseline}"
        f" | **{row['ratio']:.2f}** | {row['target']} | {taken} |"
    )


def job_of(table_line: str) -> str:
    """The first cell of a table line, without its note."""
    return table_line.split("|")[1].split("<br>")[0].strip()


def rewrite(new: list[str], page: str) -> str:
    """Put new lines in the place of those about the same jobs; the rest stays as it was."""
    between = re.compile(f"{re.escape(START)}(.*?){re.escape(END)}", re.DOTALL)
    found = between.search(page)
    kept = [old for old in (found[1] if found else "").splitlines() if old.startswith("| ")][1:]
    lines = {job_of(each): each for each in (*kept, *new)}
    block = f"{START}\n\n{HEAD}" + "\n".join(lines.values()) + f"\n\n{END}"
    return between.sub(lambda _: block, page)


def main(names: list[str]) -> int:
    every = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    chosen = names or every
    if unknown := set(chosen) - set(every):
        print(f"No such bench: {', '.join(sorted(unknown))}. There are: {', '.join(every)}.")
        return 2
    print(machine())
    taken = f"{datetime.now(UTC):%Y-%m-%d}, {machine()}"
    results = {name: run(name) for name in chosen}
    new = [line(row, taken) for rows in results.values() for row in rows]
    README.write_text(rewrite(new, README.read_text("utf-8")), "utf-8")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
