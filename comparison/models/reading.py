"""Readings: what the comparison reads from each component, filed so that relatives are found."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Subquery

from comparison.models.key import Key
from evidence.models import Component
from investigations.models import CaseRecord, CaseRecordQuerySet, Incident


class ReadingQuerySet(CaseRecordQuerySet["Reading"]):
    """Questions about readings."""

    def elsewhere(self, reading: "Reading") -> "ReadingQuerySet":
        """Readings of other recoveries: one event counts once, whatever it gave."""
        return self.exclude(incident=reading.incident_id)

    def to_compare(self, *besides: str) -> "ReadingQuerySet":
        """What is needed of one end of a pair: a whole reading would cost more than its score."""
        needed = ("component", "case", "incident", "category", "facts", "fingerprint", "label")
        recovery = Incident.objects.filter(pk=OuterRef("incident"))  # a join would read them all
        theatre = Subquery(recovery.values("theatre"))
        return self.annotate(recovered_in=theatre).only(*needed, *besides)

    def silent(self) -> "ReadingQuerySet":
        """Those that hold nothing which could be compared: no marking, no way of making."""
        return self.filter(values=[], facts__marks={})

    def filed_under(self, hashes: Iterable[int]) -> "ReadingQuerySet":
        """Those that have any of these keys, each by its hash (`retrieval.hashed`)."""
        filed = Key.objects.filter(hash__in=list(hashes))
        return self.filter(pk__in=filed.values("reading"))


class Reading(CaseRecord):
    """One component as the method reads it. Derived: made anew whenever the component changes.

    `keys` are the hashes under which it is filed (`Key`), `values` (`feature=value`) what is
    counted of it (`RecoveryCount`), and `facts` are what is compared. `counter` (part and
    numbering) and `lot` (part and lot) gather production batches. A recovery is one incident.
    """

    derives_from = ("component", "component__markings", "component__item__files")

    component = models.OneToOneField(Component, models.CASCADE, related_name="reading")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    category = models.CharField(max_length=40)
    counter = models.CharField(max_length=260, blank=True)
    serial_number = models.BigIntegerField(null=True)
    lot = models.CharField(max_length=260, blank=True, default="")
    keys = ArrayField(models.BigIntegerField(), default=list)
    values = ArrayField(models.TextField(), default=list)
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    compared_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["category", "incident"], name="reading_category"),
            models.Index(
                fields=["counter", "serial_number"],
                condition=~models.Q(counter=""),
                name="reading_counter",
            ),
            models.Index(fields=["lot"], condition=~models.Q(lot=""), name="reading_lot"),
        ]

    @property
    def theatre_id(self) -> UUID | None:
        """Where it was recovered."""
        told = vars(self)
        if "recovered_in" in told:
            return cast("UUID | None", told["recovered_in"])
        return self.incident.theatre_id if self.incident_id else None

    def __str__(self) -> str:
        return f"{self.category} {self.fingerprint[:8]}"
