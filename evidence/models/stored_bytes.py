"""What the nightly check found of stored bytes, on the row that names them by their SHA-256."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models.vocabulary import Fixity


class StoredBytes(models.Model):
    """The columns of whatever names bytes that are kept for good, and read again by night."""

    BROKEN = (Fixity.ALTERED, Fixity.MISSING)

    fixity = models.CharField(
        _("fixity"), max_length=20, choices=Fixity, default=Fixity.UNREAD, editable=False
    )
    fixity_at = models.DateTimeField(_("last read again"), null=True, editable=False)
    fixity_by = models.CharField(_("read again by"), max_length=60, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_broken(self) -> bool:
        """True while the bytes, read again, were not what was stored."""
        return self.fixity in self.BROKEN

    @property
    def is_found_whole(self) -> bool:
        """True once they were read again and were what was stored."""
        return self.fixity == Fixity.WHOLE
