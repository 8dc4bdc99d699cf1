"""Events of custody: what happened to an exhibit, when, between whom, where, under which seal."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.precision import DatePrecision
from evidence.models.description import plain
from evidence.models.item import Item
from evidence.models.stocktake import Verdict
from evidence.models.storage_place import StoragePlace
from investigations.models import CaseRecord, CaseRecordQuerySet


class CustodyKind(models.TextChoices):
    """What can happen to an exhibit."""

    COLLECTED = "collected", _("Collected")
    SEALED = "sealed", _("Sealed")
    UNSEALED = "unsealed", _("Seal broken")
    HANDED_OUT = "transferred-out", _("Handed over")
    RECEIVED = "received", _("Received")
    REFUSED = "refused", _("Not accepted")
    TAKEN_BACK = "taken-back", _("Taken back")
    STORED = "stored", _("Stored")
    MOVED = "moved", _("Moved")
    EXAMINED_START = "examined-start", _("Examination begun")
    EXAMINED_END = "examined-end", _("Examination ended")
    SUB_SAMPLED = "sub-sampled", _("Sample taken")
    PHOTOGRAPHED = "photographed", _("Photographed")
    LOANED = "loaned", _("Lent")
    EXPORTED = "exported", _("Taken abroad")
    IMPORTED = "imported", _("Brought back from abroad")
    RETURNED = "returned", _("Returned to its owner")
    DESTROYED = "destroyed", _("Destroyed")
    LOST = "lost", _("Lost")
    FOUND = "found", _("Found again")
    INVENTORY = "inventory-check", _("Seen at inventory")
    CORRECTION = "correction", _("Correction")


class CustodyEventQuerySet(CaseRecordQuerySet["CustodyEvent"]):
    """Questions about what happened to exhibits."""

    def of(self, item: Item) -> "CustodyEventQuerySet":
        """Everything that was entered of one exhibit, as it was entered."""
        return self.filter(item=item).order_by("seq")

    def with_people(self) -> "CustodyEventQuerySet":
        return self.select_related("entered_by", "from_person", "to_person", "corrects", "storage")


class CustodyEvent(CaseRecord):
    """One thing that happened to an exhibit; it is never changed, and only another corrects it.

    `at` is when it happened, `created_at` when it was entered, `seq` the how-manieth entry of its
    exhibit. `seal_before` is the seal found on the package and `seal_after` the one left on it,
    empty for none. `position` and `digest` name its line in the ledger of the case: the line is
    the signature of `entered_by`. `within` is the event of the whole in whose sealed package the
    exhibit lay. Only its label may follow the exhibit's; the database refuses all else.
    """

    derives_from = ("item",)
    born_shared = True
    append_only = True

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="custody_events", verbose_name=_("exhibit")
    )
    seq = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(_("what happened"), max_length=20, choices=CustodyKind)
    at = models.DateTimeField(_("time"))
    precision = models.CharField(
        _("time known to"), max_length=10, choices=DatePrecision, default=DatePrecision.SECOND
    )
    as_stated = models.CharField(_("time as stated"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from"),
    )
    from_name = models.CharField(_("from, outside the team"), max_length=200, blank=True)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to"),
    )
    to_name = models.CharField(_("to, outside the team"), max_length=200, blank=True)
    from_place = models.CharField(_("from place"), max_length=200, blank=True)
    to_place = models.CharField(_("to place"), max_length=200, blank=True)
    storage = models.ForeignKey(
        StoragePlace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place of storage"),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    purpose = models.CharField(_("for what"), max_length=1000, blank=True)
    seal_before = models.CharField(_("seal before"), max_length=60, blank=True)
    seal_after = models.CharField(_("seal after"), max_length=60, blank=True)
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    mass_g = models.DecimalField(
        _("mass (g)"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("within")
    )
    position = models.PositiveBigIntegerField(_("position in the ledger"), editable=False)
    digest = models.CharField(_("hash of the line"), max_length=64, editable=False)

    objects = CustodyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("custody event")
        verbose_name_plural = _("custody events")
        ordering = ["item", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seq"], name="custody_one_event_a_number"),
            models.CheckConstraint(
                condition=~Q(kind="correction") | Q(corrects__isnull=False),
                name="custody_correction_names_the_wrong_one",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="custody_corrects_another",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(purpose=""),
                name="custody_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="transferred-out")
                | Q(from_person__isnull=True)
                | Q(to_person__isnull=True)
                | ~Q(from_person=F("to_person")),
                name="custody_never_to_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "seal_after"], name="custody_seals"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.seq}"

    @property
    def deed(self) -> str:
        """What happened, as people read it; what an inventory did not find was not seen there."""
        missed = self.kind == CustodyKind.INVENTORY and self.purpose == Verdict.MISSING
        return _now("Not found at inventory") if missed else self.get_kind_display()

    @property
    def what_for(self) -> str:
        """Why, as people read it: what an inventory found has words in their language."""
        found = dict(Verdict.choices) if self.kind == CustodyKind.INVENTORY else {}
        return str(found.get(self.purpose, self.purpose))

    @property
    def mass(self) -> str:
        """The mass in grams as it was weighed, without empty decimals."""
        return "" if self.mass_g is None else plain(self.mass_g)

    @property
    def giver(self) -> str:
        """Whoever gave it, of the team or outside, as people read it."""
        return str(self.from_person or self.from_name)

    @property
    def taker(self) -> str:
        """Whoever took it, of the team or outside, as people read it."""
        return str(self.to_person or self.to_name)
