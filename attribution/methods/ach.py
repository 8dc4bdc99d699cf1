"""Analysis of competing hypotheses: which one is contradicted least, and what that rests on.

Heuer's method (docs/ach-method.md). Only contradiction counts: what agrees with a hypothesis
may agree with its rivals too. All figures are exact fractions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import lcm

Key = str
"""What names a row or a column. Thousands are looked up, and strings are found at once."""

HALVES = {"L": 1, "M": 2, "H": 3}
"""What low, medium and high weigh, in halves: 0.5, 1 and 1.5."""
PENALTY = {"CC": 0, "C": 0, "N": 0, "NA": 0, "I": 1, "II": 2}
"""How much a rating contradicts its hypothesis."""
STEPS = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2}
"""Where a rating stands between agreement and contradiction; NA stands nowhere."""

Sheet = Mapping[tuple[Key, Key], str]
"""What one analyst gave: the rating of each row and column."""


@dataclass(frozen=True)
class Line:
    """One row: how credible and relevant it is (L, M, H); rows of one `group` share an origin."""

    key: Key
    credibility: str = "M"
    relevance: str = "M"
    group: str = ""

    @property
    def quarters(self) -> int:
        """Its weight in quarters, from 1 (0.25) to 9 (2.25)."""
        return HALVES[self.credibility] * HALVES[self.relevance]


@dataclass(frozen=True)
class Omission:
    """What would be if these rows were not there: who would lead, and how many change places."""

    rows: frozenset[Key]
    leaders: frozenset[Key]
    moved: int


@dataclass(frozen=True)
class Ranking:
    """Which column is contradicted least; one that nobody rated has no figure.

    `scores` is the weighted inconsistency, `ranks` begins with 1 for the least contradicted and
    gives equals one place.
    """

    scores: Mapping[Key, Fraction]
    ranks: Mapping[Key, int]


@dataclass(frozen=True)
class Outcome(Ranking):
    """The ranking of a matrix with all that says how far to trust it.

    `spread` is from 0 (the row tells nothing apart) to 4, `apart` how far the analysts lie from
    each other in a cell, from 0 to 4. `omissions` holds one entry for each row, and one for each
    group of several.
    """

    spread: Mapping[Key, Fraction]
    apart: Mapping[tuple[Key, Key], int]
    omissions: tuple[Omission, ...]

    @property
    def leaders(self) -> frozenset[Key]:
        """Those contradicted least: one, or several with the same figure."""
        return frozenset(key for key, rank in self.ranks.items() if rank == 1)

    @property
    def decisive(self) -> tuple[Omission, ...]:
        """The omissions after which another hypothesis would lead, or not the same alone."""
        return tuple(one for one in self.omissions if one.leaders != self.leaders)


@dataclass(frozen=True)
class Table:
    """What each row adds to each column, in whole units, by the groups of which one counts."""

    columns: tuple[Key, ...]
    groups: tuple[tuple[tuple[Key, tuple[int, ...]], ...], ...]
    unit: int

    def total(self) -> tuple[int, ...]:
        """For each column the sum over the groups of the most that a row of it adds."""
        return added(self.columns, (strongest(self.columns, group) for group in self.groups))

    def scores(self, total: Sequence[int]) -> dict[Key, Fraction]:
        """The sums as the figures they stand for."""
        return {key: Fraction(one, self.unit) for key, one in zip(self.columns, total, strict=True)}


def assess(lines: Sequence[Line], columns: Sequence[Key], sheets: Iterable[Sheet]) -> Outcome:
    """All figures of the matrix that these analysts rated together."""
    given = ratings(lines, columns, sheets)
    table = tabulate(lines, columns, given)
    total = table.total()
    return Outcome(
        scores=table.scores(total),
        ranks=ranked(table.columns, total),
        spread={line.key: spread(line.key, table.columns, given) for line in lines},
        apart={cell: apart(some) for cell, some in given.items() if len(some) > 1},
        omissions=omitted(table, total),
    )


def rank(lines: Sequence[Line], columns: Sequence[Key], sheets: Iterable[Sheet]) -> Ranking:
    """What `assess` says of the places, and nothing else."""
    table = tabulate(lines, columns, ratings(lines, columns, sheets))
    total = table.total()
    return Ranking(table.scores(total), ranked(table.columns, total))


def as_if_equal(lines: Iterable[Line]) -> list[Line]:
    """The same rows with one weight for all and nothing capped: Heuer's plain count."""
    return [replace(line, credibility="M", relevance="M", group="") for line in lines]


def ratings(
    lines: Iterable[Line], columns: Iterable[Key], sheets: Iterable[Sheet]
) -> dict[tuple[Key, Key], list[str]]:
    """All ratings of each cell of the matrix; cells of rows and columns that left it are not."""
    rows, kept = {line.key for line in lines}, set(columns)
    given: dict[tuple[Key, Key], list[str]] = {}
    for cell, rating in chain.from_iterable(sheet.items() for sheet in sheets):
        if cell[0] in rows and cell[1] in kept:
            given.setdefault(cell, []).append(rating)
    return given


def tabulate(
    lines: Iterable[Line],
    columns: Iterable[Key],
    given: Mapping[tuple[Key, Key], Sequence[str]],
) -> Table:
    """What each row adds: its weight times the mean of what the analysts' ratings contradict."""
    rated = {column for _row, column in given}
    kept = tuple(column for column in columns if column in rated)
    parts = lcm(*(len(some) for some in given.values()))
    groups: dict[object, list[tuple[Key, tuple[int, ...]]]] = {}
    for line in lines:
        cells = (given.get((line.key, column), ()) for column in kept)
        adds = tuple(
            line.quarters * sum(PENALTY[one] for one in some) * parts // (len(some) or 1)
            for some in cells
        )
        groups.setdefault(line.group or line.key, []).append((line.key, adds))
    return Table(kept, tuple(tuple(group) for group in groups.values()), 4 * parts)


def strongest(
    columns: Sequence[Key], group: Iterable[tuple[Key, tuple[int, ...]]]
) -> tuple[int, ...]:
    """For each column the most that one row of the group adds: an origin counts once."""
    return tuple(map(max, zip(*(adds for _key, adds in group), strict=True))) or (0,) * len(columns)


def added(columns: Sequence[Key], parts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Column by column the sum."""
    return tuple(map(sum, zip(*parts, strict=True))) or (0,) * len(columns)


def ranked(columns: Sequence[Key], total: Sequence[int]) -> dict[Key, int]:
    """The place of each column: one more than there are columns contradicted less."""
    return {
        key: 1 + sum(other < own for other in total)
        for key, own in zip(columns, total, strict=True)
    }


def omitted(table: Table, total: Sequence[int]) -> tuple[Omission, ...]:
    """The ranking without each row in turn, and without each group of several as a whole."""
    before, found = ranked(table.columns, total), []
    for group in table.groups:
        whole = strongest(table.columns, group)
        left_out = [[one] for one in group] + ([list(group)] if len(group) > 1 else [])
        for some in left_out:
            rest = strongest(table.columns, [one for one in group if one not in some])
            after = [was - most + less for was, most, less in zip(total, whole, rest, strict=True)]
            ranks = ranked(table.columns, after)
            leaders = frozenset(key for key, rank in ranks.items() if rank == 1)
            moved = sum(ranks[key] != before[key] for key in ranks)
            found.append(Omission(frozenset(key for key, _adds in some), leaders, moved))
    return tuple(found)


def spread(
    row: Key, columns: Iterable[Key], given: Mapping[tuple[Key, Key], Sequence[str]]
) -> Fraction:
    """How far the row tells the hypotheses apart: from the mean that agrees most to the least."""
    means = []
    for column in columns:
        steps = [STEPS[one] for one in given.get((row, column), ()) if one in STEPS]
        if steps:
            means.append(Fraction(sum(steps), len(steps)))
    return max(means) - min(means) if means else Fraction(0)


def apart(some: Iterable[str]) -> int:
    """How far the analysts lie from each other in one cell; NA is no opinion."""
    steps = [STEPS[one] for one in some if one in STEPS]
    return max(steps) - min(steps) if steps else 0
