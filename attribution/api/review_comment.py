"""REST: comments on the paragraphs of a version, and what is said in return."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution import services
from attribution.filters import ReviewCommentFilter
from attribution.models import ReviewComment, ReviewReply, Submission
from attribution.models.vocabulary import Passage
from core.rest import RecordViewSet, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer


class ReviewReplySerializer(RowSerializer[ReviewReply]):
    """What somebody said in return."""

    class Meta:
        model = ReviewReply
        fields = ["id", "kind", "text", "author", "created_at"]


class ReviewCommentSerializer(RowSerializer[ReviewComment]):
    """One remark on one paragraph; the newest of its replies says whether it is resolved."""

    replies: Any = ReviewReplySerializer(many=True, read_only=True)
    is_resolved = serializers.SerializerMethodField()

    class Meta:
        model = ReviewComment
        fields = [
            *("id", "case", "submission", "passage", "paragraph", "quote", "text", "author"),
            *("created_at", "is_resolved", "replies"),
        ]

    def get_is_resolved(self, comment: ReviewComment) -> bool:
        newest = list(comment.replies.all())[-1:]
        return any(reply.settles for reply in newest)


class ReviewCommentInput(StrictSerializer):
    """A paragraph of the version that is being judged, by passage and number, and the remark."""

    submission = VisibleField(queryset=Submission.objects.all())
    passage = serializers.ChoiceField(choices=Passage.choices)
    paragraph = serializers.IntegerField(min_value=1, max_value=10_000)
    text = serializers.CharField()
    quote = serializers.CharField(required=False, allow_blank=True, default="")


class ReplyInput(StrictSerializer):
    """What is said in return."""

    text = serializers.CharField()


class ReviewCommentViewSet(RecordViewSet[ReviewComment]):
    """Comments on the findings that you may read."""

    policy = SIGNED_IN
    decides = ("resolve",)
    model = ReviewComment
    serializer_class = ReviewCommentSerializer
    filterset_class = ReviewCommentFilter
    relations = ("case",)
    inputs = {"create": ReviewCommentInput, "answer": ReplyInput, "resolve": ReplyInput}

    def get_queryset(self) -> QuerySet[ReviewComment]:
        """Each with what was said in return."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        replies = ReviewReply.objects.visible_to(person(self.request)).order_by("id")
        return rows.prefetch_related(Prefetch("replies", replies))

    @extend_schema(request=ReviewCommentInput, responses={201: ReviewCommentSerializer})
    def create(self, request: Request) -> Response:
        """Remark on a paragraph of the version that is being judged; nobody does of their own."""
        facts = self.read_body(request)
        submission = facts.pop("submission")
        comment = services.raise_comment(submission, by=person(request), **facts)
        return self.show(comment, status=201)

    @extend_schema(request=ReplyInput, responses=ReviewCommentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str | None = None) -> Response:
        """Say something in return; the comment is open from then on."""
        comment, said = self.get_object(), self.read_body(request)
        services.answer_comment(comment, by=person(request), **said)
        return self.show(comment)

    @extend_schema(request=ReplyInput, responses=ReviewCommentSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, pk: str | None = None) -> Response:
        """Settle it with words: an author of the finding does, or whoever raised it."""
        comment, said = self.get_object(), self.read_body(request)
        services.resolve_comment(comment, by=person(request), **said)
        return self.show(comment)
