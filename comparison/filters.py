"""By what the REST list of comparisons can be narrowed."""

from uuid import UUID

from django.db.models import Q
from django_filters import rest_framework as filters

from comparison.models import Disclosure, Hit, Link, LinkState
from comparison.models.link import LinkQuerySet
from core.filters import VisibleFilterSet
from investigations.models import Request


class LinkFilter(VisibleFilterSet):
    """?state=proposed&band=strong&found_by=near-serial&cross_theatre=true&component=…&case=…"""

    by_moment = False  # what others did is told by the day

    component = filters.UUIDFilter(method="of_component")
    case = filters.UUIDFilter(method="of_case")
    state = filters.ChoiceFilter(method="in_state", choices=LinkState.choices)

    class Meta:
        model = Link
        fields = ["band", "outcome", "found_by", "cross_theatre"]

    def in_state(self, rows: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Links in this state; those to be judged blind are proposed, as far as one is told."""
        blind = Link.objects.blind_to(self.request.user).values("pk")
        if value == LinkState.PROPOSED:
            return rows.filter(Q(state=value) | Q(pk__in=blind))
        return rows.filter(state=value).exclude(pk__in=blind)

    def of_component(self, rows: LinkQuerySet, name: str, value: UUID) -> LinkQuerySet:
        return rows.filter(Q(left=value) | Q(right=value))

    def of_case(self, rows: LinkQuerySet, name: str, value: UUID) -> LinkQuerySet:
        return rows.filter(Q(case=value) | Q(other_case=value))


class HitFilter(VisibleFilterSet):
    """?component=…&case=…&band=strong"""

    by_moment = False  # what others did is told by the day

    component = filters.UUIDFilter()
    case = filters.UUIDFilter()

    class Meta:
        model = Hit
        fields = ["band"]


class DisclosureFilter(VisibleFilterSet):
    """?component=…&case=…&state=accepted"""

    by_moment = False  # what others did is told by the day

    component = filters.UUIDFilter()
    case = filters.UUIDFilter()

    class Meta:
        model = Disclosure
        fields = ["state"]


class AskedFilter(VisibleFilterSet):
    """?case=…"""

    by_moment = False  # what others did is told by the day

    class Meta:
        model = Request
        fields = ["case"]
