"""The list that a comparison was opened from: its tab, filter and order, carried in the address."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.forms.link import LinkFilterForm
from comparison.models import FoundBy, Link, LinkState
from comparison.models.link import TWO, LinkQuerySet
from core.listing import after, counted_by, sorted_by, turn

TABS = {
    "to-judge": _("To judge"),
    "confirmed": LinkState.CONFIRMED.label,
    "disputed": LinkState.DISPUTED.label,
    "rejected": LinkState.REJECTED.label,
    "left-open": _("Left open"),
    "superseded": LinkState.SUPERSEDED.label,
}
FIRST = "-place"
"""By the evidence that they were found by, the most telling first, and by strength within it."""
ORDERS = frozenset({"rank", "-rank", "proposed_at", "-proposed_at"})
CARRIED = ("tab", "band", "case", "theatres", "category", "incident", "item", "found_by", "sort")
LAST = "comparisons"
"""In the session: the list in which this person judged last."""


@dataclass(frozen=True)
class Queue:
    """Links as one person has listed them."""

    user: User
    asked: QueryDict

    @cached_property
    def form(self) -> LinkFilterForm:
        """What narrows it down."""
        return LinkFilterForm(self.asked, user=self.user)

    @property
    def tab(self) -> str:
        """The tab that the address names; an unknown one means what is to be judged."""
        tab = self.asked.get("tab", "")
        return tab if tab in TABS else "to-judge"

    @property
    def order(self) -> str:
        """In groups by what they were found by, unless something else was asked for."""
        order = self.asked.get("sort", "")
        return order if order in ORDERS else FIRST

    @property
    def rows(self) -> LinkQuerySet:
        """The links of this list."""
        seen = Link.objects.visible_to(self.user)
        return under_tab(self.form.narrow(seen), self.tab, self.user)

    @property
    def rows_otherwise(self) -> LinkQuerySet:
        """The same whatever they were found by."""
        seen = Link.objects.visible_to(self.user)
        return under_tab(self.form.narrow_otherwise(seen), self.tab, self.user)

    @property
    def query(self) -> str:
        """The list in an address, without what belongs to one page only."""
        kept = QueryDict(mutable=True)
        for name in CARRIED:
            if said := self.asked.get(name, ""):
                kept[name] = said
        return kept.urlencode()

    @property
    def where(self) -> str:
        """The query as it is put behind an address."""
        return f"?{self.query}" if self.query else ""

    def where_else(self, **changes: str) -> str:
        """The same with something else asked for; an empty word asks for nothing."""
        asked = QueryDict(self.query, mutable=True)
        for name, value in changes.items():
            asked[name] = value
            if not value:
                del asked[name]
        return f"?{asked.urlencode()}"

    def next_after(self, link: Link) -> Link | None:
        """The link behind this one; what was skipped comes round again while it is to be judged."""
        found = self.beside(link, self.order)
        if found is None and self.tab == "to-judge":
            return sorted_by(self.rows.exclude(pk=link.pk), self.order).first()
        return found

    def before(self, link: Link) -> Link | None:
        """The link in front of this one."""
        return self.beside(link, turn(self.order))

    def beside(self, link: Link, order: str) -> Link | None:
        """The first link beyond this one in this order."""
        others: Any = sorted_by(self.rows.exclude(pk=link.pk), order)
        place = getattr(link, order.removeprefix("-")), link.pk
        found: Link | None = after(others, order, place).first()
        return found


def under_tab(rows: LinkQuerySet, tab: str, user: User) -> LinkQuerySet:
    """The links of one tab; what this examiner should judge blind stays under `to-judge`."""
    if tab == "to-judge":
        return rows.awaiting(user)
    if tab == "superseded":
        return rows.filter(state=LinkState.SUPERSEDED)
    blind = rows.blind_to(user).values("pk")
    if tab == "left-open":
        return rows.filter(state=LinkState.PROPOSED, examiners__gte=TWO).exclude(pk__in=blind)
    return rows.filter(state=tab).exclude(pk__in=blind)


def tabs_of(queue: Queue) -> list[dict[str, Any]]:
    """The tabs over the list, the other filters kept."""
    return [
        {"label": capfirst(label), "url": queue.where_else(tab=tab), "current": tab == queue.tab}
        for tab, label in TABS.items()
    ]


def chips_of(queue: Queue) -> list[dict[str, Any]]:
    """A chip for each sort of evidence by which links of the list were found.

    The current one's address takes the filter away. What is superseded is not looked through by it.
    """
    if queue.tab == "superseded":
        return []
    rows, asked = queue.rows_otherwise, queue.form.cleaned_data.get("found_by", "")
    counts = counted_by(rows, "found_by", FoundBy.values)
    return [
        {
            "way": way.value,
            "label": way.label,
            "count": count or "0",
            "url": queue.where_else(found_by="" if way == asked else way.value),
            "current": way == asked,
        }
        for way, count in zip(FoundBy, counts, strict=True)
        if count or way == asked
    ]


def groups_of(queue: Queue, rows: list[Link], chips: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The links of one page under what they were found by; none where they are ordered otherwise.

    `where` asks for this group alone.
    """
    if queue.order != FIRST:
        return []
    counts = {chip["way"]: chip["count"] for chip in chips}
    return [
        {
            "label": FoundBy(way).label,
            "count": counts.get(way, ""),
            "where": queue.where_else(found_by=way),
            "rows": list(found),
        }
        for way, found in groupby(rows, key=lambda link: link.found_by)
    ]
