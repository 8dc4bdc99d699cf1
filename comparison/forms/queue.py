"""The list that a comparison was opened from: its tab, filter and order, carried in the address."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.forms.link import LinkFilterForm
from comparison.models import Link, LinkState
from comparison.models.link import TWO, LinkQuerySet
from core.listing import after, sorted_by, turn

TABS = {
    "to-judge": _("To judge"),
    "confirmed": LinkState.CONFIRMED.label,
    "disputed": LinkState.DISPUTED.label,
    "rejected": LinkState.REJECTED.label,
    "left-open": _("Left open"),
    "superseded": LinkState.SUPERSEDED.label,
}
FIRST = "-rank"
ORDERS = frozenset({"rank", "-rank", "proposed_at", "-proposed_at"})
CARRIED = ("tab", "band", "case", "theatres", "category", "incident", "item", "sort")
LAST = "comparisons"
"""In the session: the list in which this person judged last."""


@dataclass(frozen=True)
class Queue:
    """Links as one person has listed them."""

    user: User
    asked: QueryDict

    @property
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
        """By strength, the strongest first, unless something else was asked for."""
        order = self.asked.get("sort", "")
        return order if order in ORDERS else FIRST

    @property
    def rows(self) -> LinkQuerySet:
        """The links of this list."""
        seen = Link.objects.visible_to(self.user)
        return under_tab(self.form.narrow(seen), self.tab, self.user)

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
    tabs = []
    for tab, label in TABS.items():
        asked = QueryDict(queue.query, mutable=True)
        asked["tab"] = tab
        current = tab == queue.tab
        tabs.append({"label": capfirst(label), "url": f"?{asked.urlencode()}", "current": current})
    return tabs
