"""Transformations: what was done to a file to make a copy of it, with what, by whom and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models.file import File
from investigations.models import CaseRecord, CaseRecordQuerySet


class Transformation(CaseRecord):
    """One step from an original, or from another copy, to a copy; never changed."""

    derives_from = ("file",)
    born_shared = True

    file = models.ForeignKey(
        File, models.PROTECT, related_name="transformations", verbose_name=_("copy")
    )
    tool = models.CharField(_("tool"), max_length=120)
    tool_version = models.CharField(_("version of the tool"), max_length=60)
    parameters = models.CharField(
        _("parameters"),
        max_length=1000,
        blank=True,
        help_text=_("As they would have to be set to do it again."),
    )
    reason = models.CharField(_("why"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
        editable=False,
    )

    objects = CaseRecordQuerySet["Transformation"].as_manager()

    class Meta:
        verbose_name = _("transformation")
        verbose_name_plural = _("transformations")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file}: {self.tool} {self.tool_version}"
