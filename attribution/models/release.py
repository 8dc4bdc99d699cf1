"""Release: the deed that lets a finding, and a name, leave the case."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.finding import Finding
from attribution.models.submission import Submission
from attribution.models.vocabulary import Audience
from core.markings import Tlp
from investigations.models import CaseRecord, CaseRecordQuerySet


class ReleaseQuerySet(CaseRecordQuerySet["Release"]):
    """Questions about releases."""

    def visible_to(self, user: User) -> "ReleaseQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(finding__in=seen)


class Release(CaseRecord):
    """Who let which version go, to whom, under which marking; from L5 on it takes two people.

    Until the second one agrees there is only a request; `proposed_by` made it.
    """

    derives_from = ("finding",)

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="releases")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="releases")
    takes_two = models.BooleanField(_("takes two people"))
    audience = models.CharField(_("audience"), max_length=20, choices=Audience)
    tlp = models.CharField(_("marking"), max_length=20, choices=Tlp)
    conditions = models.TextField(_("conditions"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("authority")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"))

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["finding"], name="release_once"),
            models.CheckConstraint(
                condition=Q(takes_two=False) | ~Q(decided_by=F("proposed_by")),
                name="release_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding.ref} · {self.get_audience_display()}"
