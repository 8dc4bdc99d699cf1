"""Who works on a case, in which roles, and what each role may do."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Record


class Role(models.TextChoices):
    """A person's part in a case; one person may have several."""

    LEAD = "lead", _("lead investigator")
    ANALYST = "analyst", _("analyst")
    CUSTODIAN = "custodian", _("evidence custodian")
    EXAMINER = "examiner", _("examiner")
    REVIEWER = "reviewer", _("reviewer")
    RELEASING_AUTHORITY = "releasing-authority", _("releasing authority")
    PROSECUTOR = "prosecutor", _("prosecutor")
    PARTNER = "partner-contributor", _("partner contributor")
    AUDITOR = "auditor", _("auditor")
    EMERGENCY = "emergency-reader", _("emergency reader")


class Duty(models.TextChoices):
    """What may be done in a case by somebody whose role includes it."""

    LOG_EVIDENCE = "log-evidence", _("log evidence")
    HOLD_EVIDENCE = "hold-evidence", _("hold evidence")
    EXAMINE = "examine", _("examine and compare")
    ANALYSE = "analyse", _("analyse and draft findings")
    REVIEW = "review", _("review findings")
    RELEASE = "release", _("release findings")
    MANAGE = "manage", _("manage the case")
    REPORT = "report", _("make reports")
    CERTIFY = "certify", _("make evidence bundles")
    CONTRIBUTE = "contribute", _("contribute evidence of one's own agency")
    PROTECT = "protect", _("keep and open the identities of sources")


DUTIES: dict[str, frozenset[Duty]] = {
    Role.LEAD: frozenset(
        {
            *(Duty.LOG_EVIDENCE, Duty.HOLD_EVIDENCE, Duty.ANALYSE),
            *(Duty.MANAGE, Duty.REPORT, Duty.CERTIFY, Duty.PROTECT),
        }
    ),
    Role.ANALYST: frozenset({Duty.LOG_EVIDENCE, Duty.HOLD_EVIDENCE, Duty.ANALYSE, Duty.REPORT}),
    Role.CUSTODIAN: frozenset({Duty.LOG_EVIDENCE, Duty.HOLD_EVIDENCE}),
    Role.EXAMINER: frozenset({Duty.LOG_EVIDENCE, Duty.HOLD_EVIDENCE, Duty.EXAMINE, Duty.REPORT}),
    Role.REVIEWER: frozenset({Duty.REVIEW, Duty.REPORT}),
    Role.RELEASING_AUTHORITY: frozenset({Duty.RELEASE, Duty.REPORT}),
    Role.PROSECUTOR: frozenset({Duty.REPORT, Duty.CERTIFY, Duty.PROTECT}),
    Role.PARTNER: frozenset({Duty.CONTRIBUTE}),
    Role.AUDITOR: frozenset(),
    Role.EMERGENCY: frozenset(),
}

READERS = [role for role in DUTIES if role not in {Role.PARTNER, Role.AUDITOR}]
"""Roles that read the whole case, labels permitting; partners read what is shared with their
agency, auditors the ledger alone."""

WATCHED = [Role.EMERGENCY, Role.PARTNER]
"""Guests: of what they read a line is left."""
GRANTED = [role for role in Role.values if role != Role.EMERGENCY]
"""Roles that a lead gives; an emergency reader comes in by the request of one and another's yes."""

SOON = timedelta(days=7)
"""So long before their place ends people are told."""


def duties_of(roles: Iterable[str]) -> set[Duty]:
    """Everything that the holder of `roles` may do."""
    return {duty for role in roles for duty in DUTIES.get(role, frozenset())}


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about who works on what."""

    def current(self) -> "MembershipQuerySet":
        """Those that have not ended, by the clock of the database."""
        return self.filter(ended_at__isnull=True).filter(
            models.Q(until__isnull=True) | models.Q(until__gt=Now())
        )

    def with_any(self, duties: Iterable[Duty]) -> "MembershipQuerySet":
        """Places whose roles include one of the duties."""
        asked = set(duties)
        roles = [role for role, includes in DUTIES.items() if includes & asked]
        return self.filter(roles__overlap=roles) if roles else self.none()

    def watched(self) -> "MembershipQuerySet":
        """Places of those whose reading leaves a line."""
        return self.filter(roles__overlap=WATCHED)

    def run_out(self) -> "MembershipQuerySet":
        """Places whose day has come, and whose end nobody has written down yet."""
        return self.filter(ended_at__isnull=True, until__lte=timezone.now())

    def ending_soon(self) -> "MembershipQuerySet":
        """Places that end within a week, of people who were not told so."""
        soon = timezone.now() + SOON
        return self.current().filter(until__lte=soon, end_told_at__isnull=True)


class Membership(Record):
    """One person's place in one case, from the day they were admitted until it ended."""

    case = models.ForeignKey(
        "investigations.Case", models.CASCADE, related_name="memberships", verbose_name=_("case")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("who")
    )
    roles = ArrayField(models.CharField(max_length=30, choices=Role), verbose_name=_("roles"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_told_at = models.DateTimeField(
        _("told that it ends"), null=True, blank=True, editable=False
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=models.Q(ended_at__isnull=True),
                name="membership_once_per_case",
            ),
            models.CheckConstraint(
                condition=models.Q(roles__len__gt=0), name="membership_has_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {', '.join(self.role_names)}"

    @property
    def role_names(self) -> list[str]:
        """The roles in the reader's language."""
        return [str(Role(role).label) for role in self.roles]

    @property
    def is_in_emergency(self) -> bool:
        """True for a place that was given to read for a time, by two people's word."""
        return Role.EMERGENCY in self.roles

    @property
    def ledger_log(self) -> UUID:
        """Admitting people is written in the case's chain."""
        return self.case_id


def colleagues_of(user: User) -> models.QuerySet[User]:
    """Those whom a person may know of: their own agency's people, and the teams of their cases."""
    together = Membership.objects.current().filter(
        case__in=Membership.objects.current().filter(user=user).values("case")
    )
    known = models.Q(pk__in=together.values("user")) | models.Q(pk=user.pk)
    if user.agency_id:
        known |= models.Q(agency=user.agency_id)
    return User.objects.filter(known, is_active=True)
