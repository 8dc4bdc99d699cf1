"""Findings: what the investigation concludes, on one level, once others have signed it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.actor import Actor
from attribution.models.hypothesis import Hypothesis
from attribution.models.vocabulary import (
    BANDS,
    TWO_PERSON_LEVEL,
    Confidence,
    Level,
    Likelihood,
    Passage,
    StateLink,
)
from attribution.models.whole_team import WholeTeamQuerySet
from attribution.models.wording import keep_measures_apart
from investigations.models import (
    Duty,
    Membership,
    VersionedCaseRecord,
)
from investigations.models.membership import DUTIES

OVERSEERS = [
    role for role, duties in DUTIES.items() if duties & {Duty.REVIEW, Duty.RELEASE, Duty.MANAGE}
]
"""The roles that read a finding before its authors have handed it in."""


class FindingQuerySet(WholeTeamQuerySet["Finding"]):
    """Questions about findings."""

    def visible_to(self, user: User) -> "FindingQuerySet":
        """The only definition of who reads a finding.

        Nobody outside the team of its case, and no partner. Inside, everybody once it has been
        handed in; a draft, or one that was returned or given up before its release, is for its
        authors, the lead, the reviewers and the releasing authorities: half-made blame is not for
        the corridor.
        """
        authored = Finding.authors.through.objects.filter(finding=OuterRef("pk"), user=user)
        overseen = Membership.objects.current().filter(user=user, roles__overlap=OVERSEERS)
        known = Finding.HANDED_IN | Exists(authored) | Q(case__in=overseen.values("case"))
        return super().visible_to(user).filter(known)

    def handed_in(self) -> "FindingQuerySet":
        """Those whose text others judge or have judged, and nobody may change."""
        return self.filter(Finding.HANDED_IN)

    def released(self) -> "FindingQuerySet":
        return self.filter(status=Finding.Status.RELEASED)

    def awaiting_review(self) -> "FindingQuerySet":
        return self.filter(status=Finding.Status.IN_REVIEW)

    def awaiting_release(self) -> "FindingQuerySet":
        return self.filter(status=Finding.Status.APPROVED)

    def not_given_up(self) -> "FindingQuerySet":
        return self.exclude(status__in=[Finding.Status.SUPERSEDED, Finding.Status.WITHDRAWN])

    def successors_of(self, finding: "Finding") -> "FindingQuerySet":
        """What is written to take its place, or took it, whatever became of that; newest first."""
        return self.filter(supersedes=finding).exclude(Finding.GIVEN_UP).order_by("-id")

    def with_lists(self) -> "FindingQuerySet":
        return self.select_related("case", "hypothesis", "subject")


class Finding(VersionedCaseRecord):
    """One conclusion about one hypothesis on one rung of the ladder.

    `likelihood` says how probable the statement is (ICD 203 bands) and `confidence` how well it
    is supported: two fields, never one sentence. Whoever wrote a word of it is an author.
    Once handed in the text stands still; a released finding is only ever superseded.
    """

    derives_from = (
        *("hypothesis", "subject", "supersedes"),
        *("citations__item", "citations__source_report", "citations__link"),
    )
    kept = True

    class Status(models.TextChoices):
        """How far it has come; only `released` may name an actor outside the case."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in-review", _("in review")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        RELEASED = "released", _("released")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    REWRITABLE = (Status.DRAFT, Status.RETURNED)
    UNDER_JUDGEMENT = (Status.IN_REVIEW, Status.APPROVED)
    GIVEN_UP = Q(status=Status.WITHDRAWN, released_at__isnull=True)
    HANDED_IN = Q(submitted_at__isnull=False) & ~Q(status__in=REWRITABLE) & ~GIVEN_UP

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    hypothesis = models.ForeignKey(
        Hypothesis, models.PROTECT, related_name="findings", verbose_name=_("hypothesis")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    level_reason = models.TextField(
        _("why it stays below the level of the hypothesis"),
        blank=True,
        help_text=_("Needed when the finding claims less than the hypothesis."),
    )
    subject = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("subject"),
    )
    statement = models.TextField(
        _("statement"),
        validators=[keep_measures_apart],
        help_text=_("Who did what, without saying how sure you are: that follows below."),
    )
    state_link = models.CharField(
        _("link to a state"), max_length=40, choices=StateLink, blank=True
    )
    likelihood = models.CharField(_("likelihood"), max_length=30, choices=Likelihood, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, blank=True)
    confidence_basis = models.TextField(
        _("what the confidence rests on"),
        blank=True,
        validators=[keep_measures_apart],
        help_text=_("Quality and diversity of the sources, and how they agree."),
    )
    key_assumptions = models.TextField(_("key assumptions"), blank=True)
    alternatives_considered = models.TextField(_("alternatives considered"), blank=True)
    indicators_of_change = models.TextField(_("what would change this finding"), blank=True)
    limits = models.TextField(_("gaps and limits"), blank=True)
    no_contrary_reason = models.TextField(
        _("why no contrary evidence is cited"),
        blank=True,
        help_text=_("Needed when none is: say where it was looked for."),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("authors"), editable=False
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("supersedes"),
        editable=False,
    )
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="finding_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(level__lte=Level.INDIVIDUALS), name="finding_level_on_ladder"
            ),
            models.CheckConstraint(
                condition=~Q(status="released")
                | (
                    Q(released_at__isnull=False, submitted_at__isnull=False)
                    & ~Q(likelihood="")
                    & ~Q(confidence="")
                ),
                name="finding_released_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawal_reason=""),
                name="finding_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["case", "status"])]

    def __str__(self) -> str:
        return f"{self.ref} · {self.get_level_display()}"

    @property
    def likelihood_band(self) -> str:
        """The probability that the likelihood's words stand for, such as 55–80 %."""
        return BANDS.get(self.likelihood, "")

    @property
    def is_rewritable(self) -> bool:
        """True while its authors may change it."""
        return self.status in self.REWRITABLE

    @property
    def is_released(self) -> bool:
        """True when it may name its subject outside the case."""
        return self.status == self.Status.RELEASED

    @property
    def takes_two_to_release(self) -> bool:
        """From L5 on it says who used the weapon, so one authority proposes, another confirms."""
        return self.level >= TWO_PERSON_LEVEL

    @property
    def is_superseded(self) -> bool:
        """True once another finding took its place; it stays to be read as it was released."""
        return self.status == self.Status.SUPERSEDED

    @property
    def prose(self) -> list[str]:
        """The passages that its authors wrote, without those left empty."""
        passages = [getattr(self, passage) for passage in Passage.values]
        return [text for text in passages if text]

    def is_by(self, user: User) -> bool:
        """True when `user` wrote any of it."""
        return self.authors.filter(pk=user.pk).exists()

    def lets_read_past(self, said: Mapping[str, Any], user: User) -> bool:
        """What a draft said stays with those who read drafts, also once it was handed in."""
        status = said["status"]
        given_up = status == self.Status.WITHDRAWN and not said["released_at"]
        if said["submitted_at"] and status not in self.REWRITABLE and not given_up:
            return True
        oversees = {Duty.REVIEW, Duty.RELEASE, Duty.MANAGE} & self.case.duties(user)
        return bool(oversees) or self.is_by(user)
