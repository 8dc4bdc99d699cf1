"""Release: the decision that lets a finding, and a name, leave the case."""

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
    """Questions about release decisions."""

    def visible_to(self, user: User) -> "ReleaseQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(finding__in=seen)

    def proposed(self) -> "ReleaseQuerySet":
        return self.filter(decision=Release.Decision.PROPOSED)


class Release(CaseRecord):
    """Who let which version go, to whom, under which marking; from L5 on it takes two people.

    A proposal lapses when the finding goes back to its authors before the second person agrees.
    """

    derives_from = ("finding",)

    class Decision(models.TextChoices):
        """How far the decision has come."""

        PROPOSED = "proposed", _("proposed")
        RELEASED = "released", _("released")
        DECLINED = "declined", _("declined")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="releases")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="releases")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    takes_two = models.BooleanField(_("takes two people"))
    audience = models.CharField(_("audience"), max_length=20, choices=Audience)
    tlp = models.CharField(_("marking"), max_length=20, choices=Tlp)
    conditions = models.TextField(_("conditions"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("authority")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decline_reason = models.TextField(_("why it was declined"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release decision")
        verbose_name_plural = _("release decisions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=~Q(decision="declined"), name="release_open_once"
            ),
            models.CheckConstraint(
                condition=Q(decision="proposed")
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="release_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision="released", takes_two=True) | ~Q(decided_by=F("proposed_by")),
                name="release_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding.ref} · {self.get_decision_display()}"
