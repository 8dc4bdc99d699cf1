"""Comments on a paragraph of a version that was handed in, and what was said in return."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.finding import Finding
from attribution.models.submission import Submission
from attribution.models.vocabulary import Passage
from investigations.models import CaseRecord, CaseRecordQuerySet


class ReviewCommentQuerySet(CaseRecordQuerySet["ReviewComment"]):
    """Questions about comments."""

    def visible_to(self, user: User) -> "ReviewCommentQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(submission__finding__in=seen)

    def of(self, finding: Finding) -> "ReviewCommentQuerySet":
        """Those on any version of a finding."""
        return self.filter(submission__finding=finding)

    def with_state(self) -> "ReviewCommentQuerySet":
        """Each with the sort of its newest reply as `newest`, empty where there is none."""
        newest = ReviewReply.objects.filter(comment=OuterRef("pk")).order_by("-id").values("kind")
        return self.annotate(newest=Coalesce(Subquery(newest[:1]), Value("")))

    def unresolved(self) -> "ReviewCommentQuerySet":
        """Those whose newest reply does not resolve them: they block approval and release."""
        rows: ReviewCommentQuerySet = self.with_state()
        return rows.exclude(**{"newest": ReviewReply.Kind.RESOLVES})


class ReviewComment(CaseRecord):
    """One remark of a reviewer on one paragraph, with the words that it is about.

    `paragraph` counts from 1 within the passage of that version. It is never changed: what is
    said in return stands in replies, and the newest of them says whether it is resolved.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("submission",)
    append_only = True

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="comments", verbose_name=_("version handed in")
    )
    passage = models.CharField(_("passage"), max_length=30, choices=Passage)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    quote = models.TextField(_("words it is about"))
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("raised by")
    )

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a paragraph")
        verbose_name_plural = _("comments on paragraphs")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paragraph__gte=1) & ~Q(quote="") & ~Q(text=""),
                name="review_comment_says_where_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_passage_display()} {self.paragraph}: {self.text[:60]}"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its version."""
        return f"comment-{self.pk}"

    @property
    def form_id(self) -> str:
        """What the form of its replies is called there."""
        return f"reply-to-{self.pk}"


class ReviewReplyQuerySet(CaseRecordQuerySet["ReviewReply"]):
    """Questions about what was said in return."""

    def visible_to(self, user: User) -> "ReviewReplyQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(comment__submission__finding__in=seen)


class ReviewReply(CaseRecord):
    """What somebody said in return to a comment: an answer, or words that resolve it.

    Nothing of it is ever changed; an answer after a resolution opens the comment again.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("comment",)
    append_only = True

    class Kind(models.TextChoices):
        """What the reply does."""

        ANSWERS = "answers", _("answers, and leaves it open")
        RESOLVES = "resolves", _("resolves it")

    comment = models.ForeignKey(
        ReviewComment, models.PROTECT, related_name="replies", verbose_name=_("comment")
    )
    kind = models.CharField(_("what the reply does"), max_length=10, choices=Kind)
    text = models.TextField(_("reply"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )

    objects = ReviewReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to a comment")
        verbose_name_plural = _("replies to comments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="review_reply_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"

    @property
    def settles(self) -> bool:
        """True for words that resolve the comment, until something else is said."""
        return self.kind == self.Kind.RESOLVES
