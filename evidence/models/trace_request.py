"""Trace requests: a maker, a dealer or a state is asked where a component went."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.markings import Tlp
from core.zones import today
from evidence.models.component import Component
from evidence.models.file import File
from evidence.models.trace_words import Channel, RecipientKind, TraceState
from investigations.models import CaseRecordQuerySet, VersionedCaseRecord

REMIND_AFTER = (30, 60)
"""Days without a reply after which a reminder is due, each counted from the day of sending."""

WAITING = (TraceState.SENT, TraceState.ACKNOWLEDGED, TraceState.REMINDED, TraceState.PARTIAL)
"""States in which an answer, or the rest of one, may still come."""


class TraceRequestQuerySet(CaseRecordQuerySet["TraceRequest"]):
    """Questions about trace requests."""

    def awaiting_reply(self) -> "TraceRequestQuerySet":
        return self.filter(state__in=WAITING)

    def overdue(self) -> "TraceRequestQuerySet":
        """Those whose day has passed without the answer."""
        return self.awaiting_reply().filter(due__lt=today())

    def unnoticed(self) -> "TraceRequestQuerySet":
        """Those for which a further reminder has fallen due since the program last looked."""
        fallen = Q()
        for number, days in enumerate(REMIND_AFTER, start=1):
            before = timezone.now() - timedelta(days=days)
            fallen |= Q(sent_at__lte=before, reminders_due__lt=number)
        return self.awaiting_reply().filter(fallen)

    def with_lists(self) -> "TraceRequestQuerySet":
        return self.select_related("case", "maker", "country", "owner")


class TraceRequest(VersionedCaseRecord):
    """One question about one or more components, put to whoever may know where they went.

    Vestige sends nothing: people send the letter, and write down that they did. `reminders_due`
    is how many of the reminders of `REMIND_AFTER` the program has found due.
    """

    derives_from = ("components", "photos")
    kept = True
    kept_lists = ("components", "photos")

    ref = models.CharField(_("reference"), max_length=20, editable=False)
    components = models.ManyToManyField(
        Component, related_name="traces", verbose_name=_("components asked about")
    )
    recipient_kind = models.CharField(_("who is asked"), max_length=20, choices=RecipientKind)
    recipient = models.CharField(_("recipient"), max_length=200)
    recipient_address = models.TextField(_("address"), blank=True)
    maker = models.ForeignKey(
        "catalogue.Maker",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("maker"),
    )
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    channel = models.CharField(_("legal channel"), max_length=30, choices=Channel)
    question = models.TextField(_("question"))
    selected_reason = models.TextField(
        _("why these components"),
        help_text=_("What was traced and what was not decides what can be concluded."),
    )
    photos = models.ManyToManyField(
        File, related_name="+", blank=True, verbose_name=_("photographs sent along")
    )
    photos_tlp = models.CharField(
        _("marking of the photographs sent"), max_length=20, choices=Tlp, default=Tlp.AMBER_STRICT
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("who follows it up"),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=TraceState, default=TraceState.DRAFT, editable=False
    )
    state_reason = models.TextField(_("reason"), blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    due = models.DateField(_("answer due"), null=True, blank=True, editable=False)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True, editable=False)
    their_reference = models.CharField(
        _("their reference"), max_length=80, blank=True, editable=False
    )
    reminders_sent = models.PositiveSmallIntegerField(
        _("reminders sent"), default=0, editable=False
    )
    reminders_due = models.PositiveSmallIntegerField(_("reminders due"), default=0, editable=False)
    last_reminded_at = models.DateTimeField(
        _("last reminded"), null=True, blank=True, editable=False
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = TraceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("trace request")
        verbose_name_plural = _("trace requests")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="trace_ref_once_per_case"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False),
                name="trace_sent_before_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"]),
            models.Index(fields=["due"], condition=Q(state__in=WAITING), name="traces_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.recipient}"

    @property
    def is_draft(self) -> bool:
        """True until it was sent."""
        return self.state == TraceState.DRAFT

    @property
    def awaits_reply(self) -> bool:
        """True while an answer may still come."""
        return self.state in WAITING

    @property
    def is_overdue(self) -> bool:
        """True when the day has passed without the answer."""
        return self.awaits_reply and self.due is not None and self.due < today()

    @property
    def needs_reminder(self) -> bool:
        """True when the program found a reminder due and none was sent."""
        return self.awaits_reply and self.reminders_due > self.reminders_sent

    @property
    def state_text(self) -> str | Promise:
        """The state in words, with the number of the last reminder."""
        if self.state == TraceState.REMINDED:
            return _now("reminded, %(number)s") % {"number": self.reminders_sent}
        return self.get_state_display()
