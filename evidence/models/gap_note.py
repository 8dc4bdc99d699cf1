"""What people said of a gap in the custody of an exhibit: an explanation, and another's waiver."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.models.item import Item
from investigations.models import CaseRecord, CaseRecordQuerySet


class GapNoteQuerySet(CaseRecordQuerySet["GapNote"]):
    """Questions about what was said of gaps."""

    def of(self, item: Item) -> "GapNoteQuerySet":
        """What was said of the gaps of one exhibit, oldest first."""
        return self.filter(item=item).order_by("id")

    def waivers(self) -> "GapNoteQuerySet":
        return self.filter(explanation__isnull=False)


class GapNote(CaseRecord):
    """One person's word on a gap: an explanation, or a waiver of it by another person.

    A waiver rests on an explanation and is never by whoever gave that, nor by those who took part
    in what the gap is about. `gap` is the gap's key. Nothing of it is ever changed.
    """

    derives_from = ("item",)
    born_shared = True
    append_only = True

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="gap_notes", verbose_name=_("exhibit")
    )
    gap = models.CharField(_("gap"), max_length=80)
    words = models.CharField(_("words"), max_length=1000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    explanation = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="waivers",
        verbose_name=_("the explanation it accepts"),
    )
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("explained by"),
    )

    objects = GapNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("word on a gap")
        verbose_name_plural = _("words on gaps")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="gap_note_says_something"),
            models.CheckConstraint(
                condition=Q(explanation__isnull=True, explained_by__isnull=True)
                | Q(explanation__isnull=False, explained_by__isnull=False),
                name="gap_waiver_rests_on_an_explanation",
            ),
            models.CheckConstraint(
                condition=Q(explained_by__isnull=True) | ~Q(said_by=F("explained_by")),
                name="gap_waiver_takes_two_people",
            ),
        ]
        indexes = [models.Index(fields=["item", "gap"], name="gap_notes")]

    def __str__(self) -> str:
        return self.words

    @property
    def is_waiver(self) -> bool:
        """True when a second person accepted an explanation."""
        return self.explanation_id is not None
