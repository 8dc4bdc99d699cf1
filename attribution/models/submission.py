"""Submissions: the text of a finding, fixed each time its authors hand it in."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.finding import Finding
from core.scope import system_scope
from investigations.models import CaseRecord, CaseRecordQuerySet


class SubmissionQuerySet(CaseRecordQuerySet["Submission"]):
    """Questions about what was handed in."""

    def visible_to(self, user: User) -> "SubmissionQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(finding__in=seen)

    def newest_for(self, user: User) -> "Submission":
        """What was handed in last; PermissionDenied where its own label keeps it from `user`.

        Whoever is not shown it judges and releases no older version in its place.
        """
        with system_scope("which version is the newest does not hang on who asks"):
            newest = self.latest("number").pk
        shown = self.visible_to(user).filter(pk=newest).first()
        if shown is None:
            raise PermissionDenied(_now("The newest version of this finding is not yours to see."))
        return shown


class Submission(CaseRecord):
    """A finding exactly as its authors handed it in; reviews and releases are of this text.

    `text` holds every field and citation, `sha256` the digest of its canonical JSON, which is
    all that the ledger repeats of it: names stay out of the ledger.
    """

    derives_from = ("finding",)

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(_("number"))
    text = models.JSONField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed in by")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version handed in")
        verbose_name_plural = _("versions handed in")
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="submission_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.finding.ref} v{self.number}"
