"""Components: what the parts are, as their markings and their making show."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models.item import Item
from evidence.models.trade import TRADE_RULES, Traded
from evidence.models.vocabulary import (
    CommodityGrade,
    Identification,
    MakerStatus,
    MarkingState,
    OriginBasis,
    Transcription,
)
from investigations.models import CaseRecordQuerySet, VersionedCaseRecord


class ComponentQuerySet(CaseRecordQuerySet["Component"]):
    """Questions about parts."""

    def with_lists(self) -> "ComponentQuerySet":
        return self.select_related(
            "case", "category", "maker", "item", "item__incident", "item__incident__theatre"
        )

    def marked_with(self, words: str) -> "ComponentQuerySet":
        """Parts on which these letters stand: number, model, maker or any marking."""
        return self.filter(
            models.Q(serial_number__icontains=words)
            | models.Q(part_number__icontains=words)
            | models.Q(model_name__icontains=words)
            | models.Q(maker_as_marked__icontains=words)
            | models.Q(markings__as_seen__icontains=words)
        )


class Component(Traded, VersionedCaseRecord):
    """The technical facts of one part of an exhibit, kept exactly as seen.

    Normalised keys for retrieval belong to the comparison room; here nothing is folded.
    `?` in a marked text stands for one character that cannot be read.
    """

    derives_from = ("item",)
    born_shared = True
    kept = True

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="components", verbose_name=_("exhibit")
    )
    category = models.ForeignKey(
        "catalogue.ComponentCategory",
        models.PROTECT,
        to_field="code",
        related_name="+",
        verbose_name=_("category"),
    )
    identification = models.CharField(
        _("identification"),
        max_length=20,
        choices=Identification,
        default=Identification.UNIDENTIFIED,
    )
    maker = models.ForeignKey(
        "catalogue.Maker",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("maker"),
    )
    maker_as_marked = models.CharField(_("maker as marked"), max_length=120, blank=True)
    maker_status = models.CharField(
        _("maker known from"), max_length=30, choices=MakerStatus, default=MakerStatus.UNKNOWN
    )
    model_name = models.CharField(_("model"), max_length=120, blank=True)
    part_number = models.CharField(_("part number as marked"), max_length=120, blank=True)
    serial_number = models.CharField(_("serial number as marked"), max_length=120, blank=True)
    serial_state = models.CharField(
        _("state of the serial number"),
        max_length=30,
        choices=MarkingState,
        default=MarkingState.NOT_EXAMINED,
    )
    lot_code = models.CharField(_("lot code as marked"), max_length=80, blank=True)
    date_code = models.CharField(_("date code as marked"), max_length=40, blank=True)
    transcription = models.CharField(
        _("markings read by"),
        max_length=20,
        choices=Transcription,
        default=Transcription.SINGLE_READ,
    )
    firmware_version = models.CharField(_("firmware version"), max_length=120, blank=True)
    firmware_sha256 = models.CharField(_("firmware SHA-256"), max_length=64, blank=True)
    board_revision = models.CharField(_("board revision"), max_length=60, blank=True)
    country_of_manufacture = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of manufacture"),
    )
    manufacture_basis = models.CharField(
        _("which is known from"), max_length=20, choices=OriginBasis, blank=True
    )
    country_of_design = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of design"),
    )
    commodity_grade = models.CharField(
        _("how common"), max_length=20, choices=CommodityGrade, blank=True
    )
    materials = ArrayField(
        models.CharField(max_length=60), verbose_name=_("materials"), default=list, blank=True
    )
    colour = models.CharField(_("colour"), max_length=60, blank=True)
    finish = models.CharField(_("finish or casting"), max_length=120, blank=True)
    fasteners = models.CharField(_("fasteners"), max_length=120, blank=True)
    wiring = models.CharField(_("wiring"), max_length=120, blank=True)
    connector = models.CharField(_("connector"), max_length=120, blank=True)
    adhesive = models.CharField(_("adhesive or sealant"), max_length=120, blank=True)
    technique = models.CharField(
        _("construction technique"),
        max_length=120,
        blank=True,
        help_text=_("Such as hand lay-up, honeycomb core, mould seam, CNC or 3-D print."),
    )
    workmanship = models.TextField(_("remarks on workmanship"), blank=True)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(firmware_sha256="")
                | models.Q(firmware_sha256__regex=r"^[0-9a-f]{64}$"),
                name="component_firmware_is_sha256",
                violation_error_message=_("A SHA-256 has 64 digits from 0-9 and a-f."),
            ),
            *TRADE_RULES,
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.maker_text, self.name_text) if part)

    @property
    def maker_text(self) -> str:
        """The maker as the catalogue names it, or as marked."""
        return self.maker.name if self.maker else self.maker_as_marked

    @property
    def name_text(self) -> str:
        """The most telling name there is: model, part number, or category."""
        return self.model_name or self.part_number or str(self.category)
