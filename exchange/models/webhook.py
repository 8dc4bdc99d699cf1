"""Webhooks: who is told by an HTTP request that something changed, and what came of each request.

Nothing here tells what a case holds: what is sent, and how far a receiver was told, lies sealed.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, ApiToken, User
from core.models import Record


class WebhookReceiverQuerySet(models.QuerySet["WebhookReceiver"]):
    """Questions about receivers."""

    def active(self) -> "WebhookReceiverQuerySet":
        return self.filter(state=WebhookReceiver.State.ACTIVE)

    def reading_as(self, user: User) -> "WebhookReceiverQuerySet":
        """Those that are told what this person sees."""
        return self.filter(user=user).select_related("agency", "token")


class WebhookReceiver(Record):
    """A program of an agency that is told what changes in the cases that one person sees.

    It reads as that person, or as one key of theirs: what they may not see is not told. `kinds` and
    `case_ids` narrow it further; empty means all. The secrets are sealed under the server's key.
    """

    class State(models.TextChoices):
        """Whether it is told."""

        ACTIVE = "active", _("being told")
        SUSPENDED = "suspended", _("suspended")

    class Reason(models.TextChoices):
        """Why it is not."""

        BY_HAND = "by-hand", _("an administrator suspended it")
        UNDELIVERED = "undelivered", _("too many notifications could not be delivered")
        ENDED = "ended", _("it answered that it is gone for good (410)")
        PERSON = "person", _("the person it reads as may not sign in")
        AGENCY = "agency", _("the person it reads as belongs to another agency")
        KEY = "key", _("its key is revoked or expired, or may not read")
        SECRET = "secret", _("its secret cannot be opened with the key of the server")  # nosec B105

    name = models.CharField(_("name"), max_length=80, unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("agency that runs it")
    )
    user = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("reads as"),
        help_text=_("It is told of nothing that this person may not see."),
    )
    token = models.ForeignKey(
        ApiToken,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("with the API key"),
        help_text=_("One of this person's: it is bound to the cases of the key, and ends with it."),
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("https:// and a host that the operator named in WEBHOOK_HOSTS."),
    )
    kinds = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("only these kinds"),
        default=list,
        blank=True,
    )
    case_ids = ArrayField(
        models.UUIDField(),
        verbose_name=_("only these cases"),
        default=list,
        blank=True,
        help_text=_("Ids with commas; none: all that the person sees."),
    )
    secret = models.BinaryField(editable=False)
    former_secret = models.BinaryField(editable=False, default=bytes)
    former_until = models.DateTimeField(
        _("former secret in use until"), null=True, blank=True, editable=False
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.ACTIVE, editable=False
    )
    reason = models.CharField(
        _("reason"), max_length=20, choices=Reason, blank=True, editable=False
    )
    position = models.TextField(editable=False, blank=True)
    listened_at = models.DateTimeField(_("told up to"), null=True, blank=True, editable=False)
    given_up = models.PositiveIntegerField(_("given up in a row"), default=0, editable=False)
    shown_once: str = ""
    """The secret in clear, of the one row in memory for which it has just been drawn."""

    objects = WebhookReceiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook receiver")
        verbose_name_plural = _("webhook receivers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="active", reason="") | Q(state="suspended") & ~Q(reason=""),
                name="receiver_suspended_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Where it is, without the path, which may be a secret of its own."""
        return urlsplit(self.address).netloc


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Questions about deliveries."""

    def waiting(self) -> "WebhookDeliveryQuerySet":
        return self.filter(status=WebhookDelivery.Status.WAITING)

    def due(self) -> "WebhookDeliveryQuerySet":
        """Those to be tried by now, at receivers that are told."""
        active = WebhookReceiver.State.ACTIVE
        return self.waiting().filter(next_at__lte=timezone.now(), receiver__state=active)

    def outlived(self) -> "WebhookDeliveryQuerySet":
        """Those older than the log is kept."""
        return self.filter(created_at__lt=timezone.now() - WebhookDelivery.KEPT)


class WebhookDelivery(Record):
    """One notification to one receiver, and what came of it.

    `body` is what is sent, sealed, and `digest` the SHA-256 of it in clear. Its id is the
    `webhook-id`: sent twice, because a worker died after sending, it bears the same.
    `in_round` counts since `round_at`, from which the day runs after which it is given up.
    """

    KEPT = timedelta(days=90)

    class Sort(models.TextChoices):
        """What is told."""

        CHANGES = "changes", _("changes")
        TEST = "test", _("test")

    class Status(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given-up", _("given up")
        WITHHELD = "withheld", _("withheld: not for the receiver any more")

    receiver = models.ForeignKey(
        WebhookReceiver, models.PROTECT, related_name="deliveries", verbose_name=_("receiver")
    )
    sort = models.CharField(_("what is told"), max_length=10, choices=Sort, editable=False)
    body = models.BinaryField(editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    count = models.PositiveIntegerField(_("changes"), default=0, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    in_round = models.PositiveIntegerField(default=0, editable=False)
    round_at = models.DateTimeField(_("tried since"), default=timezone.now, editable=False)
    next_at = models.DateTimeField(_("next attempt"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    answer_code = models.PositiveSmallIntegerField(_("answer"), null=True, editable=False)
    answer = models.CharField(_("words of the answer"), max_length=200, blank=True, editable=False)
    problem = models.CharField(_("what was wrong"), max_length=100, blank=True, editable=False)
    took = models.PositiveIntegerField(_("milliseconds"), null=True, editable=False)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting", next_at__isnull=False, ended_at__isnull=True)
                | ~Q(status="waiting") & Q(next_at__isnull=True, ended_at__isnull=False),
                name="delivery_waits_or_has_ended",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(status="waiting"), name="deliveries_waiting"
            ),
            models.Index(fields=["created_at"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def message_id(self) -> str:
        """What it is called towards the receiver."""
        return f"msg_{self.pk.hex}"

    def wait_until(self, at: datetime) -> None:
        """It is to be tried (again) at this moment."""
        self.status, self.next_at, self.ended_at = self.Status.WAITING, at, None

    def end(self, status: str) -> None:
        """Nothing more is tried."""
        self.status, self.next_at, self.ended_at = status, None, timezone.now()
