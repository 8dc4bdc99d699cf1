"""Tasks: what somebody on the case still has to do."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.zones import today
from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord
from investigations.models.incident import Incident


class TaskQuerySet(CaseRecordQuerySet["Task"]):
    """Questions about tasks."""

    def outstanding(self) -> "TaskQuerySet":
        return self.filter(done_at__isnull=True)

    def overdue(self) -> "TaskQuerySet":
        """Those whose day has passed before they were done."""
        return self.outstanding().filter(due__lt=today())


class Task(VersionedCaseRecord):
    """One thing to do, by whom and by when."""

    derives_from = ("incident",)
    kept = True

    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("what is to be done"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    due = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["done_at", "due", "created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """True once its day has passed before it was done."""
        return bool(self.due and not self.done_at and self.due < today())
