"""Regroupings: one exhibit becomes several, or several are found to belong together."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.models.item import Item
from investigations.models import CaseRecord, CaseRecordQuerySet


class RegroupingKind(models.TextChoices):
    """What was done to the tree of exhibits."""

    SPLIT = "split", _("parts taken off")
    JOIN = "join", _("found to belong together")
    UNJOIN = "unjoin", _("found not to belong together after all")


class RegroupingQuerySet(CaseRecordQuerySet["Regrouping"]):
    """Questions about regroupings."""

    def touching(self, item: Item) -> "RegroupingQuerySet":
        """Those of which an exhibit was the whole or a part, newest first."""
        about = self.filter(Q(item=item) | Q(parts__contains=[item.pk]))
        return about.select_related("item", "made_by", "corrected_by").order_by("-id")


class Regrouping(CaseRecord):
    """One deed on the tree: which exhibits, why, by whom; never changed, corrected by another.

    `item` is the whole and `parts` are the keys of its parts. `quantity_before` and
    `quantity_after` are the whole's own; `parts_before` names what each part belonged to.
    """

    derives_from = ("item",)

    kind = models.CharField(_("what was done"), max_length=10, choices=RegroupingKind)
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="regroupings", verbose_name=_("exhibit")
    )
    parts = ArrayField(models.UUIDField(), verbose_name=_("parts"))
    parts_before = models.JSONField(_("what each belonged to"), default=dict)
    quantity_before = models.PositiveIntegerField(_("quantity before"))
    quantity_after = models.PositiveIntegerField(_("quantity after"))
    reason = models.CharField(_("why"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )

    seen: list[Item]
    """The parts that a reader may see; set where a list is made."""

    objects = RegroupingQuerySet.as_manager()

    class Meta:
        verbose_name = _("regrouping")
        verbose_name_plural = _("regroupings")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity_after__lte=F("quantity_before")),
                name="regrouping_adds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(kind=RegroupingKind.UNJOIN, corrects__isnull=False)
                | (~Q(kind=RegroupingKind.UNJOIN) & Q(corrects__isnull=True)),
                name="regrouping_only_a_correction_corrects",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.exhibit_no}: {self.get_kind_display()}"

    @property
    def can_be_corrected(self) -> bool:
        """True for parts found to belong together, until it is said that they do not."""
        return self.kind == RegroupingKind.JOIN and not hasattr(self, "corrected_by")
