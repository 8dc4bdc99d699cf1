"""Makers of weapons and components."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold_all, fold_maker
from catalogue.models.place import Country
from catalogue.models.review import ReviewedQuerySet, ReviewStatus
from core.models import VersionedRecord


class MakerQuerySet(ReviewedQuerySet["Maker"]):
    """Questions about makers."""

    def called(self, name: str) -> "MakerQuerySet":
        """The one maker with this very name, whatever its legal form: at most one row."""
        return self.filter(normalised=fold_maker(name))


class Maker(VersionedRecord):
    """A company or workshop whose name stands on a product: not who sold or used it."""

    name = models.CharField(_("name"), max_length=200)
    normalised = models.CharField(max_length=200, unique=True, editable=False)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="makers",
        verbose_name=_("country"),
        null=True,
        blank=True,
    )
    aliases = ArrayField(
        models.CharField(max_length=200), verbose_name=_("other names"), default=list, blank=True
    )
    folded_names = models.TextField(editable=False, default="")
    review_status = models.CharField(
        _("review"), max_length=20, choices=ReviewStatus, default=ReviewStatus.ENTERED
    )

    objects = MakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("maker")
        verbose_name_plural = _("makers")
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["folded_names"], opclasses=["gin_trgm_ops"], name="maker_names_trgm")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    def fold_names(self) -> None:
        """Keep the compared and the searched columns in step with the names."""
        self.normalised = fold_maker(self.name)[:200]  # one sign may stand for several letters
        self.folded_names = fold_all([self.name, *self.aliases])
