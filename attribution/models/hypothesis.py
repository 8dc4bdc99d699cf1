"""Hypotheses: answers that compete; two at least are proposed, beside the two of every case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attribution.models.actor import Actor
from attribution.models.vocabulary import Level
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import VersionedCaseRecord


class HypothesisQuerySet(WholeTeamQuerySet["Hypothesis"]):
    """Questions about hypotheses."""

    def active(self) -> "HypothesisQuerySet":
        return self.filter(status=Hypothesis.Status.ACTIVE)

    def proposed(self) -> "HypothesisQuerySet":
        """Those that somebody proposed, without the two that every case has."""
        return self.filter(kind=Hypothesis.Kind.ORDINARY)

    def with_lists(self) -> "HypothesisQuerySet":
        return self.select_related("case", "subject", "proposer")


class Hypothesis(VersionedCaseRecord):
    """One statement that could be shown to be wrong, weighed beside its rivals.

    Every case that has one also has “none of the others” and “deception or false flag”. Whoever
    proposes one says what would refute it; older ones may lack it until they are next changed.
    """

    derives_from = ("subject", "supersedes")
    kept = True

    class Status(models.TextChoices):
        """Whether it still competes."""

        ACTIVE = "active", _("active")
        REJECTED = "rejected", _("rejected")
        SUPERSEDED = "superseded", _("superseded")

    class Kind(models.TextChoices):
        """Whether somebody proposed it or it is always there."""

        ORDINARY = "ordinary", _("proposed")
        OTHER = "other", _("none of the others")
        DECEPTION = "deception", _("deception or false flag")

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    statement = models.TextField(
        _("statement"), help_text=_("One sentence that evidence could show to be wrong.")
    )
    refuted_by = models.TextField(
        _("what would show it to be wrong"),
        blank=True,
        help_text=_("Evidence that, if found, would make you give it up."),
    )
    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level, default=Level.UNKNOWN, help_text=_("One rung, never two.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.ORDINARY, editable=False
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.ACTIVE, editable=False
    )
    status_reason = models.TextField(_("why it no longer competes"), blank=True, editable=False)
    subject = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hypotheses",
        verbose_name=_("subject"),
        help_text=_("Whom it is about, if anybody: not a finding."),
    )
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
        editable=False,
    )
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
        editable=False,
    )

    objects = HypothesisQuerySet.as_manager()

    class Meta:
        verbose_name = _("hypothesis")
        verbose_name_plural = _("hypotheses")
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="hypothesis_ref_once_per_case"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=~Q(kind="ordinary"),
                name="hypothesis_standing_once_per_case",
            ),
            models.CheckConstraint(
                condition=Q(level__lte=Level.INDIVIDUALS), name="hypothesis_level_on_ladder"
            ),
            models.CheckConstraint(
                condition=Q(status="active") | ~Q(status_reason=""),
                name="hypothesis_ends_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.statement[:80]}"

    @property
    def is_active(self) -> bool:
        """True while it competes."""
        return self.status == self.Status.ACTIVE

    @property
    def is_standing(self) -> bool:
        """True for the two that every case has."""
        return self.kind != self.Kind.ORDINARY

    @property
    def lacks_refutation(self) -> bool:
        """True while nobody has said what would show a proposed one to be wrong."""
        return not self.is_standing and not self.refuted_by.strip()
