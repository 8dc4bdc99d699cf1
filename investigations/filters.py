"""By what the REST lists of cases, incidents, sources and assistance can be narrowed."""

from django_filters import rest_framework as filters

from core.filters import VisibleFilterSet
from investigations.models import (
    AssistanceNeed,
    AssistanceOffer,
    Case,
    CasualtyCount,
    ContributionRequest,
    Incident,
    Membership,
    Note,
    Notice,
    Request,
    Site,
    Source,
    SourceReport,
    Task,
)


class CaseFilter(VisibleFilterSet):
    """?status=open&created_after=2026-01-01"""

    created_after = filters.IsoDateTimeFilter("created_at", lookup_expr="gte")

    class Meta:
        model = Case
        fields = ["ref", "status", "stage", "outcome", "tlp"]


class IncidentFilter(VisibleFilterSet):
    """?case=…&theatre=…&occurred_after=…&attack_mode=…"""

    occurred_after = filters.IsoDateTimeFilter("occurred_from", lookup_expr="gte")
    occurred_before = filters.IsoDateTimeFilter("occurred_from", lookup_expr="lt")

    class Meta:
        model = Incident
        fields = ["case", "theatre", "country", "attack_mode", "status", "weapon_model"]


class SiteFilter(VisibleFilterSet):
    """?case=…&incident=…&kind=impact"""

    class Meta:
        model = Site
        fields = ["case", "incident", "kind", "safe_status"]


class SourceFilter(VisibleFilterSet):
    """?case=…&kind=witness&protection=protected"""

    class Meta:
        model = Source
        fields = ["case", "kind", "pseudonym", "protection", "interested_party"]


class SourceReportFilter(VisibleFilterSet):
    """?case=…&incident=…&source=…&reliability=B"""

    class Meta:
        model = SourceReport
        fields = [
            *("case", "incident", "source", "reliability", "credibility", "party_to_conflict"),
        ]


class CasualtyFilter(VisibleFilterSet):
    """?case=…&incident=…&harm=killed"""

    class Meta:
        model = CasualtyCount
        fields = ["case", "incident", "harm", "group"]


class MembershipFilter(VisibleFilterSet):
    """?case=…&user=amal&has_ended=false"""

    user = filters.CharFilter("user__username")
    has_ended = filters.BooleanFilter("ended_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Membership
        fields = ["case"]


class NeedFilter(VisibleFilterSet):
    """?case=…&capability=DVI&urgency=immediate&status=open&needed_before=2026-01-31"""

    needed_before = filters.DateFilter("needed_by", lookup_expr="lt")

    class Meta:
        model = AssistanceNeed
        fields = ["case", "capability", "urgency", "status"]


class ContributionFilter(VisibleFilterSet):
    """?case=…&need=…&answer=waiting&due_before=2026-01-31"""

    due_before = filters.DateFilter("due", lookup_expr="lt")

    class Meta:
        model = ContributionRequest
        fields = ["case", "need", "answer"]


class OfferFilter(VisibleFilterSet):
    """?case=…&need=…&asked=…&decision=accepted"""

    class Meta:
        model = AssistanceOffer
        fields = ["case", "need", "asked", "capability", "decision"]


class RequestFilter(VisibleFilterSet):
    """?case=…&kind=disposal"""

    class Meta:
        model = Request
        fields = ["case", "kind"]


class TaskFilter(VisibleFilterSet):
    """?case=…&incident=…&owner=amal&is_done=false&due_before=2026-01-31"""

    owner = filters.CharFilter("owner__username")
    is_done = filters.BooleanFilter("done_at", lookup_expr="isnull", exclude=True)
    due_before = filters.DateFilter("due", lookup_expr="lt")

    class Meta:
        model = Task
        fields = ["case", "incident"]


class NoteFilter(VisibleFilterSet):
    """?case=…&incident=…&author=amal"""

    author = filters.CharFilter("author__username")

    class Meta:
        model = Note
        fields = ["case", "incident"]


class NoticeFilter(VisibleFilterSet):
    """?case=…&kind=mentioned&is_seen=false&subject_id=…"""

    is_seen = filters.BooleanFilter("seen_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Notice
        fields = ["case", "kind", "subject_id"]
