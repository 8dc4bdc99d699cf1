"""Consent of the agencies that keep control of what a finding rests on, to that very text."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from attribution.models.finding import Finding
from attribution.models.submission import Submission
from investigations.models import CaseRecord, CaseRecordQuerySet


class OriginatorConsentQuerySet(CaseRecordQuerySet["OriginatorConsent"]):
    """Questions about consent."""

    def visible_to(self, user: User) -> "OriginatorConsentQuerySet":
        """Those to findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(submission__finding__in=seen)


class OriginatorConsent(CaseRecord):
    """An agency agrees that one version of a finding, which rests on what it gave, is released.

    `words` say who agreed for the agency, when, and in which letter. It holds for that version
    alone: what is handed in anew is put to the agency anew.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("submission",)
    append_only = True

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="consents", verbose_name=_("version handed in")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("originator")
    )
    words = models.TextField(
        _("who agreed, and how"),
        help_text=_("For instance: Col. A. Berg by letter 14/2 of 3 May, file 0412."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    objects = OriginatorConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("originator’s consent")
        verbose_name_plural = _("originators’ consents")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "agency"],
                name="originator_consents_once",
                violation_error_message=_("This agency has agreed to this version already."),
            ),
            models.CheckConstraint(condition=~Q(words=""), name="originator_consent_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}: {self.submission}"
