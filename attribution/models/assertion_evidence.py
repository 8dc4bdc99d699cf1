"""What an assertion rests on, each thing as it stood when it was cited."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.assertion import Assertion
from attribution.models.citation import LINKED_PARTS
from attribution.models.claim import Claim
from attribution.models.whole_team import WholeTeamQuerySet
from comparison.models import Link
from evidence.models import Component, Item
from investigations.models import CaseRecord

THINGS = ("claim", "item", "link")


class AssertionEvidenceQuerySet(WholeTeamQuerySet["AssertionEvidence"]):
    """Questions about what assertions rest on."""

    def visible_to(self, user: User) -> "AssertionEvidenceQuerySet":
        """Those of the assertions that `user` may read."""
        seen = Assertion.objects.visible_to(user)
        return super().visible_to(user).filter(assertion__in=seen)

    def with_sources(self) -> "AssertionEvidenceQuerySet":
        ends = [f"link__{end}__{part}" for end in ("left", "right") for part in LINKED_PARTS]
        told = ("claim__statement__source", "claim__source_report__source", "claim__document")
        return self.select_related("item", *told, *ends)


class AssertionEvidence(CaseRecord):
    """One claim, exhibit or confirmed comparison that an assertion cites.

    `version_cited` and `as_cited` keep what was before the author's eyes: evidence that changes
    afterwards doesn't silently change what was asserted.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("assertion", *THINGS)

    assertion = models.ForeignKey(Assertion, models.CASCADE, related_name="evidence")
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claim")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    link = models.ForeignKey(
        Link, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("comparison")
    )
    version_cited = models.PositiveIntegerField(_("version cited"))
    as_cited = models.TextField(_("as it stood when cited"))

    objects = AssertionEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of an assertion")
        verbose_name_plural = _("evidence of assertions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, item__isnull=True, link__isnull=True)
                | Q(claim__isnull=True, item__isnull=False, link__isnull=True)
                | Q(claim__isnull=True, item__isnull=True, link__isnull=False),
                name="assertion_evidence_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["assertion", thing], name=f"assertion_evidence_{thing}_once"
                )
                for thing in THINGS
            ),
        ]

    def __str__(self) -> str:
        return self.as_cited

    @property
    def cited(self) -> Claim | Item | Link | None:
        """The thing itself."""
        return self.claim or self.item or self.link

    @property
    def own_ends(self) -> list[Component]:
        """The compared components that lie in the assertion's own case: all its team may read."""
        ends = self.link.ends if self.link else ()
        return [end for end in ends if end.case_id == self.case_id]

    @property
    def words(self) -> str:
        """What is cited, as it stands now."""
        if self.claim:
            return f"{self.claim.ref} {self.claim.text} ({self.claim.grade})"
        if self.link is None:
            return str(self.item)
        ends = " – ".join(f"{end.item.exhibit_no} {end}" for end in self.own_ends)
        return f"{ends}: {self.link.get_band_display()}"

    @property
    def has_changed(self) -> bool:
        """True where the thing is no longer what was cited: then read both, and cite it anew."""
        return bool(self.cited and self.cited.version != self.version_cited)
