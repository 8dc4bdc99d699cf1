"""Recovery counts: in how many recoveries each value was found, kept in step with the readings."""

from collections.abc import Iterable

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from core.guarded import GuardedQuerySet
from core.models import Record

HAS_MOVED = ExpressionWrapper(
    Q(recoveries__lt=F("alike_from")) | Q(recoveries__gt=F("alike_to")),
    output_field=BooleanField(),
)


class RecoveryCountQuerySet(GuardedQuerySet["RecoveryCount"]):
    """Questions about counts."""

    def moved(self) -> "RecoveryCountQuerySet":
        return self.filter(has_moved=True)

    def of_categories(self, codes: Iterable[str]) -> "RecoveryCountQuerySet":
        """The counts of whole categories, on which every link within one rests."""
        return self.filter(category__in=list(codes), value="")

    def have_looked_at(self) -> int:
        """Have them taken for moved, so that the links that rest on them are scored anew."""
        return self.update(alike_from=0, alike_to=-1)


class RecoveryCount(Record):
    """f of one value (`feature=value`) in one category; n of the category where `value` is empty.

    `recoveries` counts independent recoveries, every one that holds it; who asks about a pair takes
    its own away. For a numbering (`serial-range=…`, without a category) it is how many serials the
    known ones span. While it stays within `alike_from` and `alike_to` no link that rests on it says
    anything else than when it was last looked at; beyond them, it `has_moved`.
    """

    only_the_program = True
    SERIAL_RANGE = "serial-range"

    key = models.BigIntegerField(unique=True)
    category = models.CharField(_("category"), max_length=40)
    value = models.TextField(_("value"), blank=True)
    recoveries = models.BigIntegerField(_("recoveries"))
    alike_from = models.BigIntegerField(default=0)
    alike_to = models.BigIntegerField(default=0)
    has_moved = models.GeneratedField(
        expression=HAS_MOVED, output_field=BooleanField(), db_persist=True
    )

    objects = RecoveryCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery count")
        verbose_name_plural = _("recovery counts")
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(has_moved=True), name="recovery_count_moved"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recoveries__gte=0), name="recovery_count_not_below_none"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.value}: {self.recoveries}"
