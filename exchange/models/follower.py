"""Followers: whose program follows what changes, with which key, and up to when it was told."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken
from core.models import Record


class Follower(Record):
    """One client of the feed: a person or their key, and what it narrows its questions to.

    `holder` is the digest that its cursors are given to. `told_at` is when it was last told all
    there was; cursors that were given up to `anew_at` are good no more. Of which cases it was told,
    and what, is noted nowhere.
    """

    holder = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("reads as"),
        editable=False,
    )
    token = models.ForeignKey(
        ApiToken,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("API key"),
        editable=False,
    )
    kinds = ArrayField(
        models.CharField(max_length=60), default=list, verbose_name=_("only these kinds")
    )
    is_narrowed = models.BooleanField(_("only some cases"), default=False, editable=False)
    asked_at = models.DateTimeField(_("last asked"), default=timezone.now, editable=False)
    told_at = models.DateTimeField(_("up to date at"), null=True, editable=False)
    anew_at = models.DateTimeField(_("told to begin anew"), null=True, editable=False)

    class Meta:
        verbose_name = _("client of the feed")
        verbose_name_plural = _("clients of the feed")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.token or '–'}"

    @property
    def is_behind(self) -> bool:
        """True where more was waiting when it asked last."""
        return self.told_at is None or self.told_at < self.asked_at
