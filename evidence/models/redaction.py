"""Redactions: regions whose pixels are destroyed in a copy that may leave the team."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.models.digital_words import RedactionReason, RedactionState
from evidence.models.file import File
from investigations.models import CaseRecord, CaseRecordQuerySet


class RedactionQuerySet(CaseRecordQuerySet["Redaction"]):
    """Questions about redactions."""

    def waiting(self) -> "RedactionQuerySet":
        return self.filter(state=RedactionState.WAITING)


class Redaction(CaseRecord):
    """What is to be taken out of a picture, and the copy in which it is gone.

    `regions` are boxes in per mille, each with the reason for it. The picture itself is never
    touched; `copy` is a new file without its metadata, and a second person says whether it serves.
    """

    derives_from = ("file",)
    kept = True
    not_kept = ("regions",)

    file = models.ForeignKey(
        File, models.PROTECT, related_name="redactions", verbose_name=_("picture")
    )
    regions = models.JSONField(_("regions"))
    copy = models.OneToOneField(
        File,
        models.PROTECT,
        null=True,
        related_name="made_by_redaction",
        verbose_name=_("redacted copy"),
        editable=False,
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RedactionState,
        default=RedactionState.WAITING,
        editable=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
        editable=False,
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("reviewed by"),
        editable=False,
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)
    review_note = models.CharField(_("remark of the reviewer"), max_length=500, blank=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("made_by")),
                name="redaction_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RedactionState.ACCEPTED, RedactionState.RETURNED])
                | Q(reviewed_by__isnull=False, copy__isnull=False),
                name="redaction_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {len(self.regions)}"

    @property
    def waits_for_review(self) -> bool:
        """True once the copy is drawn, until another person has looked at it."""
        return self.state == RedactionState.DRAWN

    @property
    def reasons(self) -> list[str]:
        """Why, once for each reason, in the reader's language."""
        given = dict.fromkeys(region["reason"] for region in self.regions)
        return [str(RedactionReason(reason).label) for reason in given]
