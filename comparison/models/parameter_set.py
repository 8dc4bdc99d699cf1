"""Parameter sets: the numbers of the method, each version with who adopted it and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record


class ParameterSet(Record):
    """One version of the method's parameters; the latest is in force, none is ever changed."""

    name = models.CharField(_("version"), max_length=40, unique=True)
    values = models.JSONField(_("values"))
    reason = models.TextField(_("why it was adopted"))
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("adopted by")
    )

    class Meta:
        verbose_name = _("parameter set")
        verbose_name_plural = _("parameter sets")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
