"""Scoring sheets: what each analyst gave alone, unseen by the others until theirs are in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.hypothesis import Hypothesis
from attribution.models.matrix import MatrixRow
from attribution.models.matrix_words import Rating
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import Case, CaseRecord, Duty, Membership, VersionedCaseRecord
from investigations.models.gates import gates_of

CONCLUDED = (Case.Status.FINDING_RELEASED, Case.Status.CLOSED)
"""When nobody's independence is at stake any more, and a post-mortem can be written."""


class SheetQuerySet(WholeTeamQuerySet["Sheet"]):
    """Questions about scoring sheets."""

    def visible_to(self, user: User) -> "SheetQuerySet":
        """The only definition of who reads a sheet: it keeps the analysts independent.

        One's own always; another's draft never. What was handed in is read by whoever cannot rate
        in this case, by whoever has handed in a sheet there, and by all once the case is concluded.
        """
        return super().visible_to(user).filter(Q(analyst=user) | handed_in_and_open_to(user))

    def handed_in(self) -> "SheetQuerySet":
        return self.filter(handed_in_at__isnull=False)

    def drafts(self) -> "SheetQuerySet":
        return self.filter(handed_in_at__isnull=True)

    def newest(self) -> "SheetQuerySet":
        """Of each analyst the last that was handed in."""
        later = Sheet.objects.filter(
            case=OuterRef("case"),
            analyst=OuterRef("analyst"),
            number__gt=OuterRef("number"),
            handed_in_at__isnull=False,
        )
        return self.handed_in().filter(~Exists(later))


def handed_in_and_open_to(user: User) -> Q:
    """Sheets handed in, in cases where nobody's independence is lost by this person's reading."""
    rating = Membership.objects.current().with_any([Duty.ANALYSE]).filter(user=user)
    own = Sheet.objects.filter(case=OuterRef("case"), analyst=user, handed_in_at__isnull=False)
    concluded = Q(case__status__in=CONCLUDED)
    settled = ~Q(case__in=rating.values("case")) | Exists(own) | concluded
    return Q(handed_in_at__isnull=False) & settled


class Sheet(VersionedCaseRecord):
    """One analyst's ratings of the whole matrix; handed in, it stands, and a change is the next.

    `number` counts the analyst's revisions in this case.
    """

    analyst = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("analyst"),
        editable=False,
    )
    number = models.PositiveIntegerField(_("revision"), editable=False)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("scoring sheet")
        verbose_name_plural = _("scoring sheets")
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "analyst", "number"], name="sheet_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["case", "analyst"],
                condition=Q(handed_in_at__isnull=True),
                name="sheet_one_draft_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.analyst} · {self.number}"

    @property
    def is_handed_in(self) -> bool:
        """True once others may read it and nobody may change it."""
        return self.handed_in_at is not None

    @property
    def state(self) -> str:
        """Draft or handed in."""
        return "handed-in" if self.is_handed_in else "draft"


class CellQuerySet(WholeTeamQuerySet["Cell"]):
    """Questions about cells."""

    def visible_to(self, user: User) -> "CellQuerySet":
        """Those of the sheets that this person may read, which settles the case: it is the same.

        Asking for the case of each cell again would be most of the work: there are thousands.
        """
        of_readable = self.filter(sheet__in=Sheet.objects.visible_to(user))
        return of_readable.filter(gates_of(user).label_is_open(), sheet__case=F("case")).narrowed()


class Cell(CaseRecord):
    """One rating, of one row against one hypothesis, with the analyst's reason; empty in drafts."""

    derives_from: ClassVar[tuple[str, ...]] = ("sheet", "row", "hypothesis")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="cells")
    row = models.ForeignKey(MatrixRow, models.PROTECT, related_name="+", verbose_name=_("row"))
    hypothesis = models.ForeignKey(
        Hypothesis, models.PROTECT, related_name="+", verbose_name=_("hypothesis")
    )
    rating = models.CharField(_("rating"), max_length=2, choices=Rating, blank=True)
    rationale = models.TextField(_("why"), blank=True)

    objects = CellQuerySet.as_manager()

    class Meta:
        verbose_name = _("cell of the matrix")
        verbose_name_plural = _("cells of the matrix")
        ordering = ["sheet", "row", "hypothesis"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "row", "hypothesis"], name="cell_rated_once")
        ]

    def __str__(self) -> str:
        return f"{self.row.ref} × {self.hypothesis.ref}: {self.rating}"
