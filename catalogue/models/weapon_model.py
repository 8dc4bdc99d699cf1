"""Weapon models: what a type of weapon is known to be, never who used one."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold, fold_all
from catalogue.models import weapon_words as words
from catalogue.models.maker import Maker
from catalogue.models.place import Country
from catalogue.models.quantities import (
    QUANTITIES,
    Quantity,
    Range,
    bound,
    in_order,
    quantity_named,
)
from catalogue.models.review import ReferenceQuerySet, ReviewedQuerySet, ReviewStatus
from core.models import Record, VersionedRecord


def list_of(label: Any, choices: Any = None, *, longest: int = 120) -> "ArrayField[Any, Any]":
    """Several short values in one column."""
    kind = models.CharField(max_length=longest, choices=choices)
    return ArrayField(kind, verbose_name=label, default=list, blank=True)


class WeaponModelQuerySet(ReviewedQuerySet["WeaponModel"]):
    """Questions about weapon models."""

    def tied_to(self, country: Country) -> "WeaponModelQuerySet":
        """Models designed there, or that a source ties to that country."""
        return self.filter(
            models.Q(design_country=country) | models.Q(stated_countries__contains=[country.code])
        )

    def spelled_like(self, model: "WeaponModel") -> "WeaponModelQuerySet":
        """Other models with names of three in ten common trigrams or more, the nearest first."""
        alike = TrigramSimilarity("folded_name", model.folded_name)
        near = self.exclude(pk=model.pk).annotate(alike=alike).filter(alike__gte=0.3)
        return near.order_by("-alike", "folded_name")


class WeaponModel(VersionedRecord):
    """A type of weapon in the reference library; one found at a scene is evidence instead.

    Every quantity is a range in the unit its column names; `as_stated` keeps the source's words.
    """

    name = models.CharField(_("name"), max_length=160)
    folded_name = models.CharField(max_length=160, unique=True, editable=False)
    aliases = list_of(_("other names"), longest=160)
    folded_names = models.TextField(editable=False, default="")
    type = models.CharField(
        _("type"), max_length=24, choices=words.WeaponType, default=words.WeaponType.UAV
    )
    design_country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="designs",
        verbose_name=_("country of design"),
        null=True,
        blank=True,
        help_text=_("Where it was designed: not where one was made, nor who used it."),
    )
    stated_countries = list_of(_("countries as the source ties them"), longest=2)
    maker = models.ForeignKey(
        Maker,
        models.PROTECT,
        related_name="weapon_models",
        verbose_name=_("maker"),
        null=True,
        blank=True,
    )
    maker_as_stated = models.CharField(_("maker as stated"), max_length=300, blank=True)
    nato_class = models.CharField(
        _("NATO class"), max_length=20, choices=words.NatoClass, blank=True
    )
    eu_class = models.CharField(_("EU class"), max_length=2, choices=words.EuClass, blank=True)
    roles = list_of(_("roles"), words.WeaponRole, longest=12)
    propulsion = models.CharField(
        _("propulsion"), max_length=12, choices=words.Propulsion, blank=True
    )
    powerplant = models.CharField(_("powerplant"), max_length=200, blank=True)
    guidance = list_of(_("guidance"), words.Guidance, longest=16)
    can_be_armed = models.BooleanField(_("can be armed"), null=True, blank=True)
    takeoff_mass_kg_min = bound(_("take-off mass, from (kg)"))
    takeoff_mass_kg_max = bound(_("take-off mass, to (kg)"))
    empty_mass_kg_min = bound(_("empty mass, from (kg)"))
    empty_mass_kg_max = bound(_("empty mass, to (kg)"))
    payload_kg_min = bound(_("payload or warhead, from (kg)"))
    payload_kg_max = bound(_("payload or warhead, to (kg)"))
    wingspan_m_min = bound(_("wingspan, from (m)"))
    wingspan_m_max = bound(_("wingspan, to (m)"))
    length_m_min = bound(_("length, from (m)"))
    length_m_max = bound(_("length, to (m)"))
    range_km_min = bound(_("range, from (km)"))
    range_km_max = bound(_("range, to (km)"))
    endurance_h_min = bound(_("endurance, from (h)"))
    endurance_h_max = bound(_("endurance, to (h)"))
    cruise_speed_kmh_min = bound(_("cruise speed, from (km/h)"))
    cruise_speed_kmh_max = bound(_("cruise speed, to (km/h)"))
    top_speed_kmh_min = bound(_("top speed, from (km/h)"))
    top_speed_kmh_max = bound(_("top speed, to (km/h)"))
    ceiling_m_min = bound(_("ceiling, from (m)"))
    ceiling_m_max = bound(_("ceiling, to (m)"))
    as_stated = models.JSONField(_("figures as stated"), default=dict, blank=True)
    stated_operators = list_of(_("users named by the source, undated"))
    recognition = models.TextField(_("recognition features"), blank=True)
    expected_components = list_of(_("components it is known to hold"), longest=160)
    references = list_of(_("references"), longest=500)
    source_uuid = models.UUIDField(_("source identifier"), unique=True, null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    review_status = models.CharField(
        _("review"), max_length=20, choices=ReviewStatus, default=ReviewStatus.ENTERED
    )

    objects = WeaponModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("weapon model")
        verbose_name_plural = _("weapon models")
        ordering = ["folded_name"]
        constraints = [in_order(quantity) for quantity in QUANTITIES]
        indexes = [
            GinIndex(fields=["folded_names"], opclasses=["gin_trgm_ops"], name="weapon_names_trgm")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    def fold_names(self) -> None:
        """Keep the compared and the searched columns in step with the names."""
        self.folded_name = fold(self.name)[:160]  # one sign may stand for several letters
        self.folded_names = fold_all([self.name, *self.aliases])

    @property
    def figures(self) -> list[Range]:
        """The stated quantities in a fixed order, the unstated ones left out."""
        ranges = [self.figure(quantity) for quantity in QUANTITIES]
        return [stated for stated in ranges if stated.least is not None or stated.as_stated]

    def figure(self, quantity: Quantity) -> Range:
        """One quantity of this model."""
        least, greatest = (getattr(self, f"{quantity.name}_{end}") for end in ("min", "max"))
        return Range(quantity, least, greatest, self.as_stated.get(quantity.name, ""))

    @property
    def range_km(self) -> Range:
        """How far it flies."""
        return self.figure(quantity_named("range_km"))

    @property
    def endurance_h(self) -> Range:
        """How long it flies."""
        return self.figure(quantity_named("endurance_h"))

    @property
    def top_speed_kmh(self) -> Range:
        """How fast it flies."""
        return self.figure(quantity_named("top_speed_kmh"))

    @property
    def is_tied_to_one(self) -> bool:
        """True when a source names the country of design and no other."""
        return bool(self.design_country and self.stated_countries == [self.design_country.code])

    @property
    def stated_codes(self) -> set[str]:
        """The ISO codes among the countries and users that a source names."""
        return {name for name in [*self.stated_countries, *self.stated_operators] if len(name) == 2}

    @property
    def web_references(self) -> list[str]:
        """The references that may be followed: nothing but web addresses."""
        return [text for text in self.references if text.startswith(("https://", "http://"))]

    @property
    def other_references(self) -> list[str]:
        """The references that are no web addresses."""
        return [text for text in self.references if text not in self.web_references]

    @property
    def role_names(self) -> list[str]:
        """The roles in words; one that is not in the vocabulary as it stands."""
        known = dict(words.WeaponRole.choices)
        return [str(known.get(role, role)) for role in self.roles]

    @property
    def guidance_names(self) -> list[str]:
        """The kinds of guidance in words."""
        known = dict(words.Guidance.choices)
        return [str(known.get(kind, kind)) for kind in self.guidance]


class VariantLinkQuerySet(ReferenceQuerySet["VariantLink"]):
    """Questions about how models relate."""

    def about(self, model: WeaponModel) -> "VariantLinkQuerySet":
        return self.filter(models.Q(model=model) | models.Q(other=model))


class VariantLink(Record):
    """That one weapon model is like, copied from or derived from another, and who says so."""

    class Kind(models.TextChoices):
        """How `model` relates to `other`."""

        SIMILAR = "similar", _("is similar to")
        VARIANT = "variant-of", _("is a variant of")
        DERIVED = "derived-from", _("is derived from")
        COPY = "copy-of", _("is a copy of")

    model = models.ForeignKey(
        WeaponModel, models.CASCADE, related_name="links", verbose_name=_("model")
    )
    other = models.ForeignKey(
        WeaponModel, models.CASCADE, related_name="linked_from", verbose_name=_("other model")
    )
    kind = models.CharField(_("relation"), max_length=16, choices=Kind, default=Kind.SIMILAR)
    source = models.CharField(_("source"), max_length=300, blank=True)
    stated_on = models.DateField(_("stated on"), null=True, blank=True)

    objects = VariantLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation between models")
        verbose_name_plural = _("relations between models")
        constraints = [
            models.UniqueConstraint(fields=["model", "other", "kind"], name="variant_link_once"),
            models.CheckConstraint(
                condition=~models.Q(model=models.F("other")), name="variant_link_joins_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.get_kind_display()} {self.other}"
