"""Lines of a table as every format gives them, and the names of its columns."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exchange.formats.tables.wrong import WrongTable

MOST_COLUMNS = 300
LONGEST_NAME = 200
LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Line:
    """One line under the head, each cell as text; lines count from 1, the head apart.

    `fault` is a code for what is wrong with the whole of it; `unusable` names by its place each
    cell that holds a formula or an error instead of a value.
    """

    number: int
    cells: Sequence[str]
    fault: str = ""
    unusable: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """True where nothing at all is written."""
        return not self.fault and not self.unusable and not any(cell.strip() for cell in self.cells)


def names_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The name of each column: one that comes twice is told apart, an empty one gets its number."""
    said = [unicodedata.normalize("NFC", " ".join(cell.split())) for cell in cells]
    while said and not said[-1]:
        said.pop()
    if not said:
        raise WrongTable("no-head")
    if len(said) > MOST_COLUMNS:
        raise WrongTable("too-wide", str(len(said)))
    if "\x00" in "".join(said):
        raise WrongTable("nul")
    names: list[str] = []
    for place, name in enumerate(said, start=1):
        names.append(told_apart(name[:LONGEST_NAME] or f"#{place}", names))
    return tuple(names)


def told_apart(name: str, before: Sequence[str]) -> str:
    """The name, with (2) and so on where columns before it bear it already."""
    number, found = 1, name
    while found in before:
        number += 1
        found = f"{name} ({number})"
    return found


def judged(number: int, cells: Sequence[str], width: int, unusable: Mapping[int, str]) -> Line:
    """The line, with what is wrong with the whole of it where something is."""
    fault = ""
    if len(cells) != width:
        fault = "too-many-cells" if len(cells) > width else "too-few-cells"
    elif any("\x00" in cell for cell in cells):
        fault = "nul"
    return Line(number, cells, fault, unusable)
