"""Files under way: what has come of them so far, so that a cut line costs only a piece."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models.file import File
from evidence.models.item import Item
from evidence.models.vocabulary import AcquisitionMethod
from investigations.models import CaseRecord, CaseRecordQuerySet

KEPT_FOR = timedelta(days=7)
"""An upload that nothing is added to for so long is let go; so is the note of a finished one."""


class UploadQuerySet(CaseRecordQuerySet["Upload"]):
    """Questions about files under way."""

    def sent_by(self, user: User) -> Self:
        return self.filter(sender=user)

    def unfinished(self) -> Self:
        return self.filter(file__isnull=True)

    def expired(self) -> Self:
        return self.filter(expires_at__lt=timezone.now())

    def total_size(self) -> int:
        """What they will take up together when all has arrived (bytes)."""
        return self.aggregate(total=Sum("size"))["total"] or 0


class Upload(CaseRecord):
    """One file on its way in: its bytes are staged under this row's id until they are complete.

    Only `received` bytes of the staged file count; what a crash left beyond is written over.
    It is its sender's alone. `file` is what it became; until then there is no file.
    """

    derives_from = ("item",)

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    name = models.CharField(_("name as sent"), max_length=255)
    path_as_sent = models.CharField(_("path as sent"), max_length=1000, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    received = models.PositiveBigIntegerField(_("received (bytes)"), default=0)
    sha256 = models.CharField(_("SHA-256 as announced"), max_length=64, blank=True)
    acquisition_method = models.CharField(
        _("acquired by"),
        max_length=30,
        choices=AcquisitionMethod,
        default=AcquisitionMethod.OWN_CAPTURE,
    )
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    was_known = models.BooleanField(_("its bytes were known"), default=False)
    expires_at = models.DateTimeField(_("kept until"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="upload_receives_no_more_than_announced"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(received=F("size")),
                name="upload_becomes_a_file_only_when_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"]),
            models.Index(
                fields=["sender"], condition=Q(file__isnull=True), name="uploads_underway"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_complete(self) -> bool:
        """True when every byte has arrived, whether or not it is a file yet."""
        return self.received == self.size
