"""Follow-ups: what somebody has to look at again after a measure, by which day, and what came."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attribution.models.measure import Measure
from attribution.models.measure_words import Trigger
from attribution.models.whole_team import WholeTeamQuerySet
from core.zones import today
from investigations.models import VersionedCaseRecord

SOON = timedelta(days=7)


class FollowUpQuerySet(WholeTeamQuerySet["FollowUp"]):
    """Questions about follow-ups."""

    def still_open(self) -> "FollowUpQuerySet":
        """Not closed, of measures that were not entered by mistake."""
        return self.filter(closed_at__isnull=True, measure__withdrawn_reason="")

    def overdue(self) -> "FollowUpQuerySet":
        return self.still_open().filter(due__lt=today())

    def due_soon(self) -> "FollowUpQuerySet":
        return self.still_open().filter(due__gte=today(), due__lte=today() + SOON)

    def with_lists(self) -> "FollowUpQuerySet":
        return self.select_related(
            "case", "owner", "set_by", "closed_by", "measure__release__finding"
        )


class FollowUp(VersionedCaseRecord):
    """One thing to look at again: what triggers it, whose it is, when it is due, how it ended."""

    derives_from: ClassVar[tuple[str, ...]] = ("measure",)
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("measure"),
        editable=False,
    )
    trigger = models.CharField(_("what triggers it"), max_length=20, choices=Trigger)
    task = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    due = models.DateField(_("due"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("set by"),
        editable=False,
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
        editable=False,
    )
    outcome = models.TextField(_("what came of it"), blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="follow_up_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="follow_up_closed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"], condition=Q(closed_at__isnull=True), name="follow_ups_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.get_trigger_display()}"

    @property
    def is_closed(self) -> bool:
        """True once somebody wrote down what came of it."""
        return self.closed_at is not None

    @property
    def is_overdue(self) -> bool:
        """True when its day has passed and nothing was written down."""
        return not self.is_closed and self.due < today()

    @property
    def state(self) -> str:
        """How far it has come, in one word."""
        if self.is_closed:
            return "done"
        return "overdue" if self.is_overdue else "open"

    @property
    def state_label(self) -> str:
        """The same in the reader's language."""
        words = {"done": _("closed"), "overdue": _("overdue"), "open": _("open")}
        return str(words[self.state])
