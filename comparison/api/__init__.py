"""REST: comparisons and what examiners conclude."""

from comparison.api.link import LinkViewSet

__all__ = ["LinkViewSet"]
