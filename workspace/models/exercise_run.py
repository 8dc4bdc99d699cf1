"""The loading of the exercise: who asked for it, and how far it has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record


class ExerciseRunQuerySet(models.QuerySet["ExerciseRun"]):
    """Questions about loadings."""

    def unfinished(self) -> "ExerciseRunQuerySet":
        return self.filter(state__in=ExerciseRun.UNFINISHED)

    def unloaded(self) -> "ExerciseRunQuerySet":
        """To be loaded, or failed and perhaps tried again."""
        return self.exclude(state=ExerciseRun.State.READY)


class ExerciseRun(Record):
    """One request to fill an empty installation with the exercise.

    `cast` lists (user name, roles in words) once it is loaded. `error` is an English msgid.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting")
        LOADING = "loading", _("being loaded")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    UNFINISHED = (State.WAITING, State.LOADING)

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
        editable=False,
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING, editable=False
    )
    step = models.CharField(_("step"), max_length=200, blank=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True, editable=False)
    cast = models.JSONField(_("cast"), default=list, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    objects = ExerciseRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("loading of the exercise")
        verbose_name_plural = _("loadings of the exercise")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.state} {self.done}/{self.total}"

    @property
    def is_unfinished(self) -> bool:
        """True while a worker has it or will have it."""
        return self.state in self.UNFINISHED

    @property
    def is_ready(self) -> bool:
        """True when the exercise can be walked."""
        return self.state == self.State.READY
