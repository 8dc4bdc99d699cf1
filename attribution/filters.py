"""By what the REST lists of statements, claims, actors, assertions and findings can be narrowed."""

from attribution.models import (
    Actor,
    Assertion,
    Claim,
    Finding,
    MatrixRow,
    MatrixSnapshot,
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


class ReviewCommentFilter(VisibleFilterSet):
    """?case=…&submission=…&passage=statement"""

    class Meta:
        model = ReviewComment
        fields = ["case", "submission", "passage", "author"]
