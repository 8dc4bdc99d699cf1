"""Questions: each version of a component's facts that was held against cases its team can't see."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.models import Component
from investigations.models import Case, CaseRecord, CaseRecordQuerySet

DAY, MONTH = timedelta(days=1), timedelta(days=30)


class QuestionQuerySet(CaseRecordQuerySet["Question"]):
    """Questions about what was asked of others' cases."""

    def waiting(self) -> "QuestionQuerySet":
        return self.filter(answered_at__isnull=True)

    def put_since(self, moment: datetime) -> "QuestionQuerySet":
        """Those that a team's own entries put and that were answered since."""
        return self.filter(is_own=True, answered_at__gt=moment)

    def about(self, component: Component) -> "QuestionQuerySet":
        return self.filter(component=component)

    def of_case(self, case: Case) -> "QuestionQuerySet":
        return self.filter(case=case)


class Question(CaseRecord):
    """One version of a component's facts, and when others' cases answered it, or will.

    `is_own` tells what the team itself entered from what others' entries made worth a second look.
    Answering few a day bounds what can be found out by editing a description again and again.
    """

    derives_from = ("component",)

    component = models.ForeignKey(
        Component, models.CASCADE, related_name="questions", verbose_name=_("component")
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    is_own = models.BooleanField(_("put by the team"), default=True)
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to other agencies")
        verbose_name_plural = _("questions to other agencies")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["component"],
                condition=Q(answered_at__isnull=True),
                name="question_waits_once",
            )
        ]
        indexes = [
            models.Index(fields=["component", "answered_at"], name="question_of_component"),
            models.Index(fields=["case", "answered_at"], name="question_of_case"),
            models.Index(
                fields=["due_at"], condition=Q(answered_at__isnull=True), name="question_due"
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint[:8]
