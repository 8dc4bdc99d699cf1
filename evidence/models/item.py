"""Exhibits: the physical things an investigation rests on, in a tree of parts."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.precision import DatePrecision
from core.scope import system_scope
from evidence.models.description import Described, plain
from evidence.models.gap_words import patience
from evidence.models.scan import key_scanned
from evidence.models.storage_place import StoragePlace
from evidence.models.vocabulary import Acquisition, Condition, Hazard, ItemStatus, Packaging
from investigations.models import (
    CaseRecord,
    CaseRecordQuerySet,
    Incident,
    Site,
    VersionedCaseRecord,
)


class ItemQuerySet(CaseRecordQuerySet["Item"]):
    """Questions one may ask of many exhibits at once; they chain."""

    def sealed(self) -> "ItemQuerySet":
        return self.exclude(seal_no="")

    def unsealed(self) -> "ItemQuerySet":
        return self.filter(seal_no="")

    def whole(self) -> "ItemQuerySet":
        return self.filter(parent__isnull=True)

    def with_open_gaps(self) -> "ItemQuerySet":
        """Those in whose custody something does not fit, or that were not received in time."""
        late = timezone.now() - patience()
        return self.filter(Q(open_gaps__gt=0) | Q(offered_at__lt=late))

    def offered_to(self, user: User) -> "ItemQuerySet":
        """On their way to this person, who has yet to receive them."""
        return self.filter(offered_to=user)

    def labelled(self, scanned: str) -> "ItemQuerySet":
        """The one whose label says so: the address in its code, or `CASE/EV-0001` in its bars."""
        key = key_scanned(scanned)
        if key is not None:
            return self.filter(pk=key)
        ref, _stroke, number = scanned.strip().partition("/")
        named = self.filter(case__ref__iexact=ref.strip(), exhibit_no__iexact=number.strip())
        return named if number.strip() else self.none()

    def with_lists(self) -> "ItemQuerySet":
        return self.select_related(
            "case", "incident", "incident__theatre", "kind", "holder", "offered_to"
        )


class Item(Described, VersionedCaseRecord):
    """One exhibit, such as a wing spar, a gyroscope or the parachute both were found with.

    `holder` is the person answerable for it now and `kept_at` the place; an empty `seal_no`
    means that it is not sealed. While it is handed over, `offered_to` has yet to receive it.
    All of these follow from its events of custody, each a line in the ledger; so does
    `open_gaps`, how many things in them do not fit together and are not waived.
    """

    derives_from = ("incident", "site", "documentation_site", "parent")
    kept = True
    not_kept = (
        *("holder", "kept_at", "storage", "seal_no", "status"),
        *("offered_to", "offered_at", "open_gaps"),
    )

    exhibit_no = models.CharField(_("exhibit"), max_length=30, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="items", verbose_name=_("incident")
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("site"),
    )
    kind = models.ForeignKey(
        "catalogue.ComponentCategory",
        models.PROTECT,
        to_field="code",
        related_name="+",
        verbose_name=_("kind"),
    )
    description = models.CharField(_("short description"), max_length=300)
    recovered_at = models.DateTimeField(_("recovered"), null=True, blank=True)
    recovered_precision = models.CharField(
        _("time known to"), max_length=10, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    recovered_as_stated = models.CharField(_("time as stated"), max_length=200, blank=True)
    recovered_by = models.CharField(_("recovered by"), max_length=120, blank=True)
    acquisition = models.CharField(
        _("acquired by"), max_length=30, choices=Acquisition, default=Acquisition.SCENE_RECOVERY
    )
    status = models.CharField(
        _("status"), max_length=30, choices=ItemStatus, default=ItemStatus.COLLECTED
    )
    condition = models.CharField(
        _("condition"), max_length=20, choices=Condition, default=Condition.UNKNOWN
    )
    packaging = models.CharField(
        _("packaging"), max_length=30, choices=Packaging, default=Packaging.NONE
    )
    hazards = ArrayField(
        models.CharField(max_length=30, choices=Hazard),
        verbose_name=_("hazards"),
        default=list,
        blank=True,
    )
    quantity = models.PositiveIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1)]
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    mass_g = models.DecimalField(
        _("mass (g)"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    length_mm = models.DecimalField(
        _("length (mm)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    width_mm = models.DecimalField(
        _("width (mm)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    height_mm = models.DecimalField(
        _("height (mm)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    no_in_situ_reason = models.CharField(
        _("why there is no photo in place"),
        max_length=200,
        blank=True,
        help_text=_("Needed when the exhibit was not photographed before it was moved."),
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("holder"),
        editable=False,
    )
    kept_at = models.CharField(_("kept at"), max_length=200, blank=True, editable=False)
    storage = models.ForeignKey(
        StoragePlace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("place of storage"),
        editable=False,
    )
    seal_no = models.CharField(_("seal"), max_length=60, blank=True, editable=False)
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("being handed over to"),
        editable=False,
    )
    offered_at = models.DateTimeField(_("handed over"), null=True, blank=True, editable=False)
    open_gaps = models.PositiveIntegerField(_("gaps in its custody"), default=0, editable=False)

    cover: CaseRecord | None = None
    """The file whose small picture stands for the exhibit in a list; set where a list is made."""

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "exhibit_no"], name="exhibit_once_per_case"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="item_not_part_of_itself",
            ),
            models.CheckConstraint(
                condition=~Q(acquisition=Acquisition.DOCUMENTED_ONLY)
                | Q(holder__isnull=True, seal_no=""),
                name="item_documented_only_has_no_holder",
            ),
            models.CheckConstraint(
                condition=Q(completeness_pct__isnull=True) | Q(completeness_pct__lte=100),
                name="item_is_no_more_than_complete",
            ),
            models.CheckConstraint(
                condition=Q(documentation_site__isnull=True)
                | Q(acquisition=Acquisition.DOCUMENTED_ONLY),
                name="item_documented_where_never_held",
                violation_error_message=_(
                    "Only what was never held is documented at a site; otherwise name the site "
                    "it was recovered at."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"]),
            models.Index(fields=["incident", "-id"]),
            models.Index(fields=["kind", "-id"]),
            models.Index(F("exhibit_no").asc(nulls_first=True), "id", name="items_by_number"),
            models.Index(F("description").asc(nulls_first=True), "id", name="items_by_words"),
            GinIndex(
                OpClass(Upper("exhibit_no"), name="gin_trgm_ops"), name="items_number_trigrams"
            ),
            GinIndex(
                OpClass(Upper("description"), name="gin_trgm_ops"), name="items_words_trigrams"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibit_no} {self.description}"

    def kept_from(self, agencies: Collection[UUID]) -> list[str]:
        """The caveats, its own and those of its wholes, of others than the one agency it is for."""
        with system_scope("a caveat binds whoever may see it"):
            standing = [each for each in self.caveats.standing() if {*agencies} - {each.agency_id}]
        own = [f"{self.exhibit_no} ({caveat})" for caveat in standing]
        return [*own, *super().kept_from(agencies)]

    @property
    def scanned_as(self) -> str:
        """What the bars of its label say: its case and its number."""
        return f"{self.case.ref}/{self.exhibit_no}"

    @property
    def is_sealed(self) -> bool:
        """True while a seal is on the package."""
        return bool(self.seal_no)

    @property
    def was_possessed(self) -> bool:
        """False for things that were only documented: they have no custody."""
        return self.acquisition != Acquisition.DOCUMENTED_ONLY

    @property
    def hazard_names(self) -> list[str]:
        """The hazards in the reader's language."""
        return [str(Hazard(hazard).label) for hazard in self.hazards]

    @property
    def measures(self) -> str:
        """Length, width and height in mm; a dash for each that was not measured."""
        sides = [self.length_mm, self.width_mm, self.height_mm]
        return " × ".join(plain(side) for side in sides) if any(sides) else ""

    @property
    def mass(self) -> str:
        """The mass in grams, without empty decimals."""
        return "" if self.mass_g is None else plain(self.mass_g)
