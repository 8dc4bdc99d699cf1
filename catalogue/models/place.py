"""Countries, and the theatres in which attacks are compared with one another."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold_all
from catalogue.models.review import NamedQuerySet
from core.models import VersionedRecord


class Continent(models.TextChoices):
    """The seven continents, by their two-letter GeoNames codes."""

    AFRICA = "AF", _("Africa")
    ANTARCTICA = "AN", _("Antarctica")
    ASIA = "AS", _("Asia")
    EUROPE = "EU", _("Europe")
    NORTH_AMERICA = "NA", _("North America")
    OCEANIA = "OC", _("Oceania")
    SOUTH_AMERICA = "SA", _("South America")


class CountryQuerySet(NamedQuerySet["Country"]):
    """Questions about countries."""

    def coded(self, codes: Iterable[str]) -> "CountryQuerySet":
        """The countries with these ISO codes."""
        return self.filter(code__in=set(codes))


class Country(VersionedRecord):
    """A country or territory by its ISO 3166-1 codes; listing it implies no recognition."""

    code = models.CharField(_("code (ISO 3166-1)"), max_length=2, unique=True)
    iso3 = models.CharField(_("three-letter code"), max_length=3, blank=True)
    name = models.CharField(_("name"), max_length=100)
    name_ar = models.CharField(_("Arabic name"), max_length=100, blank=True)
    continent = models.CharField(_("continent"), max_length=2, choices=Continent, blank=True)
    synonyms = ArrayField(
        models.CharField(max_length=120), verbose_name=_("other names"), default=list, blank=True
    )
    folded_names = models.TextField(editable=False, default="")

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name_ar if self.name_ar and get_language() == "ar" else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    def fold_names(self) -> None:
        """Keep the searched column in step with every name the country has."""
        self.folded_names = fold_all(
            [self.name, self.name_ar, self.code, self.iso3, *self.synonyms]
        )


class TheatreQuerySet(NamedQuerySet["Theatre"]):
    """Questions about theatres."""


class Theatre(VersionedRecord):
    """A region in which one campaign is fought; links across theatres are the rare ones."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_ar = models.CharField(_("Arabic name"), max_length=120, blank=True)
    native_name = models.CharField(_("name in its own script"), max_length=120, blank=True)
    countries = models.ManyToManyField(
        Country, related_name="theatres", verbose_name=_("countries"), blank=True
    )
    active_from = models.DateField(_("from"), null=True, blank=True)
    active_to = models.DateField(_("to"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="parts",
        verbose_name=_("part of"),
        null=True,
        blank=True,
    )
    folded_names = models.TextField(editable=False, default="")

    objects = TheatreQuerySet.as_manager()

    class Meta:
        verbose_name = _("theatre")
        verbose_name_plural = _("theatres")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active_to__gte=models.F("active_from")),
                name="theatre_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="theatre_not_its_own_part"
            ),
        ]
        indexes = [
            GinIndex(fields=["folded_names"], opclasses=["gin_trgm_ops"], name="theatre_names_trgm")
        ]

    def __str__(self) -> str:
        return self.name_ar if self.name_ar and get_language() == "ar" else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    def fold_names(self) -> None:
        """Keep the searched column in step with every name the theatre has."""
        self.folded_names = fold_all([self.name, self.name_ar, self.native_name])
