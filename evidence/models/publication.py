"""Where a file was published, by whom, and whether it is hard to look at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from investigations.models import CommittedValue


class Published(models.Model):
    """The columns of a file that came from a platform, or shows what nobody should meet unwarned.

    The account that uploaded it is a value kept apart: this row holds no word of it.
    """

    graphic_content = models.BooleanField(_("graphic content"), default=False, editable=False)
    platform_url = models.URLField(_("address on the platform"), max_length=1000, blank=True)
    archived_url = models.URLField(_("address of the archived copy"), max_length=1000, blank=True)
    uploader_kept = models.ForeignKey(
        CommittedValue,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploader, kept apart"),
        editable=False,
    )

    class Meta:
        abstract = True
