"""How strongly weapons, or incidents, are linked by their components: in words, never a sum."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models.component import ComponentGroup
from comparison.methods.weapon_link import Linked, Strength, Tie, linked_by
from comparison.models import Link, LinkState
from core.grading import Band
from evidence.models import Component, Item, WeaponInstance
from evidence.models.weapon_instance import DEPTH
from investigations.models import Incident

WEAPONS, LINKS = 50, 500
"""The most relatives that a page names, and the most links that it reads, the strongest first."""


@dataclass(frozen=True)
class Relation:
    """Two weapons or incidents: how they are linked, and by which comparisons."""

    other: WeaponInstance | Incident | None
    linked: Linked
    links: Mapping[UUID, Link]

    @property
    def name(self) -> str:
        """What the other is called, beside its number."""
        return name_of(self.other) if self.other else ""

    @property
    def place(self) -> str:
        """The incident it belongs to, and its theatre."""
        if self.other is None:
            return ""
        incident = self.other if isinstance(self.other, Incident) else self.other.incident
        number = "" if incident is self.other else incident.ref
        return " · ".join(str(part) for part in (number, incident.theatre) if part)

    @property
    def confirmed(self) -> list[Link]:
        """Those that carry the strength, the strongest first."""
        return self.of(self.linked.confirmed.ties)

    @property
    def proposed(self) -> list[Link]:
        """Those that may yet carry some: not confirmed by two examiners."""
        return self.of(self.linked.proposed.ties)

    @property
    def weightless(self) -> list[Link]:
        """Those without a figure, under an alarm, disputed, or too weak to count."""
        return self.of(self.linked.other)

    def of(self, ties: Iterable[Tie]) -> list[Link]:
        """The comparisons behind these ties."""
        return [self.links[UUID(str(tie.key))] for tie in ties]

    @property
    def sentence(self) -> str:
        """What may be said of the two; it always ends by saying what it does not address."""
        return f"{strength_in_words(self)} {_('It does not address who used either weapon.')}"

    @property
    def proposals_sentence(self) -> str:
        """What proposals would say were they confirmed; empty without any."""
        if not self.linked.proposed.best:
            return ""
        return _("Proposed, not confirmed by two examiners: at best %(words)s; %(breadth)s.") % {
            "words": Band(self.proposed[0].band).label,
            "breadth": breadth_in_words(self.linked.proposed),
        }


def name_of(subject: WeaponInstance | Incident) -> str:
    """What a weapon or an incident is called, beside its number."""
    return subject.title if isinstance(subject, Incident) else subject.name_text


def strength_in_words(relation: Relation) -> str:
    """The best confirmed link by its component, and how broadly the links lie."""
    strength = relation.linked.confirmed
    if not strength.best:
        return _("No link of at least moderate strength is confirmed by two examiners.")
    best = relation.confirmed[0]
    return _("%(words)s from the best component, %(component)s; %(breadth)s.") % {
        "words": str(Band(best.band).label).capitalize(),
        "component": best.name,
        "breadth": breadth_in_words(strength),
    }


def breadth_in_words(strength: Strength) -> str:
    """In which independent parts of the weapon links lie."""
    groups = [" / ".join(sorted(part_named(one) for one in group)) for group in strength.groups]
    if len(groups) == 1:
        return _("in one independent group of components: %(groups)s") % {"groups": groups[0]}
    return _("in %(n)d independent groups of components: %(groups)s") % {
        "n": len(groups),
        "groups": "; ".join(groups),
    }


def part_named(group: str) -> str:
    """The part of a weapon by its name."""
    return str(ComponentGroup(group).label) if group in ComponentGroup.values else group


def links_between(
    ours: Collection[UUID], user: User, *, theirs: Collection[UUID] | None = None
) -> list[Link]:
    """Links of these components that this person sees, to those of another set if given.

    Neither superseded nor, as far as one may know, rejected; the strongest first. Of each is told
    whether a finding may rest on it, which nobody is told who must still judge it blind.
    """
    ends = Q(left__in=ours), Q(right__in=ours)
    if theirs is not None:
        ends = ends[0] & Q(right__in=theirs), ends[1] & Q(left__in=theirs)
    rows = Link.objects.visible_to(user).current().filter(ends[0] | ends[1])
    established = Exists(Link.objects.established().filter(pk=OuterRef("pk")))
    told = rows.with_lists().with_blindness(user).annotate(is_established=established)
    return list(told.order_by("-rank", "-id")[:LINKS])


def relation_of(
    other: WeaponInstance | Incident | None,
    links: list[Link],
    ours: Collection[UUID],
) -> Relation:
    """How the set that holds `ours` and another are linked by these links."""
    kept = [link for link in links if not is_told(link, LinkState.REJECTED)]
    ties = [tie_of(link, ours) for link in kept]
    return Relation(other, linked_by(ties), {link.pk: link for link in kept})


def is_told(link: Link, state: LinkState) -> bool:
    """Whether it stands so, and this person need not judge it without knowing."""
    return link.state == state and not getattr(link, "is_blind", False)


def tie_of(link: Link, ours: Collection[UUID]) -> Tie:
    """A link as the method reads it, seen from the set that holds `ours`.

    It counts as confirmed where two examiners, each blind to the other, have established it.
    """
    is_established: bool = link.is_established  # type: ignore[attr-defined]
    mine, other = (link.left, link.right) if link.left_id in ours else (link.right, link.left)
    return Tie(
        link.pk,
        mine.item_id,
        other.item_id,
        mine.category.group,
        None if link.is_blocked or is_told(link, LinkState.DISPUTED) else link.log10_ratio,
        is_established and is_told(link, LinkState.CONFIRMED),
    )


def compare_sets(ours: Collection[UUID], theirs: Collection[UUID], user: User) -> Relation:
    """How two sets of components are linked."""
    return relation_of(None, links_between(ours, user, theirs=theirs), ours)


def relatives_of(
    ours: Collection[UUID], user: User, *, other_than: WeaponInstance | Incident
) -> list[Relation]:
    """The weapons, or the incidents, that these components link to: the strongest first.

    A link to a component of no weapon that may be seen counts for its incident only.
    """
    links = links_between(ours, user)
    ends = {link.pk: link.right if link.left_id in ours else link.left for link in links}
    homes = homes_of(list(ends.values()), user, other_than)
    gathered: dict[UUID, list[Link]] = defaultdict(list)
    for link in links:
        if home := homes.get(ends[link.pk].pk):
            gathered[home.pk].append(link)
    named = {home.pk: home for home in homes.values() if home.pk != other_than.pk}
    found = [relation_of(home, gathered[key], ours) for key, home in named.items()]
    return sorted((one for one in found if one.links), key=strongest_first)[:WEAPONS]


def strongest_first(relation: Relation) -> tuple[float, int, float, str]:
    """By the best confirmed link, then breadth, then the best proposal."""
    best, proposed = relation.linked.confirmed.best, relation.linked.proposed.best
    return (
        -((best and best.log10) or 0),
        -relation.linked.confirmed.breadth,
        -((proposed and proposed.log10) or 0),
        str(relation.other),
    )


def homes_of(
    ends: list[Component], user: User, like: WeaponInstance | Incident
) -> Mapping[UUID, WeaponInstance | Incident]:
    """The weapon, or the incident, that each component belongs to, as `like` is one of either."""
    if isinstance(like, Incident):
        seen = Incident.objects.visible_to(user).with_lists()
        incidents = seen.in_bulk({end.item.incident_id for end in ends})
        found = {end.pk: incidents.get(end.item.incident_id) for end in ends}
        return {key: incident for key, incident in found.items() if incident}
    chains = wholes_of({end.item_id for end in ends}, user)
    through = WeaponInstance.exhibits.through.objects.filter(
        item__in={item for chain in chains.values() for item in chain}
    )
    of_item = dict(through.values_list("item", "weaponinstance"))
    weapons = WeaponInstance.objects.visible_to(user).with_lists().in_bulk(set(of_item.values()))
    homes = {}
    for end in ends:
        named = [of_item[item] for item in chains.get(end.item_id, ()) if item in of_item]
        if named and (weapon := weapons.get(named[0])):
            homes[end.pk] = weapon
    return homes


def wholes_of(items: set[UUID], user: User) -> Mapping[UUID, list[UUID]]:
    """Each exhibit with the wholes it is a part of, the nearest first."""
    paths = ["__".join(["parent"] * up) for up in range(1, DEPTH + 1)]
    rows = Item.objects.visible_to(user).filter(pk__in=items).values_list("pk", *paths)
    return {row[0]: [key for key in row if key] for row in rows}
