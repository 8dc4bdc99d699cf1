"""What is said of caveats on whatever passes between installations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models import CaveatKind


class UnderCaveats(models.Model):
    """The column of what was sent, or came, under caveats of the agency that it comes from."""

    caveats = ArrayField(
        models.CharField(max_length=30, choices=CaveatKind),
        default=list,
        blank=True,
        verbose_name=_("caveats"),
    )

    class Meta:
        abstract = True

    @property
    def caveat_names(self) -> list[str]:
        """The caveats in the reader's language."""
        return [str(CaveatKind(kind).label) for kind in self.caveats]
