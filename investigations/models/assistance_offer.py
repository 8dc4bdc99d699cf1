"""Offers: what an agency would do, on which terms; decided in writing, an offer is an agreement."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from investigations.models.assistance_need import AssistanceNeed
from investigations.models.assistance_words import AGREED, Capability, Decision
from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord
from investigations.models.contribution_request import ContributionRequest

TERMS = ("access", "data_handling", "publication", "cost", "immunities")
"""What two agencies settle between them; frozen once the lead has decided."""


class AssistanceOfferQuerySet(CaseRecordQuerySet["AssistanceOffer"]):
    """Questions about offers."""

    def pending(self) -> "AssistanceOfferQuerySet":
        return self.filter(decision=Decision.PENDING)

    def agreed(self) -> "AssistanceOfferQuerySet":
        """Those that the lead accepted, with or without conditions."""
        return self.filter(decision__in=AGREED)

    def with_lists(self) -> "AssistanceOfferQuerySet":
        return self.select_related("case", "agency", "entered_by", "decided_by")


class AssistanceOffer(VersionedCaseRecord):
    """What one agency offers for one need, and what the lead decided.

    Decided in writing, it stays as it was decided: `terms_sha256` is of the canonical text of what
    was offered, its terms and the conditions, and stands in the ledger.
    """

    derives_from = ("need", "asked")
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    need = models.ForeignKey(
        AssistanceNeed, models.PROTECT, related_name="offers", verbose_name=_("need")
    )
    asked = models.ForeignKey(
        ContributionRequest,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="offers",
        verbose_name=_("in answer to"),
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    capability = models.CharField(_("capability"), max_length=30, choices=Capability)
    description = models.TextField(_("what is offered"))
    offered_on = models.DateField(_("offered on"))
    access = models.TextField(
        _("access"), blank=True, help_text=_("To which sites, exhibits and files, and with whom.")
    )
    data_handling = models.TextField(
        _("data handling"),
        blank=True,
        help_text=_("What may be copied, where it is kept, and when it is given back or erased."),
    )
    publication = models.TextField(
        _("publication"), blank=True, help_text=_("Who may publish what, when, and who is asked.")
    )
    cost = models.TextField(_("cost"), blank=True, help_text=_("Who bears which cost."))
    immunities = models.TextField(
        _("immunities"), blank=True, help_text=_("Privileges and immunities of those who come.")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )
    decision = models.CharField(
        _("decision"), max_length=20, choices=Decision, default=Decision.PENDING, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    document_ref = models.CharField(
        _("document in which it was decided"), max_length=200, blank=True, editable=False
    )
    conditions = models.TextField(_("conditions"), blank=True, editable=False)
    decision_reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    terms_sha256 = models.CharField(
        _("SHA-256 of the terms"), max_length=64, blank=True, editable=False
    )

    objects = AssistanceOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of assistance")
        verbose_name_plural = _("offers of assistance")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="aid_offer_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(decision__in=[Decision.PENDING, Decision.WITHDRAWN])
                | Q(
                    ~Q(document_ref=""),
                    ~Q(terms_sha256=""),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    signed_on__isnull=False,
                ),
                name="aid_offer_decided_in_writing",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.CONDITIONAL) | ~Q(conditions=""),
                name="aid_offer_conditional_says_on_what",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="aid_offers_of_case")]

    def __str__(self) -> str:
        return f"{self.ref} {self.agency}"

    @property
    def is_pending(self) -> bool:
        """True until the lead has decided, or the agency has taken it back."""
        return self.decision == Decision.PENDING

    @property
    def is_agreed(self) -> bool:
        """True once it is an agreement."""
        return self.decision in AGREED

    @property
    def terms(self) -> list[tuple[str, str]]:
        """Each of its terms by name, those that say something."""
        told = [(self._meta.get_field(name), getattr(self, name)) for name in TERMS]
        return [(str(getattr(field, "verbose_name", "")), said) for field, said in told if said]
