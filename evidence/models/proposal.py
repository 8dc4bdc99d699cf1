"""Proposals: what a machine read in a picture, for people to accept or leave."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.models.file import File
from evidence.models.region import SIDES, outline_text
from evidence.models.vocabulary import ProposalKind
from investigations.models import CaseRecord, CaseRecordQuerySet

CLAIMS = {
    "Valid": _("The signature fits these bytes. Who holds the key has not been verified."),
    "Invalid": _("The signature does not fit these bytes, or is damaged."),
    "unreadable": _("The credentials could not be read."),
}


class ProposalQuerySet(CaseRecordQuerySet["Proposal"]):
    """Questions about proposals."""

    def standing(self) -> "ProposalQuerySet":
        """Those that the latest reading of their file made."""
        return self.filter(withdrawn_at__isnull=True)


class Proposal(CaseRecord):
    """One thing a machine read on a file; nobody edits it, and it is no fact.

    People accept it as a marking, or refuse it with the reason; refused, it stays to be seen.

    `box` is left, top, width, height as fractions of the upright picture in per mille, as in
    `Marking.region`; `confidence` is the engine's own figure in per mille, none where it gives
    none. A later reading that no longer finds it withdraws it; the row stays for those who
    built on it. `facts` is what a signer of Content Credentials claims.
    """

    derives_from = ("file",)
    born_shared = True

    file = models.ForeignKey(
        File, models.PROTECT, related_name="proposals", verbose_name=_("file"), editable=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind, editable=False)
    text = models.CharField(_("as read"), max_length=500, blank=True, editable=False)
    symbology = models.CharField(_("symbology"), max_length=30, blank=True, editable=False)
    box = models.JSONField(_("region"), null=True, editable=False)
    confidence = models.PositiveSmallIntegerField(
        _("confidence (per mille)"), null=True, editable=False
    )
    facts = models.JSONField(_("claims"), default=dict, editable=False)
    engine = models.CharField(_("read by"), max_length=100, editable=False)
    pipeline_version = models.PositiveIntegerField(_("pipeline version"), editable=False)
    withdrawn_at = models.DateTimeField(_("no longer read since"), null=True, editable=False)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("refused by"),
        editable=False,
    )
    refused_at = models.DateTimeField(_("refused"), null=True, editable=False)
    refused_because = models.CharField(
        _("why it was refused"), max_length=300, blank=True, editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_by__isnull=True, refused_at__isnull=True, refused_because="")
                | Q(refused_by__isnull=False, refused_at__isnull=False) & ~Q(refused_because=""),
                name="proposal_refused_by_somebody_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()

    @property
    def outline(self) -> str:
        """The corners of its box, as text; empty where it lies nowhere in particular."""
        return outline_text(dict(zip(SIDES, self.box, strict=True))) if self.box else ""

    @property
    def is_claim(self) -> bool:
        """True for what a signer says of the picture, instead of what stands in it."""
        return self.kind == ProposalKind.C2PA

    @property
    def claim_text(self) -> str:
        """What the check of the signature says, and what it does not."""
        return str(CLAIMS.get(self.facts.get("state", ""), CLAIMS["unreadable"]))
