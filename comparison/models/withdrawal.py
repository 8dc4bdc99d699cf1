"""Withdrawals: judgements that their examiners took back at once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.models.judgement import Judgement
from investigations.models import CaseRecord, CaseRecordQuerySet


class WithdrawalQuerySet(CaseRecordQuerySet["Withdrawal"]):
    """Questions about withdrawals."""

    def visible_to(self, user: User) -> "WithdrawalQuerySet":
        """Those of judgements that `user` may read."""
        return super().visible_to(user).filter(judgement__in=Judgement.objects.visible_to(user))


class Withdrawal(CaseRecord):
    """The judgement stays on record, and no longer counts."""

    derives_from = ("judgement",)
    append_only = True

    judgement = models.OneToOneField(
        Judgement, models.PROTECT, related_name="withdrawal", verbose_name=_("judgement")
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("withdrawn by")
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.judgement)
