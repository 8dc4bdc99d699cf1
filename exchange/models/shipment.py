"""Shipments: what of a case goes to a peer, who agreed, what was sent, and what came of it."""

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.markings import Tlp
from exchange.models.peer import Peer
from exchange.models.under_caveats import UnderCaveats
from investigations.models import CaseRecord, CaseRecordQuerySet, Request


class ShipmentQuerySet(CaseRecordQuerySet["Shipment"]):
    """Questions about shipments."""

    def under_way(self) -> "ShipmentQuerySet":
        """Agreed to, and not yet with the peer."""
        return self.filter(state=Shipment.State.AGREED)

    def with_lists(self) -> "ShipmentQuerySet":
        return self.select_related("case", "peer", "peer__agency", "request", "asked_by")


class Shipment(UnderCaveats, CaseRecord):
    """An evidence bundle for a peer, asked for by one, agreed to by another, sent under a seal.

    `bundle` is the archive that the reports room made; `exhibits` are those chosen, none means the
    whole case. `envelope` and `receipt` are the signed notes as they went out and came back.
    """

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked", _("waiting for a second person")
        AGREED = "agreed", _("on its way")
        SENT = "sent", _("received by the peer")
        FAILED = "failed", _("not sent")
        RECALLED = "recalled", _("recalled")

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="+", verbose_name=_("peer"))
    exhibits = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    up_to = models.CharField(_("marked at most"), max_length=20, choices=Tlp)
    bundle = models.UUIDField(_("bundle"), editable=False)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("request")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0)
    envelope = models.TextField(_("envelope"), blank=True)
    receipt = models.TextField(_("receipt"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.CharField(_("what went wrong"), max_length=500, blank=True)
    recall_reason = models.TextField(_("why it was recalled"), blank=True)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recalled by"),
    )
    recall_receipt = models.TextField(_("receipt of the recall"), blank=True)

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment to a peer")
        verbose_name_plural = _("shipments to peers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | (~Q(envelope="") & ~Q(receipt="")),
                name="shipment_sent_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="recalled") | ~Q(recall_reason=""),
                name="shipment_recalled_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="shipments_of_case")]

    def __str__(self) -> str:
        return f"{self.peer} {self.created_at:%Y-%m-%d}"

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The exhibits that are named; none means the whole case."""
        return tuple(self.exhibits)

    @property
    def may_be_there(self) -> bool:
        """True where the peer has it, or may: of what failed, only the receipt may be lost."""
        return self.state in {self.State.SENT, self.State.FAILED}

    @property
    def awaits_recall(self) -> bool:
        """True while the peer has not said that it knows of the recall."""
        return self.state == self.State.RECALLED and not self.recall_receipt
