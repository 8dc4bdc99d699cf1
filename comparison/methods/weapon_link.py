"""Say how strongly two sets of components are linked: the best link, and how broad they lie."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

MODERATE = 1.0
"""log10 of the likelihood ratio above which the verbal scale says moderate, and a link counts."""


class Tie(NamedTuple):
    """One link between a component of one weapon and a component of the other.

    `log10` is that of its likelihood ratio, None where there is no figure. `is_confirmed` means
    that two examiners concluded positively, the second without knowing the first.
    """

    key: Hashable
    left_exhibit: Hashable
    right_exhibit: Hashable
    group: str
    log10: float | None
    is_confirmed: bool

    @property
    def counts(self) -> bool:
        """Whether it is strong enough to be an edge between weapons, once confirmed."""
        return self.log10 is not None and self.log10 > MODERATE


class Strength(NamedTuple):
    """The best link and the groups of dependent links; never a sum over components.

    `groups` holds, for each independent group, the names of the parts of a weapon it lies in.
    """

    best: Tie | None
    groups: tuple[frozenset[str], ...]
    ties: tuple[Tie, ...]

    @property
    def breadth(self) -> int:
        """In how many independent groups of components the two are linked."""
        return len(self.groups)


class Linked(NamedTuple):
    """Two sets of components: what is confirmed, what is only proposed, what counts for nothing.

    `other` are links without a figure, or too weak to count, whoever confirmed them.
    """

    confirmed: Strength
    proposed: Strength
    other: tuple[Tie, ...]


def linked_by(ties: Iterable[Tie]) -> Linked:
    """Sort links into what carries the strength, what may yet do so, and what does not."""
    ties = sorted(ties, key=lambda tie: (-(tie.log10 or 0), str(tie.key)))
    counting = [tie for tie in ties if tie.counts]
    return Linked(
        strength_of(tie for tie in counting if tie.is_confirmed),
        strength_of(tie for tie in counting if not tie.is_confirmed),
        tuple(tie for tie in ties if not tie.counts),
    )


def strength_of(ties: Iterable[Tie]) -> Strength:
    """The strongest link, and how many independent groups of components hold one.

    Links depend on each other when they lie in the same part of a weapon (ten chips of its
    electronics are one supply) or share an exhibit (a motor and its housing). A hundred servos
    add nothing to one.
    """
    ties = tuple(sorted(ties, key=lambda tie: (-(tie.log10 or 0), str(tie.key))))
    return Strength(ties[0] if ties else None, _independent(ties), ties)


def _independent(ties: tuple[Tie, ...]) -> tuple[frozenset[str], ...]:
    """The connected components of the links under "depends on", as the parts they lie in."""
    classes: list[tuple[set[Hashable], set[str]]] = []
    for tie in ties:
        shared: set[Hashable] = {
            ("group", tie.group),
            ("left", tie.left_exhibit),
            ("right", tie.right_exhibit),
        }
        names = {tie.group}
        apart = []
        for marks, parts in classes:
            if marks & shared:
                shared, names = shared | marks, names | parts
            else:
                apart.append((marks, parts))
        classes = [*apart, (shared, names)]
    return tuple(sorted((frozenset(names) for _marks, names in classes), key=sorted))
