"""Steps of measures: what happened to them on which day; none is ever changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.measure import Measure
from attribution.models.measure_words import StepKind
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import CaseRecord


class MeasureStepQuerySet(WholeTeamQuerySet["MeasureStep"]):
    """Questions about steps."""

    def visible_to(self, user: User) -> "MeasureStepQuerySet":
        """Those of the measures that `user` may read."""
        seen = Measure.objects.visible_to(user)
        return super().visible_to(user).filter(measure__in=seen)

    def with_people(self) -> "MeasureStepQuerySet":
        return self.select_related("case", "entered_by", "corrects")


class MeasureStep(CaseRecord):
    """One thing that happened to a measure, with where it stands in law and where it was told.

    `seq` is the how-manieth entry of its measure. A wrong step stays: a later one names it in
    `corrects` and takes its place, or says that it did not happen, with the reason in `words`.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("measure",)
    append_only: ClassVar[bool] = True

    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        related_name="steps",
        verbose_name=_("measure"),
        editable=False,
    )
    seq = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(_("what happened"), max_length=20, choices=StepKind)
    day = models.DateField(_("on which day"), default=timezone.localdate)
    legal_ref = models.CharField(
        _("legal reference"),
        max_length=300,
        blank=True,
        help_text=_("The decision, its number and where it was published."),
    )
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    words = models.TextField(_("words"), blank=True)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )

    objects = MeasureStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a measure")
        verbose_name_plural = _("steps of measures")
        ordering = ["measure", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "seq"], name="measure_step_numbered_once"),
            models.UniqueConstraint(
                fields=["corrects"],
                name="measure_step_corrected_once",
                violation_error_message=_("It was corrected already: correct the correction."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="measure_step_corrects_another",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(words=""),
                name="measure_step_corrected_with_reason",
                violation_error_message=_("Say why it was wrong."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="not-so") | Q(corrects__isnull=False),
                name="measure_step_that_was_not_names_one",
                violation_error_message=_("Say which step did not happen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} · {self.get_kind_display()}"
