"""Judgements: what examiners concluded about a link, each frozen with what they saw."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.models.link import Link
from comparison.models.vocabulary import Conclusion, Confidence
from investigations.models import CaseRecord, CaseRecordQuerySet
from ledger.commitments import new_blind


class JudgementQuerySet(CaseRecordQuerySet["Judgement"]):
    """Questions about judgements."""

    def visible_to(self, user: User) -> "JudgementQuerySet":
        """Those of links that `user` sees: others' only once they need not judge blind any more."""
        links = Link.objects.visible_to(user)
        may_still_judge = Link.objects.open_to_judgement_by(user).values("pk")
        told = Q(examiner=user) | ~Q(link__in=may_still_judge)
        return super().visible_to(user).filter(told, link__in=links)

    def standing(self) -> "JudgementQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def of_what_is_seen_now(self, link: Link) -> "JudgementQuerySet":
        """What counts: of the facts as they stand, and not withdrawn."""
        return self.standing().filter(link=link, fingerprint=link.fingerprint)


class Judgement(CaseRecord):
    """One examiner's conclusion about a link, never changed; a second thought is a second row.

    `explained` gives the explanation of each difference by feature; `explanation` is the
    assessment exactly as it was shown, and `fingerprint` names the facts it was made of.
    `is_informed` tells a second thought from a word given blind. `alternatives` names the other
    possible sources, without which “consistent with” may not be said. Without `blind` nobody can
    try out what the ledger's line commits to.
    """

    derives_from = ("link",)
    append_only = True

    link = models.ForeignKey(Link, models.PROTECT, related_name="judgements")
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("examiner")
    )
    conclusion = models.CharField(_("conclusion"), max_length=40, choices=Conclusion)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence)
    reason = models.TextField(_("reason"))
    alternatives = models.TextField(_("other possible sources"), blank=True)
    is_informed = models.BooleanField(_("given knowing the others’"), default=False)
    explained = models.JSONField(_("explained differences"), default=dict, blank=True)
    explanation = models.JSONField(_("as it was shown"))
    fingerprint = models.CharField(max_length=64)
    blind = models.BinaryField(editable=False, default=new_blind)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["link", "examiner"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(conclusion=Conclusion.CONSISTENT) | ~Q(alternatives=""),
                name="judgement_names_other_sources",
            )
        ]

    def __str__(self) -> str:
        return f"{self.examiner}: {self.conclusion}"
