"""What the outlet across the rooms offers to programs."""

from workspace.api.activity import ActivityViewSet
from workspace.api.history import HistoryViewSet
from workspace.api.ledger import LineViewSet, LogViewSet
from workspace.api.search import SearchViewSet

__all__ = ["ActivityViewSet", "HistoryViewSet", "LineViewSet", "LogViewSet", "SearchViewSet"]
