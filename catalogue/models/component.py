"""The kinds of object an exhibit or a component can be."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models.review import ReferenceQuerySet
from core.models import VersionedRecord


class ComponentGroup(models.TextChoices):
    """The part of a weapon, or of a scene, that a category belongs to."""

    STRUCTURE = "structure", _("Airframe and structure")
    PROPULSION = "propulsion", _("Propulsion and fuel")
    ELECTRONICS = "electronics", _("Guidance and electronics")
    POWER = "power", _("Power and wiring")
    ENERGETIC = "energetic", _("Warhead and explosives")
    LAUNCH = "launch", _("Launch and control")
    TRACE = "trace", _("Traces and samples")
    PAPER = "paper", _("Packaging, papers and belongings")
    OTHER = "other", _("Other")


class ComponentCategoryQuerySet(ReferenceQuerySet["ComponentCategory"]):
    """Questions about categories."""

    def electronic(self) -> "ComponentCategoryQuerySet":
        return self.filter(is_electronic=True)


class ComponentCategory(VersionedRecord):
    """What kind of thing an item is, such as a gyroscope, a servo or a fragment."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_ar = models.CharField(_("Arabic name"), max_length=80, blank=True)
    group = models.CharField(
        _("group"), max_length=20, choices=ComponentGroup, default=ComponentGroup.OTHER
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_electronic = models.BooleanField(
        _("electronic"), default=False, help_text=_("May hold firmware, data or marked circuits.")
    )
    is_traceable = models.BooleanField(
        _("traceable"),
        default=False,
        help_text=_("Usually carries a maker, a part number or a serial number."),
    )
    is_consumer = models.BooleanField(
        _("common in consumer goods"),
        default=False,
        help_text=_("Often sold openly: two alike may mean little."),
    )

    objects = ComponentCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("component category")
        verbose_name_plural = _("component categories")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_ar if self.name_ar and get_language() == "ar" else self.name
