"""Assertions: what is held of an actor on one dimension, over which time, and on what it rests."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attribution.models.actor import Actor
from attribution.models.assertion_words import COUNTERED, Dimension, Standing
from attribution.models.whole_team import WholeTeamQuerySet
from core.grading import Credibility, Reliability
from investigations.models import VersionedCaseRecord


class AssertionQuerySet(WholeTeamQuerySet["Assertion"]):
    """Questions about assertions."""

    def standing(self) -> "AssertionQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_reason="")

    def with_lists(self) -> "AssertionQuerySet":
        return self.select_related("case", "actor", "author")


class Assertion(VersionedCaseRecord):
    """One dated and graded sentence about one actor, which cites what it rests on.

    Reliability (A–F) and credibility (1–6) stay apart; F and 6 are unknown. Nothing adds
    assertions up: there is no score, no rank and no total, and an assertion is no finding.
    """

    derives_from: ClassVar[tuple[str, ...]] = (
        "actor",
        "evidence__claim",
        "evidence__item",
        "evidence__link",
    )
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    actor = models.ForeignKey(
        Actor, models.PROTECT, related_name="assertions", verbose_name=_("actor")
    )
    dimension = models.CharField(_("dimension"), max_length=30, choices=Dimension)
    counters = models.CharField(
        _("speaks against"),
        max_length=30,
        choices=COUNTERED,
        blank=True,
        help_text=_("Only for a counter-indicator: on which dimension; none means all of them."),
    )
    statement = models.TextField(
        _("what is asserted"), help_text=_("In words, one thing, and no more than is cited.")
    )
    value = models.CharField(
        _("how far it is established"),
        max_length=20,
        choices=Standing,
        default=Standing.UNKNOWN,
    )
    valid_from = models.DateField(_("holds from"), null=True, blank=True)
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    reliability = models.CharField(
        _("source reliability"), max_length=1, choices=Reliability, default=Reliability.F
    )
    credibility = models.CharField(
        _("credibility"), max_length=1, choices=Credibility, default=Credibility.CANNOT_BE_JUDGED
    )
    rationale = models.TextField(_("why it is graded so"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asserted by"),
        editable=False,
    )
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)

    objects = AssertionQuerySet.as_manager()

    class Meta:
        verbose_name = _("assertion about an actor")
        verbose_name_plural = _("assertions about actors")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="assertion_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(counters="") | Q(dimension=Dimension.COUNTER),
                name="assertion_only_counter_indicator_counters",
                violation_error_message=_("Only a counter-indicator speaks against a dimension."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="assertion_ends_after_it_begins",
                violation_error_message=_("“Until” cannot be before “from”."),
            ),
            models.CheckConstraint(
                condition=Q(reliability="F", credibility="6") | ~Q(rationale=""),
                name="assertion_grade_has_reasons",
                violation_error_message=_("Say why it is graded so."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.get_dimension_display()}"

    @property
    def grade(self) -> str:
        """Both letters together as analysts write them, such as B3."""
        return f"{self.reliability}{self.credibility}"

    @property
    def is_withdrawn(self) -> bool:
        """True once its authors no longer hold it; it stays readable."""
        return bool(self.withdrawn_reason)

    @property
    def is_against(self) -> bool:
        """True for what speaks against the actor's involvement."""
        return self.dimension == Dimension.COUNTER
