"""Right of reply: a company that is to be named is first told, and may answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold_maker
from core.scope import system_scope
from core.zones import today
from evidence.models.file import File
from evidence.models.trace_request import TraceRequest
from evidence.models.trace_words import OfferChannel, OfferState
from investigations.models import Case, CaseRecordQuerySet, VersionedCaseRecord


class RightOfReplyQuerySet(CaseRecordQuerySet["RightOfReply"]):
    """Questions about offers to answer."""

    def to_company(self, name: str) -> "RightOfReplyQuerySet":
        """Offers made to the company of this name, whatever its legal form and spelling."""
        return self.filter(folded=fold_maker(name)[:200])

    def pending(self) -> "RightOfReplyQuerySet":
        return self.filter(state=OfferState.OFFERED)

    def overdue(self) -> "RightOfReplyQuerySet":
        """Those whose day has passed, and nobody wrote down what came of them."""
        return self.pending().filter(due__lt=today())

    def with_lists(self) -> "RightOfReplyQuerySet":
        return self.select_related("case", "trace", "offered_by", "answer_file")


class RightOfReply(VersionedCaseRecord):
    """One offer to one company to answer what is to be said of it, and what came of it."""

    derives_from = ("trace", "answer_file")
    kept = True

    company = models.CharField(_("company"), max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    trace = models.ForeignKey(
        TraceRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("trace request"),
    )
    channel = models.CharField(_("offered by way of"), max_length=20, choices=OfferChannel)
    address = models.CharField(_("to which address or person"), max_length=300, blank=True)
    text = models.TextField(
        _("what it was told"), help_text=_("The sentences that are to be published about it.")
    )
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("offered by"),
    )
    due = models.DateField(_("answer due"))
    state = models.CharField(
        _("state"), max_length=20, choices=OfferState, default=OfferState.OFFERED, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answer_file = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("letter"),
    )

    objects = RightOfReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("offered_at")),
                name="right_of_reply_offered_before_answered",
                violation_error_message=_("The answer cannot be older than the offer."),
            )
        ]
        indexes = [models.Index(fields=["case", "folded"])]

    def __str__(self) -> str:
        return str(self.company)

    @property
    def is_pending(self) -> bool:
        """True until it is written down what came of it."""
        return self.state == OfferState.OFFERED

    @property
    def is_overdue(self) -> bool:
        """True when the day has passed and nothing was written down."""
        return self.is_pending and self.due < today()


def right_of_reply_offered(case: Case, company: str) -> bool:
    """Whether this case offered the company an answer, and it had its time or has answered.

    Names are compared folded, as the catalogue compares makers; `Futaba Co., Ltd.` is `Futaba`.
    """
    offers = RightOfReply.objects.filter(case=case).to_company(company)
    settled = ~Q(state=OfferState.OFFERED) | Q(due__lt=today())
    with system_scope("a company was offered an answer, whoever may see the offer"):
        return offers.filter(settled).exists()
