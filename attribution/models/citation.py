"""Citations: the evidence a finding rests on, and the evidence that speaks against it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.finding import Finding
from evidence.models import Item
from investigations.models import CaseRecord, CaseRecordQuerySet, SourceReport


class CitationQuerySet(CaseRecordQuerySet["Citation"]):
    """Questions about citations."""

    def visible_to(self, user: User) -> "CitationQuerySet":
        """Those of the findings that `user` may read."""
        return self.filter(finding__in=Finding.objects.visible_to(user))

    def supporting(self) -> "CitationQuerySet":
        return self.filter(stance=Citation.Stance.SUPPORTS)

    def contrary(self) -> "CitationQuerySet":
        return self.filter(stance=Citation.Stance.CONTRARY)

    def with_sources(self) -> "CitationQuerySet":
        return self.select_related("item", "source_report", "source_report__incident")


class Citation(CaseRecord):
    """One exhibit or source report that a finding cites, for it or against it."""

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
    remark = models.TextField(_("what it shows"), blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, source_report__isnull=True)
                | Q(item__isnull=True, source_report__isnull=False),
                name="citation_of_one_thing",
            ),
            models.UniqueConstraint(fields=["finding", "item"], name="citation_item_once"),
            models.UniqueConstraint(
                fields=["finding", "source_report"], name="citation_report_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.cited)

    @property
    def cited(self) -> Item | SourceReport | None:
        """The thing itself."""
        return self.item or self.source_report
