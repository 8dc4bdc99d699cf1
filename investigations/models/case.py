"""A case: the one thing that everything else belongs to, and the one gate to it."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.guarded import GuardedQuerySet
from core.models import Record, VersionedRecord
from core.scope import system_scope
from core.settled import Among, Settled
from investigations.models.case_stage import CaseOutcome, Stage
from investigations.models.label import Marked, open_to
from investigations.models.membership import (
    DUTIES,
    READERS,
    Duty,
    Membership,
    Role,
    duties_of,
)
from investigations.models.one_reading import known_duties


@lru_cache(maxsize=2000)
def placed(person: UUID, roles: tuple[str, ...]) -> Settled:
    """The cases in which somebody has one of these roles now: the question, put into words once."""
    places = Membership.objects.current().filter(user=person, roles__overlap=list(roles))
    return Settled.wholly(places.order_by().values("case"))


class CaseQuerySet(GuardedQuerySet["Case"]):
    """The only definition of who may see what."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Cases whose content, or a part of it, this person may read.

        A current place on the team, clearance, every compartment, and an agency the case is
        releasable to; with a key that is bound to some cases, those alone.
        """
        return self._where_placed(user, [*READERS, Role.PARTNER])

    def read_whole_by(self, user: User) -> "CaseQuerySet":
        """Those of which this person reads everything that bears no stricter label."""
        return self._where_placed(user, READERS)

    def shared_with(self, user: User) -> "CaseQuerySet":
        """Those of which this person is shown only what names their agency."""
        return self._where_placed(user, [Role.PARTNER])

    def audited_by(self, user: User) -> "CaseQuerySet":
        """Those whose ledger this person may read: auditors, and readers of the whole."""
        return self._where_placed(user, [*READERS, Role.AUDITOR])

    def _where_placed(self, user: User, roles: Collection[str]) -> "CaseQuerySet":
        if not user.is_active:
            return self.none()
        rows = self.filter(open_to(user), Among("pk", placed(user.pk, tuple(roles))))
        if user.bound_to_cases:
            rows = rows.filter(pk__in=user.bound_to_cases)
        return rows.narrowed()

    def titled_for(self, user: User) -> "CaseQuerySet":
        """The same cases, each with the `title_shown` and the `mandate_shown` to this person."""
        whole = models.Q(pk__in=Case.objects.read_whole_by(user).values("pk"))
        return self.annotate(
            title_shown=models.Case(models.When(whole, then="title"), default="public_title"),
            mandate_shown=models.Case(
                models.When(whole, then="mandate"),
                default=models.Value(""),
                output_field=models.TextField(),
            ),
        )

    def still_open(self) -> "CaseQuerySet":
        return self.exclude(status=Case.Status.CLOSED)


class Case(Marked, VersionedRecord):
    """One investigation: its mandate, its standard of proof, its marking and its team."""

    kept = True

    class Status(models.TextChoices):
        """Where the investigation stands."""

        INTAKE = "intake", _("intake")
        OPEN = "open", _("open")
        SUSPENDED = "suspended", _("suspended")
        AWAITING_ASSISTANCE = "awaiting-assistance", _("awaiting assistance")
        UNDER_REVIEW = "under-review", _("under review")
        FINDING_RELEASED = "finding-released", _("finding released")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("reopened")

    class Proof(models.TextChoices):
        """How sure a body must be before it may speak."""

        REASONABLE_GROUNDS = "reasonable-grounds-to-believe", _("reasonable grounds to believe")
        BALANCE = "balance-of-probabilities", _("balance of probabilities")
        CLEAR = "clear-and-convincing", _("clear and convincing evidence")
        BEYOND_DOUBT = "beyond-reasonable-doubt", _("beyond reasonable doubt")
        ASSESSMENT = "intelligence-assessment", _("intelligence assessment")

    ref = models.CharField(_("reference"), max_length=30, unique=True, editable=False)
    title = models.CharField(
        _("title"), max_length=200, help_text=_("Restricted: only the team reads it.")
    )
    public_title = models.CharField(
        _("public title"), max_length=200, help_text=_("Neutral: names no perpetrator.")
    )
    status = models.CharField(_("status"), max_length=30, choices=Status, default=Status.OPEN)
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.REPORTED, editable=False
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=CaseOutcome, blank=True, editable=False
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lead")
    )
    mandate = models.TextField(_("mandate"), help_text=_("The legal basis of the investigation."))
    standard_of_proof = models.CharField(
        _("standard of proof"), max_length=40, choices=Proof, default=Proof.REASONABLE_GROUNDS
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.ref} {self.public_title}"

    def title_for(self, user: User) -> str:
        """The restricted title for those who read the whole case, the public one for others."""
        return self.title if self.is_read_whole_by(user) else self.public_title

    def is_read_whole_by(self, user: User) -> bool:
        """True unless this person is shown only what names their agency, or the ledger alone."""
        return Case.objects.read_whole_by(user).filter(pk=self.pk).exists()

    @property
    def ledger_log(self) -> UUID:
        """Every case has a chain of its own."""
        return self.pk

    @property
    def embargoed_until(self) -> datetime | None:
        """The day of its embargo until that has come; nothing of a case that is free."""
        until = self.embargo_until
        return until if until is not None and until > timezone.now() else None

    @property
    def is_under_embargo(self) -> bool:
        """True until the day of its embargo has come."""
        return self.embargoed_until is not None

    @property
    def is_concluded(self) -> bool:
        """True once a finding of it was released: until then nobody is to be blamed."""
        if self.status == self.Status.CLOSED:
            return self.outcome == CaseOutcome.ATTRIBUTED
        return self.status == self.Status.FINDING_RELEASED

    @property
    def has_ended(self) -> bool:
        """True once a finding was released or the lead concluded it, until it is re-opened."""
        return self.status in (self.Status.FINDING_RELEASED, self.Status.CLOSED)

    def validate_unique(self, exclude: Any = None) -> None:
        with system_scope("a reference is unique among all cases, seen or not"):
            super().validate_unique(exclude)

    def duties(self, user: User) -> set[Duty]:
        """What `user` may do in this case now; within one reading of a page, asked for once."""
        known, key = known_duties(), (self.pk, user.pk)
        if key not in known:
            places = self.memberships.current().filter(user=user)
            roles = places.values_list("roles", flat=True).first()
            known[key] = duties_of(roles) if roles and user.is_active else set()
        return set(known[key])

    def require(
        self, user: User, duty: Duty, *others: Duty, held: set[Duty] | None = None
    ) -> set[Duty]:
        """Raise PermissionDenied (HTTP 403) unless `user` holds one of the duties in this case.

        Returns all that they hold, which is `held` where that was asked for already.
        """
        held = self.duties(user) if held is None else held
        if not {duty, *others} & held:
            raise PermissionDenied(
                _now("You may not do this in %(case)s: it takes the duty “%(duty)s”. Ask the lead.")
                % {"case": self.ref, "duty": duty.label}
            )
        return held

    def is_contributed_to_by(self, user: User, held: set[Duty] | None = None) -> bool:
        """True for a partner, who adds evidence here without being one of the team.

        `held` are their duties here, where these were asked for already.
        """
        duties = self.duties(user) if held is None else held
        return Duty.CONTRIBUTE in duties and Duty.LOG_EVIDENCE not in duties

    def require_member(self, user: User) -> None:
        """Raise PermissionDenied unless `user` has work on this case as one of its team."""
        if not self.duties(user) - {Duty.CONTRIBUTE}:
            raise PermissionDenied(_now("Only the team of this case may do this."))

    def people_with(self, duty: Duty) -> models.QuerySet[User]:
        """Members of the team whose role includes `duty`, by name."""
        roles = [role for role, duties in DUTIES.items() if duty in duties]
        places = self.memberships.current().filter(roles__overlap=roles)
        return User.objects.filter(is_active=True, memberships__in=places).order_by("username")


class CaseCounter(Record):
    """The last number given out in a case to one kind of record."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="counters")
    kind = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="counter_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"
