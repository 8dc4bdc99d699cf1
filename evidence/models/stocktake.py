"""Stock-takes: one place is gone through, and what was seen there is compared with the record."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import VersionedRecord
from evidence.models.item import Item
from evidence.models.storage_place import StoragePlace, is_keeper
from investigations.models import CaseRecord, CaseRecordQuerySet


class StocktakeQuerySet(models.QuerySet["Stocktake"]):
    """Questions about stock-takes; they tell nothing of any case."""

    def visible_to(self, user: User) -> "StocktakeQuerySet":
        """Those of the places that the person keeps: only they may know how much lies there."""
        if not is_keeper(user) or user.bound_to_cases:
            return self.none()
        return self.filter(place__agency=user.agency_id)

    def under_way(self) -> "StocktakeQuerySet":
        return self.filter(finished_at__isnull=True)

    def with_lists(self) -> "StocktakeQuerySet":
        return self.select_related("started_by", "place__parent__parent__parent", "place__agency")


class Stocktake(VersionedRecord):
    """One going through a place, begun and finished by whoever keeps it, over as long as it takes.

    The counts are written when it is finished. `unnamed` holds SHA-256 digests of what was scanned
    and names nothing that the checker sees: they are counted, and never told by name.
    """

    place = models.ForeignKey(
        StoragePlace, models.PROTECT, related_name="stocktakes", verbose_name=_("place")
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    unnamed = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    present = models.PositiveIntegerField(_("present"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    unexpected = models.PositiveIntegerField(_("unexpected"), default=0)

    objects = StocktakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("inventory check")
        verbose_name_plural = _("inventory checks")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(finished_at__isnull=True),
                name="stocktake_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.place)


class Verdict(models.TextChoices):
    """What became of one exhibit in a stock-take."""

    SEEN = "seen", _("seen")
    PRESENT = "present", _("present")
    MISSING = "missing", _("missing")
    UNEXPECTED = "unexpected", _("not expected here")


class SightingQuerySet(CaseRecordQuerySet["Sighting"]):
    """Questions about what was seen."""

    def with_lists(self) -> "SightingQuerySet":
        return self.select_related("item__holder", "item__storage", "case", "seen_by")


class Sighting(CaseRecord):
    """One exhibit in one stock-take: seen there, missing, or not expected there."""

    derives_from: ClassVar[tuple[str, ...]] = ("item",)

    stocktake = models.ForeignKey(
        Stocktake, models.PROTECT, related_name="sightings", verbose_name=_("inventory check")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="sightings", verbose_name=_("exhibit")
    )
    verdict = models.CharField(_("result"), max_length=12, choices=Verdict, default=Verdict.SEEN)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("seen by")
    )

    objects = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "item"], name="sighting_once_a_stocktake")
        ]

    def __str__(self) -> str:
        return f"{self.item.exhibit_no} {self.get_verdict_display()}"
