"""Disclosures: asking the lead of a hidden case to share the least that a comparison needs."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.models.across import AcrossQuerySet, AcrossRecord
from core.grading import Band
from investigations.models import Request


class DisclosureQuerySet(AcrossQuerySet["Disclosure"]):
    """Questions about disclosures, on the side of whoever asked."""

    def waiting(self) -> "DisclosureQuerySet":
        return self.filter(state=Disclosure.State.WAITING, lapses_at__gt=timezone.now())

    def new_for(self, user: User) -> "DisclosureQuerySet":
        """Answers that whoever asked has not looked at yet: how many, and nothing of them."""
        mine = super(AcrossQuerySet, self).visible_to(user).filter(asked_by=user)
        return mine.filter(decided_at__isnull=False, seen_at__isnull=True)

    def with_lists(self) -> "DisclosureQuerySet":
        return self.select_related(
            "agency", "case", "asked_by", "component__category", "component__item"
        )


class Disclosure(AcrossRecord):
    """What one team asked another to share, and the frozen copy of what was shared.

    It lies in the case of those who asked; the request that the other lead decides lies in the
    other case. `shared` holds everything there is to read, and nothing else of that case opens.
    `sha256` is of its canonical text and stands in both ledgers.
    """

    derives_from = ("component", "link")

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting for the other lead")
        ACCEPTED = "accepted", _("shared")
        REFUSED = "refused", _("refused")

    band = models.CharField(_("strength"), max_length=40, choices=Band)
    fingerprint = models.CharField(max_length=64, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    reason = models.TextField(_("reason"))
    request = models.OneToOneField(
        Request, models.PROTECT, related_name="disclosure", editable=False
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    lapses_at = models.DateTimeField(_("lapses"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    shared: Any = models.JSONField(_("what was shared"), null=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta(AcrossRecord.Meta):
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-id"]
        constraints = [
            *AcrossRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="disclosure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state="accepted", shared__isnull=False)
                | (~Q(state="accepted") & Q(shared__isnull=True)),
                name="disclosure_shares_once_accepted",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="disclosure_of_case")]

    def __str__(self) -> str:
        return f"{self.agency or '–'} · {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        """True while the other lead can decide."""
        return self.state == self.State.WAITING and self.lapses_at > timezone.now()

    @property
    def has_lapsed(self) -> bool:
        """True when the other lead did not answer in time."""
        return self.state == self.State.WAITING and self.lapses_at <= timezone.now()

    @property
    def is_shared(self) -> bool:
        """True once there is something to read."""
        return self.state == self.State.ACCEPTED
