"""Jobs: work that is owed, written down with the change that made it necessary."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.models.record import Record

LEASE = timedelta(seconds=20)
"""How long a silent worker keeps a job; a living one renews it every few seconds."""


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about jobs; the database's clock is the only one they ask."""

    def of(self, task: str) -> "JobQuerySet":
        return self.filter(task=task)

    def idle(self) -> "JobQuerySet":
        """Unfinished, and in nobody's hands: waiting, or left behind by a worker that died."""
        return self.filter(
            Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lte=Now())
        )

    def ready(self) -> "JobQuerySet":
        """Idle, and not to be left alone for a while after a failure."""
        return self.idle().exclude(state=Job.State.WAITING, run_after__gt=Now())

    def unheard(self) -> "JobQuerySet":
        """Those whose bell is to be rung again by now."""
        return self.filter(state__in=Job.UNFINISHED, ring_at__lte=Now())

    def unsettled(self) -> "JobQuerySet":
        """All that are not done: they wait, run, or have failed."""
        return self.exclude(state=Job.State.DONE)


class Job(Record):
    """One piece of work on one row: its task, the row's id, and how far it has come.

    There is one job for a task and a row, however often it is asked for. `attempt` is the fence:
    it grows with each worker that takes the job up, and only the newest may write what it found.
    `failures` counts since it was last asked for; at `ring_at` the sweep rings for it (again).
    Nothing here tells what a case is about.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    UNFINISHED = (State.WAITING, State.RUNNING)

    task = models.CharField(_("task"), max_length=100, editable=False)
    row = models.UUIDField(_("row"), editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING, editable=False
    )
    again = models.BooleanField(_("asked for again meanwhile"), default=False, editable=False)
    attempt = models.PositiveIntegerField(_("attempt"), default=0, editable=False)
    failures = models.PositiveIntegerField(_("failures"), default=0, editable=False)
    run_after = models.DateTimeField(_("not before"), db_default=Now(), editable=False)
    ring_at = models.DateTimeField(_("rung again"), db_default=Now(), editable=False)
    lease_until = models.DateTimeField(_("lease ends"), null=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=100, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["row", "task"], name="job_once_for_task_and_row"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="job_running_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "failed"]) | Q(finished_at__isnull=False),
                name="job_ended_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ring_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="jobs_unfinished",
            ),
            models.Index(fields=["finished_at"], condition=Q(state="done"), name="jobs_done"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.row}"
