"""REST: comparisons, what examiners conclude, sets, and what is told and shared across cases."""

from comparison.api.batch import BatchViewSet
from comparison.api.commonality import CommonalityViewSet
from comparison.api.disclosure import AskedViewSet, DisclosureViewSet
from comparison.api.hit import HitViewSet
from comparison.api.link import LinkViewSet
from comparison.api.lookup import LookupViewSet, ProposalViewSet
from comparison.api.weapon import WeaponComparisonViewSet

__all__ = [
    "AskedViewSet",
    "BatchViewSet",
    "CommonalityViewSet",
    "DisclosureViewSet",
    "HitViewSet",
    "LinkViewSet",
    "LookupViewSet",
    "ProposalViewSet",
    "WeaponComparisonViewSet",
]
