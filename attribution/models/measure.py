"""Measures: what authorities announced and did on the strength of a released finding."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attribution.models.actor import Actor
from attribution.models.finding import Finding
from attribution.models.measure_words import AWAITING, DONE, MeasureKind, StepKind
from attribution.models.release import Release
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import VersionedCaseRecord


class MeasureQuerySet(WholeTeamQuerySet["Measure"]):
    """Questions about measures."""

    def standing(self) -> "MeasureQuerySet":
        """Those that were not entered by mistake."""
        return self.filter(withdrawn_reason="")

    def with_lists(self) -> "MeasureQuerySet":
        return self.select_related(
            *("case", "target", "entered_by", "release__finding__subject", "release__submission"),
            "release__decided_by",
        )


class Measure(VersionedCaseRecord):
    """One measure of one authority, which rests on one version of a finding that was released.

    It points at the release itself, so that none can exist before it: the text relied on is that
    release's submission, whatever becomes of the finding later. What happened stands in its steps.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("release", "target")
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    release = models.ForeignKey(
        Release,
        models.PROTECT,
        related_name="measures",
        verbose_name=_("released finding relied on"),
        editable=False,
    )
    kind = models.CharField(_("kind of measure"), max_length=30, choices=MeasureKind)
    authority = models.CharField(
        _("authority"), max_length=200, help_text=_("Who announced, adopted or did it.")
    )
    programme = models.CharField(
        _("programme"),
        max_length=200,
        blank=True,
        help_text=_("The sanctions programme, court or procedure, as the authority names it."),
    )
    target = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("against whom"),
    )
    remarks = models.TextField(_("remarks"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="measure_ref_once_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.get_kind_display()}"

    @property
    def finding(self) -> Finding:
        """The finding whose released version it rests on."""
        return self.release.finding

    @property
    def is_withdrawn(self) -> bool:
        """True once it is known to have been entered by mistake; it stays readable."""
        return bool(self.withdrawn_reason)

    @property
    def rests_on_what_stands(self) -> bool:
        """False once the finding relied on was superseded or withdrawn."""
        return self.finding.is_released

    @property
    def standing_steps(self) -> list[Any]:
        """What happened in the order of its days, without what was corrected since."""
        steps = list(self.steps.all())
        corrected = {step.corrects_id for step in steps}
        stand = [one for one in steps if one.pk not in corrected and one.kind != StepKind.NOT_SO]
        return sorted(stand, key=lambda step: (step.day, step.seq))

    @property
    def last_step(self) -> Any:
        """The newest thing that happened, or nothing."""
        return next(reversed(self.standing_steps), None)

    @property
    def state(self) -> StepKind | None:
        """Where it stands: its newest step that was not corrected."""
        return StepKind(self.last_step.kind) if self.last_step else None

    @property
    def is_carried_out(self) -> bool:
        """True once it came into force or was carried out, whatever came after."""
        return any(step.kind in DONE for step in self.standing_steps)

    @property
    def is_symbolic(self) -> bool:
        """True while it is words: announced, perhaps adopted, and never carried out."""
        return not self.is_carried_out

    @property
    def began_before_release(self) -> bool:
        """True where its first step lies before the release that it is said to rest on."""
        first = next(iter(self.standing_steps), None)
        released = timezone.localtime(self.release.decided_at).date()
        return bool(first and first.day < released)

    def days_silent(self, today: date) -> int | None:
        """For how many days nothing followed an announcement; None where nothing is awaited."""
        last = self.last_step
        if self.is_withdrawn or last is None or self.state not in AWAITING or self.is_carried_out:
            return None
        silence: timedelta = today - last.day
        return silence.days
