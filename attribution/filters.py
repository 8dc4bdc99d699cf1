"""By what the REST lists of attribution can be narrowed."""

from django_filters import rest_framework as filters

from attribution.models import (
    Actor,
    Assertion,
    Claim,
    Finding,
    FollowUp,
    Hypothesis,
    MatrixRow,
    MatrixSnapshot,
    Measure,
    PostMortem,
    ReviewComment,
    Sheet,
    Statement,
)
from core.filters import VisibleFilterSet


class StatementFilter(VisibleFilterSet):
    """?case=…&source=…&speaks_as=detainee"""

    class Meta:
        model = Statement
        fields = ["case", "source", "speaks_as", "record_kind"]


class ClaimFilter(VisibleFilterSet):
    """?case=…&incident=…&fact=time&stance=denies&credibility=2"""

    class Meta:
        model = Claim
        fields = [
            *("case", "stance", "fact", "incident", "item", "component", "actor", "statement"),
            *("answers", "reliability", "credibility", "interested_party", "suspected_deception"),
        ]


class ActorFilter(VisibleFilterSet):
    """?case=…&kind=facade-front-brand"""

    class Meta:
        model = Actor
        fields = ["case", "kind"]


class AssertionFilter(VisibleFilterSet):
    """?case=…&actor=…&dimension=motive&value=demonstrated"""

    class Meta:
        model = Assertion
        fields = ["case", "actor", "dimension", "value", "reliability", "credibility", "author"]


class HypothesisFilter(VisibleFilterSet):
    """?case=…&status=active&kind=ordinary&supersedes=…"""

    class Meta:
        model = Hypothesis
        fields = ["case", "kind", "status", "level", "subject", "proposer", "supersedes"]


class FindingFilter(VisibleFilterSet):
    """?case=…&status=released&level=3"""

    class Meta:
        model = Finding
        fields = ["case", "hypothesis", "status", "level"]


class MatrixRowFilter(VisibleFilterSet):
    """?case=…&credibility=H"""

    class Meta:
        model = MatrixRow
        fields = ["case", "claim", "item", "source_report", "credibility", "relevance"]


class SheetFilter(VisibleFilterSet):
    """?case=…&analyst=…"""

    class Meta:
        model = Sheet
        fields = ["case", "analyst", "number"]


class MatrixSnapshotFilter(VisibleFilterSet):
    """?case=…"""

    class Meta:
        model = MatrixSnapshot
        fields = ["case", "number"]


class PostMortemFilter(VisibleFilterSet):
    """?case=…"""

    class Meta:
        model = PostMortem
        fields = ["case"]


class MeasureFilter(VisibleFilterSet):
    """?case=…&finding=…&kind=asset-freeze&target=…"""

    finding = filters.ModelChoiceFilter(
        field_name="release__finding", queryset=Finding.objects.all()
    )

    class Meta:
        model = Measure
        fields = ["case", "kind", "target"]


class FollowUpFilter(VisibleFilterSet):
    """?case=…&measure=…&trigger=renewal&open=true"""

    open = filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull")

    class Meta:
        model = FollowUp
        fields = ["case", "measure", "trigger"]


class ReviewCommentFilter(VisibleFilterSet):
    """?case=…&submission=…&passage=statement"""

    class Meta:
        model = ReviewComment
        fields = ["case", "submission", "passage", "author"]
