"""Judgements: what examiners concluded about a link, each frozen with what they saw."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.models.link import Link
from comparison.models.vocabulary import Conclusion, Confidence
from investigations.models import CaseRecord, CaseRecordQuerySet


class JudgementQuerySet(CaseRecordQuerySet["Judgement"]):
    """Questions about judgements."""

    def visible_to(self, user: User) -> "JudgementQuerySet":
        """Those of links that `user` sees, once they need not judge blind themselves."""
        told = Link.objects.visible_to(user).told_to(user)
        return super().visible_to(user).filter(link__in=told)

    def of_what_is_seen_now(self, link: Link) -> "JudgementQuerySet":
        """Judgements of the facts as they stand; those of earlier facts no longer decide."""
        return self.filter(link=link, fingerprint=link.fingerprint)


class Judgement(CaseRecord):
    """One examiner's conclusion about a link, never changed; a second thought is a second row.

    `explained` gives the explanation of each difference by feature; `explanation` is the
    assessment exactly as it was shown, and `fingerprint` names the facts it was made of.
    """

    derives_from = ("link",)

    link = models.ForeignKey(Link, models.PROTECT, related_name="judgements")
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("examiner")
    )
    conclusion = models.CharField(_("conclusion"), max_length=40, choices=Conclusion)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence)
    reason = models.TextField(_("reason"))
    explained = models.JSONField(_("explained differences"), default=dict, blank=True)
    explanation = models.JSONField(_("as it was shown"))
    fingerprint = models.CharField(max_length=64)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["link", "examiner"])]

    def __str__(self) -> str:
        return f"{self.examiner}: {self.conclusion}"
