"""Requests for contribution: what one partner agency was asked for, in words written for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core.zones import today
from investigations.models.assistance_need import AssistanceNeed
from investigations.models.assistance_words import Answer, Capability
from investigations.models.case_record import CaseRecordQuerySet, VersionedCaseRecord


class ContributionRequestQuerySet(CaseRecordQuerySet["ContributionRequest"]):
    """Questions about requests for contribution."""

    def waiting(self) -> "ContributionRequestQuerySet":
        return self.filter(answer=Answer.WAITING)

    def with_lists(self) -> "ContributionRequestQuerySet":
        return self.select_related("case", "agency", "asked_by")


class ContributionRequest(VersionedCaseRecord):
    """One question to one agency. Its people on the case are shown it, and answer it there.

    The need behind it stays with the team: an agency reads what was written for it, and no more.
    Vestige sends nothing: people send the letter.
    """

    derives_from = ("need",)
    kept = True

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    need = models.ForeignKey(
        AssistanceNeed, models.PROTECT, related_name="requests", verbose_name=_("need")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    capability = models.CharField(
        _("capability"), max_length=30, choices=Capability, editable=False
    )
    words = models.TextField(
        _("what is asked"), help_text=_("The agency reads it: write what it may know.")
    )
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    due = models.DateField(_("answer due"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("asked by"),
    )
    answer = models.CharField(
        _("answer"), max_length=20, choices=Answer, default=Answer.WAITING, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answer_reason = models.TextField(_("reason of the answer"), blank=True, editable=False)

    objects = ContributionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for contribution")
        verbose_name_plural = _("requests for contribution")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="contribution_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING) | Q(answered_at__isnull=False),
                name="contribution_answered_some_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.DECLINED) | ~Q(answer_reason=""),
                name="contribution_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.agency}"

    @property
    def is_waiting(self) -> bool:
        """True until the agency has answered."""
        return self.answer == Answer.WAITING

    @property
    def is_overdue(self) -> bool:
        """True when the day of the answer has passed without one."""
        return self.is_waiting and self.due is not None and self.due < today()

    @property
    def is_shown_to_agency(self) -> bool:
        """False where the need bears a label that no partner is shown: then the letter goes alone.

        What is drawn from a labelled thing is shown to a partner only if that thing is.
        """
        return self.agency_id in self.own_handling.shared_with
