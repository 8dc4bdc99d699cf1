"""Reference sets: how often values were counted in recoveries that are not in this database."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record


class ReferenceSet(Record):
    """A dated, sourced count of recoveries, such as one that a partner mission published.

    Its recoveries are added to ours. Whoever adopts one answers for it that the two do not overlap.
    """

    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=500)
    as_of = models.DateField(_("as of"))
    is_in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reference set")
        verbose_name_plural = _("reference sets")
        ordering = ["-as_of", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "as_of"], name="reference_set_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ReferenceCount(Record):
    """How many recoveries of one category hold one value, in one reference set.

    `value` is normalised as the method does. An empty feature counts all recoveries of the
    category; the feature `serial-range` gives, for a part, how many serials its known range spans.
    """

    TOTAL = ""
    SERIAL_RANGE = "serial-range"

    reference_set = models.ForeignKey(ReferenceSet, models.CASCADE, related_name="counts")
    category = models.CharField(_("category"), max_length=40)
    feature = models.CharField(_("feature"), max_length=40, blank=True)
    value = models.CharField(_("value"), max_length=260, blank=True)
    recoveries = models.PositiveIntegerField(_("recoveries"))

    class Meta:
        verbose_name = _("reference count")
        verbose_name_plural = _("reference counts")
        ordering = ["category", "feature", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference_set", "category", "feature", "value"],
                name="reference_counted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.feature}={self.value}: {self.recoveries}"
