"""Rescorings: how far the links have come that are scored anew after the parameters changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record


class Rescoring(Record):
    """One round through all undecided links under one version of the parameters.

    It goes by the links' ids and keeps the last one, so that it goes on where it was stopped.
    `changed` counts links whose words or two-digit figure became others.
    """

    parameters_version = models.CharField(_("parameters"), max_length=40, unique=True)
    total = models.PositiveIntegerField(_("comparisons"))
    seen = models.PositiveIntegerField(_("scored anew"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    last = models.UUIDField(null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("rescoring")
        verbose_name_plural = _("rescorings")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.parameters_version}: {self.seen:,} / {self.total:,}"
