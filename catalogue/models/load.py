"""Which data files have been loaded, so that an unchanged file is not read again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.review import ReferenceQuerySet
from core.models import Record


class DataLoadQuerySet(ReferenceQuerySet["DataLoad"]):
    """Questions about loads."""


class DataLoad(Record):
    """One file of `catalogue/data`, as it was when it was last loaded."""

    file = models.CharField(_("file"), max_length=80)
    version = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField("SHA-256", max_length=64)
    rows_read = models.PositiveIntegerField(_("rows read"))
    rows_folded = models.PositiveIntegerField(
        _("folded"), default=0, help_text=_("Duplicates in the source, joined to another row.")
    )
    rows_created = models.PositiveIntegerField(_("created"))
    rows_changed = models.PositiveIntegerField(_("changed"))
    rows_unchanged = models.PositiveIntegerField(_("unchanged"))
    rows_kept = models.PositiveIntegerField(
        _("kept"), help_text=_("Left as they are, because somebody has reviewed or edited them.")
    )

    objects = DataLoadQuerySet.as_manager()

    class Meta:
        verbose_name = _("data load")
        verbose_name_plural = _("data loads")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["file", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.file} {self.version}"
