"""Hits: that a case which a team may not see holds something like a component of theirs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comparison.models.across import AcrossQuerySet, AcrossRecord
from core.grading import Band
from evidence.models import Item


class HitQuerySet(AcrossQuerySet["Hit"]):
    """Questions about hits."""

    def touching(self, item: Item) -> "HitQuerySet":
        return self.filter(component__item=item)

    def with_lists(self) -> "HitQuerySet":
        return self.select_related(
            "agency", "case", "component__category", "component__maker", "component__item"
        )


class Hit(AcrossRecord):
    """The strongest likeness of a component with any that one other agency holds: its band alone.

    One for a component and an agency, however many components of how many cases are behind it.
    Derived from the links in the background, and read as a row: asking costs the same whether
    there is one or not. `told_on` is a day, never a moment.
    """

    derives_from = ("component",)

    band = models.CharField(_("strength"), max_length=40, choices=Band)
    rank = models.FloatField(default=0, editable=False)
    told_on = models.DateField(_("told"))

    objects = HitQuerySet.as_manager()

    class Meta(AcrossRecord.Meta):
        verbose_name = _("hit with another agency")
        verbose_name_plural = _("hits with other agencies")
        ordering = ["-rank", "-id"]
        constraints = [
            *AcrossRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["component", "agency"],
                name="hit_once_per_agency",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["case", "-rank", "-id"], name="hit_of_case")]

    def __str__(self) -> str:
        return f"{self.agency or '–'} · {self.get_band_display()}"
