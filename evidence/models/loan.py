"""Loans and exports: exhibits that are with others for a time, on whose word and on what ground."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.zones import today
from evidence.models.item import Item
from investigations.models import CaseRecordQuerySet, Request, VersionedCaseRecord

SOON = timedelta(days=7)


class LoanWay(models.TextChoices):
    """How an exhibit leaves the team for a time."""

    LOAN = "loan", _("loan")
    EXPORT = "export", _("export")


class LoanState(models.TextChoices):
    """How far a loan or an export has come."""

    ASKED = "asked", _("waiting for a second person")
    REFUSED = "refused", _("not agreed to")
    AUTHORISED = "authorised", _("agreed to, not handed out")
    OUT = "out", _("with them")
    OVERDUE = "overdue", _("overdue")
    BACK = "back", _("back")


class LoanQuerySet(CaseRecordQuerySet["Loan"]):
    """Questions about what is with others."""

    def out(self) -> "LoanQuerySet":
        return self.filter(out_at__isnull=False, back_at__isnull=True)

    def overdue(self) -> "LoanQuerySet":
        return self.out().filter(due__lt=today())

    def due_soon(self) -> "LoanQuerySet":
        return self.out().filter(due__gte=today(), due__lte=today() + SOON)

    def pending(self) -> "LoanQuerySet":
        """Asked for or agreed to, out or not yet, and not back."""
        waiting = Q(request__state=Request.State.WAITING, request__lapses_at__gt=timezone.now())
        agreed = Q(request__state=Request.State.APPROVED)
        return self.filter(waiting | agreed, back_at__isnull=True)

    def with_lists(self) -> "LoanQuerySet":
        return self.select_related("case", "item", "request", "asked_by", "country")


class Loan(VersionedCaseRecord):
    """One exhibit lent or exported to a party outside of the team, on another person's word.

    `due` is the day by which it must be back; an export that is for good has none. It goes out
    only once `request` was agreed to, and that it did is an event of its custody.
    """

    derives_from = ("item",)
    kept = True
    not_kept = ("request",)

    item = models.ForeignKey(Item, models.PROTECT, related_name="loans", verbose_name=_("exhibit"))
    way = models.CharField(_("way"), max_length=10, choices=LoanWay, default=LoanWay.LOAN)
    party = models.CharField(_("to whom"), max_length=200)
    contact = models.CharField(_("who answers for it there"), max_length=200, blank=True)
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    purpose = models.CharField(_("for what"), max_length=300)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    due = models.DateField(_("due back"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
        editable=False,
    )
    request = models.OneToOneField(
        Request,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("request"),
        editable=False,
    )
    out_at = models.DateTimeField(_("handed out"), null=True, blank=True, editable=False)
    back_at = models.DateTimeField(_("came back"), null=True, blank=True, editable=False)
    condition_back = models.CharField(_("condition on return"), max_length=300, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan or export")
        verbose_name_plural = _("loans and exports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=LoanWay.EXPORT) | Q(due__isnull=False),
                name="loan_has_a_day_of_return",
                violation_error_message=_("Say by when it is back."),
            ),
            models.CheckConstraint(
                condition=Q(way=LoanWay.LOAN) | Q(country__isnull=False),
                name="loan_export_names_a_country",
                violation_error_message=_("Say to which country it goes."),
            ),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(out_at__isnull=False),
                name="loan_back_after_out",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"],
                condition=Q(out_at__isnull=False, back_at__isnull=True),
                name="loans_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {self.party}"

    @property
    def exhibit_no(self) -> str:
        """The number by which it is called: that of the exhibit."""
        return self.item.exhibit_no

    @property
    def state(self) -> LoanState:
        """How far it has come."""
        if self.out_at is None:
            return before_it_leaves(self.request)
        if self.back_at is not None:
            return LoanState.BACK
        return LoanState.OVERDUE if self.due and self.due < today() else LoanState.OUT

    @property
    def whereabouts(self) -> str:
        """Where it is while it is out, as custody tells it."""
        return ", ".join(filter(None, [self.party, str(self.country or "")]))[:200]


def before_it_leaves(request: Request | None) -> LoanState:
    """What the second person said so far."""
    if request is None or request.is_waiting:
        return LoanState.ASKED
    agreed = request.state == Request.State.APPROVED
    return LoanState.AUTHORISED if agreed else LoanState.REFUSED
