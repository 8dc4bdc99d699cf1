"""The waterfall: what each feature adds, drawn one behind the other up to the total."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from django.utils.translation import gettext as _

from comparison.services.explanation import Line


@dataclass(frozen=True)
class Bar:
    """One step of the waterfall: from where to where, in per cent of the drawn width.

    `log10` is the figure as it is written, signed, to two decimals; `zero` is where nothing is
    said either way.
    """

    label: str
    log10: str
    start: float
    width: float
    zero: float
    is_against: bool
    is_total: bool = False


def bars_of(lines: Iterable[Line]) -> list[Bar]:
    """The steps of all that adds to the figure, the heaviest first, and their total."""
    speaking = sorted((line for line in lines if line.speaks), key=lambda line: -line.weight)
    if not speaking:
        return []
    sums = [0.0, *accumulate(line.weight for line in speaking)]
    low, high = min(sums), max(sums)
    scale = 100 / ((high - low) or 1.0)

    def drawn(label: str, one: float, other: float, *, is_total: bool = False) -> Bar:
        start, end = sorted([one, other])
        return Bar(
            label=label,
            log10=f"{other - one:+.2f}",
            start=round((start - low) * scale, 2),
            width=round((end - start) * scale, 2),
            zero=round(-low * scale, 2),
            is_against=other < one,
            is_total=is_total,
        )

    steps = [drawn(line.label, *ends) for line, ends in zip(speaking, pairwise(sums), strict=True)]
    return [*steps, drawn(_("Together"), 0.0, sums[-1], is_total=True)]
