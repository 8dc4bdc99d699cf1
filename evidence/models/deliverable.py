"""Deliverables: what an agency is to hand over under an agreement, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.zones import today
from evidence.models.file import File
from evidence.models.lab_exam import LabExam
from investigations.models import (
    AssistanceOffer,
    CaseRecordQuerySet,
    VersionedCaseRecord,
)


class DeliverableQuerySet(CaseRecordQuerySet["Deliverable"]):
    """Questions about deliverables."""

    def outstanding(self) -> "DeliverableQuerySet":
        return self.filter(received_on__isnull=True)

    def overdue(self) -> "DeliverableQuerySet":
        """Those whose day has passed, and that did not come."""
        return self.outstanding().filter(due__lt=today())

    def with_lists(self) -> "DeliverableQuerySet":
        return self.select_related("case", "received_by")


class Deliverable(VersionedCaseRecord):
    """One thing that is due under an agreement: a report, a data set, a person's time.

    Once it is received, `file` or `exam` is what came, or `remarks` says what it was.
    """

    derives_from = ("offer", "file", "exam")
    kept = True

    offer = models.ForeignKey(
        AssistanceOffer, models.PROTECT, related_name="deliverables", verbose_name=_("agreement")
    )
    what = models.CharField(_("what is delivered"), max_length=300)
    due = models.DateField(_("due"), null=True, blank=True)
    received_on = models.DateField(_("received"), null=True, blank=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("received by"),
    )
    file = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    exam = models.ForeignKey(
        LabExam,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("examination"),
    )
    remarks = models.TextField(_("remarks"), blank=True)

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, file__isnull=True, exam__isnull=True)
                | Q(received_on__isnull=False, received_by__isnull=False),
                name="deliverable_received_by_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["due"], condition=Q(received_on__isnull=True), name="deliverables_due"
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_received(self) -> bool:
        """True once it came."""
        return self.received_on is not None

    @property
    def is_overdue(self) -> bool:
        """True when its day has passed, and it did not come."""
        return not self.is_received and self.due is not None and self.due < today()
