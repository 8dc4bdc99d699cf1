"""Replies to trace requests, and the steps of the way that they tell of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.grading import Credibility, Reliability
from core.precision import DatePrecision
from evidence.models.file import File
from evidence.models.trace_request import TraceRequest
from evidence.models.trace_words import Genuine, HopBasis, NoRecord, RefusalReason, ReplyOutcome
from investigations.models import CaseRecord, CaseRecordQuerySet


class TraceReplyQuerySet(CaseRecordQuerySet["TraceReply"]):
    """Questions about replies."""

    def with_lists(self) -> "TraceReplyQuerySet":
        return self.select_related("case", "trace", "letter", "entered_by")


class TraceReply(CaseRecord):
    """What a recipient answered, graded as any other source; it is never changed.

    A further letter is a further reply. Dates are days; `made_precision` says how much of the day
    of making is known.
    """

    derives_from = ("trace", "letter")

    trace = models.ForeignKey(
        TraceRequest, models.PROTECT, related_name="replies", verbose_name=_("trace request")
    )
    received_at = models.DateTimeField(_("received"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )
    outcome = models.CharField(_("what it amounts to"), max_length=20, choices=ReplyOutcome)
    genuine = models.CharField(_("genuine"), max_length=20, choices=Genuine, blank=True)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    made_precision = models.CharField(
        _("date known to"), max_length=10, choices=DatePrecision, default=DatePrecision.DAY
    )
    first_consignee = models.CharField(_("first consignee"), max_length=200, blank=True)
    shipped_on = models.DateField(_("shipped on"), null=True, blank=True)
    invoice = models.CharField(_("invoice"), max_length=120, blank=True)
    no_record = models.CharField(
        _("why there is no record"), max_length=30, choices=NoRecord, blank=True
    )
    refusal = models.CharField(
        _("why it is refused"), max_length=30, choices=RefusalReason, blank=True
    )
    text = models.TextField(_("what it says"), blank=True)
    confidentiality = models.TextField(
        _("terms of confidentiality"),
        blank=True,
        help_text=_("What the sender asks not to be passed on, and to whom it may go."),
    )
    reliability = models.CharField(_("source"), max_length=1, choices=Reliability)
    credibility = models.CharField(_("what it says"), max_length=1, choices=Credibility)
    letter = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("letter"),
    )

    objects = TraceReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to a trace request")
        verbose_name_plural = _("replies to trace requests")
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_on__isnull=True)
                | Q(shipped_on__isnull=True)
                | Q(made_on__lte=F("shipped_on")),
                name="trace_reply_made_before_shipped",
                violation_error_message=_("It cannot have been shipped before it was made."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.trace.ref} · {self.get_outcome_display()}"


class TraceHop(CaseRecord):
    """One step of the way: from whom to whom, when, and on what that rests.

    It says who passed a thing on. It says nothing about who used it.
    """

    derives_from = ("reply",)

    reply = models.ForeignKey(
        TraceReply, models.PROTECT, related_name="hops", verbose_name=_("reply")
    )
    position = models.PositiveSmallIntegerField(_("step"))
    giver = models.CharField(_("from"), max_length=200)
    taker = models.CharField(_("to"), max_length=200)
    passed_on = models.DateField(_("on"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=200, blank=True)
    basis = models.CharField(_("rests on"), max_length=20, choices=HopBasis)

    objects = CaseRecordQuerySet["TraceHop"].as_manager()

    class Meta:
        verbose_name = _("step of a trace")
        verbose_name_plural = _("steps of traces")
        ordering = ["reply", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "position"], name="trace_hop_once_per_reply")
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
