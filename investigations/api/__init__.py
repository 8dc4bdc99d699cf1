"""REST: one module a noun. A view finds, asks a service, and answers; nothing more."""

from investigations.api.assistance import ContributionViewSet, NeedViewSet, OfferViewSet
from investigations.api.case import CaseViewSet
from investigations.api.casualty_count import CasualtyViewSet
from investigations.api.committed_value import CommittedValueViewSet
from investigations.api.handling import HandlingViewSet
from investigations.api.incident import IncidentViewSet
from investigations.api.membership import MembershipViewSet
from investigations.api.note import NoteViewSet
from investigations.api.notice import NoticeViewSet
from investigations.api.request import RequestViewSet
from investigations.api.site import SiteViewSet
from investigations.api.source import SourceViewSet
from investigations.api.source_report import SourceReportViewSet
from investigations.api.task import TaskViewSet

__all__ = [
    "CaseViewSet",
    "CasualtyViewSet",
    "CommittedValueViewSet",
    "ContributionViewSet",
    "HandlingViewSet",
    "IncidentViewSet",
    "MembershipViewSet",
    "NeedViewSet",
    "NoteViewSet",
    "NoticeViewSet",
    "OfferViewSet",
    "RequestViewSet",
    "SiteViewSet",
    "SourceReportViewSet",
    "SourceViewSet",
    "TaskViewSet",
]
