"""Weapons as they were found: the one that an incident's exhibits are parts of, as far as known."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Guidance, Propulsion, WeaponRole, WeaponType
from evidence.models.component import Component, ComponentQuerySet
from evidence.models.description import plain
from evidence.models.item import Item
from investigations.models import CaseRecordQuerySet, Incident, VersionedCaseRecord

DEPTH = 3
"""How far below a weapon's exhibits their parts are looked for: a chip on a board in a box."""

MEASURED = {
    "wingspan_m": _("wingspan (m)"),
    "length_m": _("length (m)"),
    "takeoff_mass_kg": _("take-off mass (kg)"),
}
MEASURES = tuple(MEASURED)


class ModelConfidence(models.TextChoices):
    """How sure it is that the weapon is of the model named."""

    LOW = "low", _("low")
    MODERATE = "moderate", _("moderate")
    HIGH = "high", _("high")


class WeaponInstanceQuerySet(CaseRecordQuerySet["WeaponInstance"]):
    """Questions about weapons that were found."""

    def with_lists(self) -> "WeaponInstanceQuerySet":
        return self.select_related("case", "incident", "incident__theatre", "model")

    def holding(self, items: Iterable[Item]) -> "WeaponInstanceQuerySet":
        """Those that one of these exhibits, a part of one or what it is part of, belongs to."""
        named = [item.pk for item in items]
        touching = Q()
        for up in range(DEPTH + 1):
            above = "__".join(["exhibits", *["parent"] * up])
            below = "__".join(["exhibits", *["parts"] * up])
            touching |= Q(**{f"{above}__in": named}) | Q(**{f"{below}__in": named})
        return self.filter(touching).distinct()


def measure(label: Any) -> "models.DecimalField[Any, Any]":
    """A measure taken on the wreck; empty while nobody has."""
    return models.DecimalField(
        label,
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001"))],
    )


class WeaponInstance(VersionedCaseRecord):
    """One weapon of one incident: what was observed of it, and the exhibits it consists of.

    `model` is what it is held to be, never without how sure that is. Measures are as taken, in
    the unit of their name, give or take `tolerance_pct` per cent. An exhibit, with its parts,
    belongs to one weapon at most. Nothing here says who used it.
    """

    derives_from = ("incident", "exhibits")
    kept = True
    kept_lists = ("exhibits",)

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="weapons", verbose_name=_("incident")
    )
    exhibits = models.ManyToManyField(
        Item, related_name="weapons", blank=True, verbose_name=_("exhibits")
    )
    model = models.ForeignKey(
        "catalogue.WeaponModel",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("weapon model"),
    )
    model_confidence = models.CharField(
        _("how sure the model is"), max_length=10, choices=ModelConfidence, blank=True
    )
    model_basis = models.TextField(_("how the model is known"), blank=True)
    type = models.CharField(_("type"), max_length=24, choices=WeaponType, blank=True)
    name_as_marked = models.CharField(
        _("name or designation as marked"), max_length=160, blank=True
    )
    tail_number = models.CharField(_("tail number as marked"), max_length=80, blank=True)
    production_number = models.CharField(
        _("production number as marked"), max_length=80, blank=True
    )
    propulsion = models.CharField(_("propulsion"), max_length=12, choices=Propulsion, blank=True)
    powerplant = models.CharField(_("engine as marked"), max_length=200, blank=True)
    roles = ArrayField(
        models.CharField(max_length=12, choices=WeaponRole),
        verbose_name=_("wings and rotors"),
        default=list,
        blank=True,
    )
    guidance = ArrayField(
        models.CharField(max_length=16, choices=Guidance),
        verbose_name=_("guidance"),
        default=list,
        blank=True,
    )
    wingspan_m = measure(MEASURED["wingspan_m"])
    length_m = measure(MEASURED["length_m"])
    takeoff_mass_kg = measure(MEASURED["takeoff_mass_kg"])
    tolerance_pct = models.PositiveSmallIntegerField(
        _("give or take (%)"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("How far each measure may be off: of a wreck, rarely less than 5 %."),
    )
    variant_features = models.TextField(
        _("what sets it apart from others of its model"), blank=True
    )

    objects = WeaponInstanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("weapon found")
        verbose_name_plural = _("weapons found")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="weapon_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(model__isnull=True, model_confidence="")
                | (Q(model__isnull=False) & ~Q(model_confidence="")),
                name="weapon_model_with_its_confidence",
                violation_error_message=_(
                    "Say how sure the model is, or leave both the model and this empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.name_text}".strip()

    @property
    def name_text(self) -> str:
        """The model it is held to be, or the name that was marked on it."""
        return str(self.model or self.name_as_marked)

    @property
    def role_names(self) -> list[str]:
        """Wings and rotors in words."""
        return [str(WeaponRole(role).label) for role in self.roles]

    @property
    def guidance_names(self) -> list[str]:
        """The kinds of guidance in words."""
        return [str(Guidance(kind).label) for kind in self.guidance]

    @property
    def measured(self) -> list[tuple[str, str]]:
        """Each measure by its name, as taken, with how far it may be off."""
        taken = [(name, getattr(self, name)) for name in MEASURES]
        return [
            (str(MEASURED[name]), f"{plain(value)} ± {self.tolerance_pct} %")
            for name, value in taken
            if value is not None
        ]

    def components_in(self, components: ComponentQuerySet) -> ComponentQuerySet:
        """Those of `components` that are its own: of its exhibits and of their parts."""
        return components.filter(of_weapon(self, "item"))


def of_weapon(weapon: WeaponInstance, item: str) -> Q:
    """That the exhibit at the end of the path `item`, or a whole it is part of, is the weapon's."""
    own = WeaponInstance.exhibits.through.objects.filter(weaponinstance=weapon).values("item")
    reached = Q()
    for up in range(DEPTH + 1):
        reached |= Q(**{f"{'__'.join([item, *['parent'] * up])}__in": own})
    return reached


def components_of(weapon: WeaponInstance, components: ComponentQuerySet) -> list[Component]:
    """The weapon's components among those that may be seen, by exhibit."""
    rows = weapon.components_in(components).with_lists()
    return list(rows.order_by("item__exhibit_no", "id"))
