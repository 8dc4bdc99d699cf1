"""Rows of the matrix: what the rival hypotheses of a case are held against."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attribution.models.claim import Claim
from attribution.models.matrix_words import Degree
from attribution.models.whole_team import WholeTeamQuerySet
from comparison.models import Link
from evidence.models import Component, Item
from investigations.models import CaseRecord, SourceReport, VersionedCaseRecord

THINGS = ("claim", "item", "link", "source_report")
LINKED_PARTS = ("item", "maker", "category")


def exactly_one(*names: str) -> Q:
    """Rows in which one of these relations is set and no other."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


class MatrixRowQuerySet(WholeTeamQuerySet["MatrixRow"]):
    """Questions about rows of the matrix."""

    def standing(self) -> "MatrixRowQuerySet":
        """Those that were not taken out."""
        return self.filter(taken_out_reason="")

    def with_things(self) -> "MatrixRowQuerySet":
        ends = [f"link__{end}__{part}" for end in ("left", "right") for part in LINKED_PARTS]
        return self.select_related("case", "claim", "item", "source_report__incident", *ends)


class MatrixRow(VersionedCaseRecord):
    """One claim, exhibit, confirmed comparison or source report, weighed once for all analysts.

    Credibility and relevance weigh 0.5, 1 or 1.5 each. Rows of one `origin_group`, and claims that
    share an origin, count as much as the strongest of them.
    """

    derives_from: ClassVar[tuple[str, ...]] = THINGS
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claim")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    link = models.ForeignKey(
        Link, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("comparison")
    )
    source_report = models.ForeignKey(
        SourceReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source report"),
    )
    shows = models.TextField(
        _("what it shows"), blank=True, help_text=_("In one sentence, for those who rate it.")
    )
    credibility = models.CharField(
        _("credibility"), max_length=1, choices=Degree, default=Degree.MEDIUM
    )
    relevance = models.CharField(
        _("relevance"), max_length=1, choices=Degree, default=Degree.MEDIUM
    )
    origin_group = models.CharField(
        _("common origin"),
        max_length=60,
        blank=True,
        help_text=_("One name for all rows that come from the same origin: they count once."),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("added by"),
        editable=False,
    )
    taken_out_reason = models.TextField(_("why it was taken out"), blank=True, editable=False)

    objects = MatrixRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the matrix")
        verbose_name_plural = _("rows of the matrix")
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="matrix_row_ref_once_per_case"),
            models.CheckConstraint(condition=exactly_one(*THINGS), name="matrix_row_of_one_thing"),
            *(
                models.UniqueConstraint(fields=["case", name], name=f"matrix_{name}_once")
                for name in THINGS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"

    @property
    def thing(self) -> CaseRecord | None:
        """The thing itself."""
        return self.claim or self.item or self.link or self.source_report

    @property
    def name(self) -> str:
        """What it is called: its number, or those of the two exhibits that were compared."""
        if self.link:
            return " – ".join(end.item.exhibit_no for end in self.own_ends)
        if self.source_report:
            return f"{self.source_report.incident.ref} · {self.source_report.citation[:60]}"
        return self.claim.ref if self.claim else str(self.item.exhibit_no if self.item else "")

    @property
    def says(self) -> str:
        """What those who rate it read: the words of the row, or else of the thing."""
        if self.shows or self.link or self.source_report:
            return self.shows
        return self.claim.text if self.claim else str(self.item.description if self.item else "")

    @property
    def own_ends(self) -> list[Component]:
        """The compared components that lie in this case: all that its team may read."""
        ends = self.link.ends if self.link else ()
        return [end for end in ends if end.case_id == self.case_id]

    @property
    def is_taken_out(self) -> bool:
        """True once it counts no more; what was rated of it stays on record."""
        return bool(self.taken_out_reason)
