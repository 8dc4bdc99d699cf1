"""Notes: what somebody on the case wrote down; a note is added, never rewritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from investigations.models.case_record import CaseRecord, CaseRecordQuerySet
from investigations.models.incident import Incident


class Note(CaseRecord):
    """One signed and dated remark."""

    derives_from = ("incident",)
    kept = True

    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    text = models.TextField(_("note"))

    objects = CaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:60]
