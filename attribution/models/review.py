"""Review: what the reviewers said of a version that was handed in, and who disagrees."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.finding import Finding
from attribution.models.submission import Submission
from attribution.models.vocabulary import BANDS, Confidence, Likelihood, Standard
from investigations.models import CaseRecord, CaseRecordQuerySet


class ReviewQuerySet(CaseRecordQuerySet["Review"]):
    """Questions about reviews."""

    def visible_to(self, user: User) -> "ReviewQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(finding__in=seen)


class Review(CaseRecord):
    """One reviewer's verdict on one handed-in version; the reviewer is never an author."""

    derives_from = ("finding",)

    class Verdict(models.TextChoices):
        """What the reviewer decides."""

        APPROVE = "approve", _("approve")
        RETURN = "return", _("return to the authors")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="reviews")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewer")
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    standards_met = ArrayField(
        models.CharField(max_length=20, choices=Standard),
        verbose_name=_("checklist"),
        default=list,
        blank=True,
    )
    comment = models.TextField(_("comment"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "reviewer"], name="review_once_per_version"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="approve") | Q(standards_met__len=len(Standard)),
                name="review_approves_on_all_nine",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="return") | ~Q(comment=""), name="review_returns_with_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} · {self.get_verdict_display()}"


class DissentQuerySet(CaseRecordQuerySet["Dissent"]):
    """Questions about dissent."""

    def visible_to(self, user: User) -> "DissentQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(finding__in=seen)


class Dissent(CaseRecord):
    """A signed minority view with its own likelihood: it prints in the same report.

    Once the finding was handed in nobody removes it.
    """

    derives_from = ("finding",)

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="dissents")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    text = models.TextField(_("dissenting view"))
    # Empty only in rows from before it was asked for; they are told as "not stated".
    likelihood = models.CharField(_("own likelihood"), max_length=30, choices=Likelihood)
    confidence = models.CharField(
        _("own confidence"), max_length=10, choices=Confidence, blank=True
    )

    objects = DissentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dissent")
        verbose_name_plural = _("dissents")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"

    @property
    def likelihood_band(self) -> str:
        """The probability that the likelihood's words stand for."""
        return BANDS.get(self.likelihood, "")
