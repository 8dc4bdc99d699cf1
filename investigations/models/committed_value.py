"""Sensitive values that lines of the ledger only commit to: erased here, they are nowhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from investigations.models.case_record import CaseRecord
from investigations.models.identity import SealedQuerySet, Told
from ledger.commitments import opens


class CommittedValue(CaseRecord):
    """A value and its blind, under the commitment that a line of the ledger holds.

    Erasing empties both; the row stays and says that it was done, and every proof still holds.
    """

    only_the_program = True

    about = models.CharField(_("what it is"), max_length=200, blank=True)
    commitment = models.CharField(_("commitment"), max_length=64, unique=True)
    value = models.BinaryField(_("value"), null=True)
    blind = models.BinaryField(_("blind"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)

    objects = SealedQuerySet.as_manager()

    class Meta:
        verbose_name = _("committed value")
        verbose_name_plural = _("committed values")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.about or self.commitment[:16]

    @property
    def told(self) -> Told:
        """The value in words; none once it is erased."""
        return Told(bytes(self.value or b"").decode())

    @property
    def holds(self) -> bool:
        """True if the value here is what was committed to."""
        return opens(self.commitment, bytes(self.value or b""), bytes(self.blind or b""))
