"""A third and a fourth component beside a pair: relatives of either end, as compared with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Q

from accounts.models import User
from comparison.models import Link
from comparison.services.explanation import Line, lines_of
from evidence.models import Component

MOST_BESIDE, OFFERED = 2, 12
"""Four columns can be taken in at once; so many relatives are offered for the last two."""


@dataclass(frozen=True)
class Cell:
    """What is recorded of a feature of a component beside a pair, and how it stands to `of`."""

    ref: str
    of: str
    value: str = ""
    is_prose: bool = True
    sign: str = ""
    word: str = ""


@dataclass(frozen=True)
class Beside:
    """Another component that was compared with one end of the pair, `of`, in a link of its own."""

    link: Link
    end: Component
    of: Component
    is_laid: bool = False
    lines: Mapping[str, Line] = field(default_factory=dict)

    def cell(self, feature: str) -> Cell:
        """How one feature stands between the two."""
        ref, of, line = self.end.item.exhibit_no, self.of.item.exhibit_no, self.lines.get(feature)
        if line is None:
            return Cell(ref, of)
        value = line.left if self.end == self.link.left else line.right
        return Cell(ref, of, value, line.is_prose, line.sign, line.agreement_label)


def offered_beside(link: Link, reader: User, laid: Collection[str]) -> list[Beside]:
    """What the reader may lay beside a pair, the most telling first; `laid` are ids of links."""
    ends = {link.left_id: link.left, link.right_id: link.right}
    others = Link.objects.visible_to(reader).current().exclude(pk=link.pk)
    rows = others.filter(Q(left__in=ends) | Q(right__in=ends)).with_lists()
    found = each_end_once(rows.order_by("-place", "-id")[: 2 * OFFERED], ends.keys())
    relatives, places = [], MOST_BESIDE
    for row in islice(found, OFFERED):
        of = ends.get(row.left_id) or ends[row.right_id]
        is_laid = places > 0 and str(row.pk) in laid
        places -= is_laid
        lines = {line.feature: line for line in lines_of(row)} if is_laid else {}
        end = row.right if of == row.left else row.left
        relatives.append(Beside(row, end, of, is_laid, lines))
    return relatives


def each_end_once(rows: Iterable[Link], ends: Collection[object]) -> Iterator[Link]:
    """Of links to one and the same other component, the first."""
    seen = set()
    for row in rows:
        other = row.right_id if row.left_id in ends else row.left_id
        if other not in seen:
            seen.add(other)
            yield row
