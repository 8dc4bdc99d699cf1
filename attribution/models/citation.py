"""Citations: the evidence a finding rests on, and the evidence that speaks against it."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.finding import Finding
from comparison.models import Link
from evidence.models import Component, Item
from investigations.models import CaseRecord, CaseRecordQuerySet, SourceReport

LINKED_PARTS = ("item", "maker", "category")


class CitationQuerySet(CaseRecordQuerySet["Citation"]):
    """Questions about citations."""

    def visible_to(self, user: User) -> "CitationQuerySet":
        """Those of the findings that `user` may read."""
        seen = Finding.objects.visible_to(user)
        return super().visible_to(user).filter(finding__in=seen)

    def supporting(self) -> "CitationQuerySet":
        return self.filter(stance=Citation.Stance.SUPPORTS)

    def contrary(self) -> "CitationQuerySet":
        return self.filter(stance=Citation.Stance.CONTRARY)

    def with_sources(self) -> "CitationQuerySet":
        ends = [f"link__{end}__{part}" for end in ("left", "right") for part in LINKED_PARTS]
        return self.select_related("item", "source_report__incident", *ends)

    def with_sight(self, user: User) -> "CitationQuerySet":
        """Each with `sees_item` and so on: whether this person may be told what it names.

        No comparison that lies across two cases is: whether somebody sees the other case too is
        for its own door to say, so that what a finding shows hangs on nothing beyond its case.
        """
        within = Link.objects.visible_to(user).filter(case=F("other_case"))
        return self.annotate(
            sees_item=Exists(Item.objects.visible_to(user).filter(pk=OuterRef("item"))),
            sees_source_report=Exists(
                SourceReport.objects.visible_to(user).filter(pk=OuterRef("source_report"))
            ),
            sees_link=Exists(within.filter(pk=OuterRef("link"))),
        )

    def beyond_likeness(self) -> "CitationQuerySet":
        """Those that say more than how alike two components are."""
        return self.filter(link__isnull=True)


class Citation(CaseRecord):
    """One exhibit, source report or confirmed comparison that a finding cites, for or against.

    When the finding is handed in, `version_cited` and `sha256_cited` pin what was before its
    authors' eyes, as far as the thing has a version and a digest: what changes afterwards is told.
    """

    derives_from = ("finding", "item", "source_report", "link")

    class Stance(models.TextChoices):
        """Which way it points."""

        SUPPORTS = "supports", _("supports the finding")
        CONTRARY = "contrary", _("speaks against the finding")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="citations")
    stance = models.CharField(_("which way it points"), max_length=10, choices=Stance)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    source_report = models.ForeignKey(
        SourceReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source report"),
    )
    link = models.ForeignKey(
        Link,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("comparison"),
    )
    remark = models.TextField(_("what it shows"), blank=True)
    version_cited = models.PositiveIntegerField(
        _("version cited"), null=True, blank=True, editable=False
    )
    sha256_cited = models.CharField(
        _("SHA-256 when cited"), max_length=64, blank=True, editable=False
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, source_report__isnull=True, link__isnull=True)
                | Q(item__isnull=True, source_report__isnull=False, link__isnull=True)
                | Q(item__isnull=True, source_report__isnull=True, link__isnull=False),
                name="citation_of_one_thing",
            ),
            models.UniqueConstraint(fields=["finding", "item"], name="citation_item_once"),
            models.UniqueConstraint(
                fields=["finding", "source_report"], name="citation_report_once"
            ),
            models.UniqueConstraint(fields=["finding", "link"], name="citation_link_once"),
        ]

    def __str__(self) -> str:
        if self.link is None:
            return str(self.cited)
        ends = " – ".join(f"{end.item.exhibit_no} {end}" for end in self.own_ends)
        return f"{ends}: {self.link.get_band_display()}"

    @property
    def cited(self) -> Item | SourceReport | Link | None:
        """The thing itself."""
        return self.item or self.source_report or self.link

    @property
    def own_ends(self) -> list[Component]:
        """The compared components that lie in the finding's own case: all that its team may read.

        The other end may belong to a case of which half the readers must not know.
        """
        ends = self.link.ends if self.link else ()
        return [end for end in ends if end.case_id == self.case_id]

    @property
    def is_pinned(self) -> bool:
        """True once the finding was handed in with it."""
        return bool(self.sha256_cited)
