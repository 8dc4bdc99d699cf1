"""Laboratories that examine exhibits, and what they are accredited for."""

from datetime import date
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold, fold_all
from catalogue.models.place import Country
from catalogue.models.review import ReviewedQuerySet, ReviewStatus
from core.models import VersionedRecord
from core.zones import today


class Laboratory(VersionedRecord):
    """A laboratory of whichever country; its accreditation (ISO/IEC 17025) has a scope and an end.

    Without a number nobody has said that it is accredited; `accredited_until` is the last day.
    """

    name = models.CharField(_("name"), max_length=200)
    normalised = models.CharField(max_length=200, unique=True, editable=False)
    folded_names = models.TextField(editable=False, default="")
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("country"),
    )
    accreditation_no = models.CharField(
        _("accreditation number (ISO/IEC 17025)"), max_length=80, blank=True
    )
    accredited_by = models.CharField(_("accredited by"), max_length=120, blank=True)
    scope = models.TextField(_("scope of the accreditation"), blank=True)
    accredited_until = models.DateField(_("accreditation valid until"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    review_status = models.CharField(
        _("review"), max_length=20, choices=ReviewStatus, default=ReviewStatus.ENTERED
    )

    objects = ReviewedQuerySet["Laboratory"].as_manager()

    class Meta:
        verbose_name = _("laboratory")
        verbose_name_plural = _("laboratories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(accreditation_no="") | Q(accredited_until__isnull=True),
                name="laboratory_accreditation_has_a_number",
                violation_error_message=_("Write the number of the accreditation, too."),
            )
        ]
        indexes = [
            GinIndex(
                fields=["folded_names"], opclasses=["gin_trgm_ops"], name="laboratory_names_trgm"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalised = fold(self.name)[:200]
        self.folded_names = fold_all([self.name])
        super().save(*args, **kwargs)

    def is_accredited_on(self, day: date) -> bool:
        """Whether its accreditation, as far as it is known here, was valid on that day."""
        until = self.accredited_until
        return bool(self.accreditation_no) and (until is None or day <= until)

    @property
    def is_accredited(self) -> bool:
        """The same for today."""
        return self.is_accredited_on(today())
