"""Needs: what a case cannot do by itself, how soon it is needed, and how far the help has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.zones import today
from investigations.models.assistance_words import (
    UNANSWERED,
    UNDER_WAY,
    Capability,
    NeedStatus,
    Urgency,
)
from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord


class AssistanceNeedQuerySet(CaseRecordQuerySet["AssistanceNeed"]):
    """Questions about needs."""

    def expired(self) -> "AssistanceNeedQuerySet":
        """Those whose day has passed with nothing agreed on."""
        return self.filter(status__in=UNANSWERED, needed_by__lt=today())

    def with_lists(self) -> "AssistanceNeedQuerySet":
        return self.select_related("case", "entered_by")


class AssistanceNeed(VersionedCaseRecord):
    """One thing that the investigation needs of others, such as a laboratory or a dive team.

    `status` is what people did; that the day has passed with nothing agreed on is told by
    `standing`, which nobody has to write.
    """

    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    capability = models.CharField(_("capability"), max_length=30, choices=Capability)
    description = models.TextField(_("what is needed"))
    urgency = models.CharField(
        _("urgency"), max_length=20, choices=Urgency, default=Urgency.ROUTINE
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=NeedStatus, default=NeedStatus.OPEN, editable=False
    )
    status_reason = models.TextField(_("reason"), blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )

    objects = AssistanceNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of assistance")
        verbose_name_plural = _("needs of assistance")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="need_ref_once_per_case"),
            models.CheckConstraint(
                condition=~models.Q(status=NeedStatus.DECLINED) | ~models.Q(status_reason=""),
                name="need_declined_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="needs_of_case")]

    def __str__(self) -> str:
        return f"{self.ref} {self.get_capability_display()}"

    @property
    def is_expired(self) -> bool:
        """True when its day has passed with nothing agreed on."""
        late = self.needed_by is not None and self.needed_by < today()
        return late and self.status in UNANSWERED

    @property
    def standing(self) -> NeedStatus:
        """How far it has come today."""
        return NeedStatus.EXPIRED if self.is_expired else NeedStatus(self.status)

    @property
    def is_under_way(self) -> bool:
        """True while help is still looked for, or on its way."""
        return self.status in UNDER_WAY
