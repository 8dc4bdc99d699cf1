"""What a person's program or browser sent with a key, so that twice sent is once done."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.record import Record

KEPT_FOR = timedelta(hours=24)


class OnceQuerySet(models.QuerySet["Once"]):
    """Questions about requests that carried a key."""

    def outlived(self) -> Self:
        """Those so old that their keys may be used anew."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class Once(Record):
    """One request that carried a key, and where its answer is to be found: never the answer itself.

    Answers hold what cases hold. So only the row that the answer was about is remembered, and it
    is read anew, through the rights of whoever asks again.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False
    )
    key = models.CharField(max_length=255, editable=False)
    body = models.CharField(max_length=64, editable=False)
    status = models.PositiveSmallIntegerField(default=0, editable=False)
    location = models.TextField(editable=False)
    subject = models.UUIDField(null=True, editable=False)
    plain = models.JSONField(null=True, editable=False)

    objects = OnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("request with a key")
        verbose_name_plural = _("requests with a key")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="key_once_for_each_person")
        ]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return self.key
