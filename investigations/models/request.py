"""Requests: deeds that take two people, asked for by one and agreed to or refused by another."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from investigations.models.case_record import CaseRecord, CaseRecordQuerySet
from investigations.models.membership import Duty, Membership


class RequestKind(models.TextChoices):
    """What is asked for."""

    LOWER_LABEL = "lower-label", _("handle less strictly")
    EMERGENCY = "emergency-access", _("emergency access to a case")
    DISPOSAL = "disposal", _("dispose of an exhibit")
    DESTRUCTIVE_EXAM = "destructive-exam", _("examine an exhibit destructively")
    LET_OUT = "let-out", _("lend or export an exhibit")
    EXTEND_LOAN = "extend-loan", _("have what was lent come back later")
    RELEASE = "release", _("release a finding")
    OPEN_IDENTITY = "open-identity", _("open an identity")
    ERASE_IDENTITY = "erase-identity", _("erase an identity")
    ERASE_VALUE = "erase-value", _("erase a value kept apart")
    DISCLOSURE = "disclosure", _("share a component with another agency")
    SHIPMENT = "shipment", _("send evidence to a peer")


DECIDERS: dict[str, tuple[Duty, ...]] = {
    RequestKind.LOWER_LABEL: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.EMERGENCY: (),
    RequestKind.DISPOSAL: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.DESTRUCTIVE_EXAM: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.LET_OUT: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.EXTEND_LOAN: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.RELEASE: (Duty.RELEASE,),
    RequestKind.OPEN_IDENTITY: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.ERASE_IDENTITY: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.ERASE_VALUE: (Duty.MANAGE, Duty.RELEASE),
    RequestKind.DISCLOSURE: (Duty.MANAGE,),
    RequestKind.SHIPMENT: (Duty.MANAGE, Duty.RELEASE),
}
"""Whose yes counts: anyone with one of these duties in the case, except whoever asked. Emergency
access is agreed to by an administrator, who sees nothing of the case but that it is asked for."""

DOORS: dict[str, str] = {
    RequestKind.LOWER_LABEL: "investigations:lowering_approve",
    RequestKind.EMERGENCY: "investigations:emergency_approve",
    RequestKind.DISPOSAL: "evidence:disposal_approve",
    RequestKind.DESTRUCTIVE_EXAM: "evidence:labexam_approve",
    RequestKind.LET_OUT: "evidence:loan_approve",
    RequestKind.EXTEND_LOAN: "evidence:loan_extend_approve",
    RequestKind.RELEASE: "attribution:release_approve",
    RequestKind.OPEN_IDENTITY: "investigations:identity_approve",
    RequestKind.ERASE_IDENTITY: "investigations:erasure_approve",
    RequestKind.ERASE_VALUE: "investigations:value_approve",
    RequestKind.DISCLOSURE: "comparison:disclosure_review",
    RequestKind.SHIPMENT: "exchange:shipment_approve",
}
"""The address at which the second person agrees: each deed is done by the room that knows it."""

PAGES = frozenset({RequestKind.DISCLOSURE})
"""Those whose door is a page of its own: what they ask for must be looked at to be decided."""

FROM_OUTSIDE = frozenset({RequestKind.EMERGENCY, RequestKind.DISCLOSURE})
"""Asked for by people who do not see the case: each for themselves, learning of nobody else."""


class RequestQuerySet(CaseRecordQuerySet["Request"]):
    """Questions about requests."""

    def visible_to(self, user: User) -> "RequestQuerySet":
        """Those of the person's cases, and for administrators those for emergencies.

        Whoever asks for emergency access sees nothing of it before they are let in: that the
        request is there would tell them that the case is.
        """
        seen = Q(pk__in=super().visible_to(user).values("pk"))
        if user.is_superuser:
            seen |= Q(kind=RequestKind.EMERGENCY)
        rows = self.filter(seen) if user.is_active else self.none()
        return rows.narrowed()

    def waiting(self) -> "RequestQuerySet":
        """Those that can still be decided."""
        return self.filter(state=Request.State.WAITING, lapses_at__gt=timezone.now())

    def awaiting(self, user: User) -> "RequestQuerySet":
        """Those that wait for this very person's yes or no, as `may_be_decided_by` has it."""
        places = Membership.objects.current().filter(user=user)
        own_agencys = Q(asked__originators_now__contains=[str(user.agency_id)])
        mine = own_agencys & Q(case__in=places.with_any(Duty).values("case"))
        for kind, duties in DECIDERS.items():
            mine |= Q(kind=kind, case__in=places.with_any(duties).values("case"))
        if user.is_superuser:
            mine |= Q(kind=RequestKind.EMERGENCY)
        return self.waiting().filter(mine).exclude(asked_by=user)

    def about(self, subject: models.Model) -> "RequestQuerySet":
        """Those that ask for something to be done to `subject`."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


class Request(CaseRecord):
    """One deed that waits for a second person: what exactly is asked, why, and who decided.

    `asked` holds the deed's particulars as they will be carried out; agreeing changes none of
    them. One that nobody decides lapses.
    """

    also_seen = """kind = 'emergency-access' AND EXISTS
    (SELECT 1 FROM accounts_user u WHERE u.id = vestige_asker() AND u.is_active AND u.is_superuser)
    """
    """The rule of `visible_to` beyond that of every record of a case, for PostgreSQL."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting for a second person")
        APPROVED = "approved", _("agreed to")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = models.CharField(_("what is asked"), max_length=30, choices=RequestKind)
    subject_kind = models.CharField(_("kind"), max_length=60)
    subject_id = models.UUIDField(_("subject"))
    subject_ref = models.CharField(_("about"), max_length=60, blank=True)
    asked = models.JSONField(_("particulars"), default=dict)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    lapses_at = models.DateTimeField(_("lapses"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="request_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("asked_by")),
                name="request_takes_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="request_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["case", "state"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.subject_ref}"

    @property
    def is_waiting(self) -> bool:
        """True while it can be decided."""
        return self.state == self.State.WAITING and self.lapses_at > timezone.now()

    @property
    def has_lapsed(self) -> bool:
        """True when nobody decided in time."""
        return self.state == self.State.WAITING and self.lapses_at <= timezone.now()

    @property
    def door(self) -> str:
        """The route at which a second person agrees to it."""
        return DOORS[self.kind]

    def may_be_decided_by(self, user: User) -> bool:
        """True for a second person whose yes or no counts."""
        if user.pk == self.asked_by_id or not self.is_waiting:
            return False
        if self.kind == RequestKind.EMERGENCY:
            return user.is_active and user.is_superuser
        return bool(self.case.duties(user) & set(DECIDERS[self.kind])) or self.is_controlled_by(
            user
        )

    def is_controlled_by(self, user: User) -> bool:
        """True for the people of an agency that keeps control of what it handed in."""
        controllers: list[Any] = self.asked.get("originators_now", [])
        return str(user.agency_id) in controllers and bool(self.case.duties(user))
