"""REST: comparisons, what examiners conclude, and what is told and shared across cases."""

from comparison.api.disclosure import AskedViewSet, DisclosureViewSet
from comparison.api.hit import HitViewSet
from comparison.api.link import LinkViewSet
from comparison.api.lookup import LookupViewSet, ProposalViewSet

__all__ = [
    "AskedViewSet",
    "DisclosureViewSet",
    "HitViewSet",
    "LinkViewSet",
    "LookupViewSet",
    "ProposalViewSet",
]
