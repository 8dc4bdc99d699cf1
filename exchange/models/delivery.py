"""Deliveries: what a peer sent, as it came, until people of ours decide on each record in it."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.markings import Clearance, Handling, Pap, Tlp
from core.models import Record
from evidence.models import CaveatKind, Item
from evidence.models.stored_bytes import StoredBytes
from exchange.models.peer import Peer
from exchange.models.under_caveats import UnderCaveats
from investigations.models import CaseRecord, CaseRecordQuerySet, Incident
from ledger.notes import Checkpoint, NoteRefused


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about deliveries."""

    def visible_to(self, user: User) -> "DeliveryQuerySet":
        """What was taken into a case, its team sees; the rest, those who may open cases.

        They must be of the agency that it was sent to, and cleared for it. A key that is bound to
        some cases is shown nothing of what lies in none.
        """
        if not user.is_active:
            return self.none()
        taken = DeliveredRecord.objects.visible_to(user).order_by().values("delivery")
        waiting = Q(
            taken_at__isnull=True,
            peer__ours=user.agency_id,
            clearance__lte=user.clearance,
        )
        seen = Q(pk__in=taken)
        takes_in = user.may_open_cases and not user.bound_to_cases
        return self.filter(seen | waiting) if takes_in else self.filter(seen)

    def unverified(self) -> "DeliveryQuerySet":
        """Those whose proofs were not looked at yet."""
        return self.filter(state=Delivery.State.RECEIVED)

    def held(self) -> "DeliveryQuerySet":
        """Those whose bundle was not let go of."""
        return self.filter(is_gone=False)

    def with_lists(self) -> "DeliveryQuerySet":
        return self.select_related("peer", "peer__agency", "peer__ours", "taken_by")


class Delivery(StoredBytes, UnderCaveats, Record):
    """One bundle from a peer with the envelope it came in; it belongs to no case of ours yet.

    `report` and `exit_code` are what the independent verifier says of it, held against the keys
    of the peer's ledger; `checkpoint` is the newest checkpoint that it was proven by.
    """

    class State(models.TextChoices):
        """How far it has come."""

        RECEIVED = "received", _("received, being verified")
        VERIFIED = "verified", _("verified")
        REFUSED = "refused", _("refused: it is not as it was sealed")
        TAKEN = "taken", _("taken into a case")
        RECALLED = "recalled", _("recalled by its originator")

    INTACT = 0

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="+", verbose_name=_("peer"))
    sequence = models.PositiveBigIntegerField(_("number"))
    shipment = models.UUIDField(_("shipment there"))
    origin_case = models.UUIDField(_("log of the case there"))
    origin_ref = models.CharField(_("case there"), max_length=60)
    envelope = models.TextField(_("envelope"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    tlp = models.CharField(_("marking"), max_length=20, choices=Tlp)
    pap = models.CharField(_("permissible actions"), max_length=10, choices=Pap)
    clearance = models.PositiveSmallIntegerField(_("clearance needed"), choices=Clearance)
    releasable_to = ArrayField(
        models.UUIDField(), default=list, blank=True, verbose_name=_("releasable to")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    exit_code = models.PositiveSmallIntegerField(
        _("what the verifier ended with"), null=True, blank=True
    )
    report = models.TextField(_("what the verifier said"), blank=True)
    checkpoint = models.TextField(_("checkpoint"), blank=True)
    verified_at = models.DateTimeField(_("last verified"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken into a case"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recall_reason = models.TextField(_("why it was recalled"), blank=True)
    is_gone = models.BooleanField(_("bundle removed"), default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery from a peer")
        verbose_name_plural = _("deliveries from peers")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["peer", "sequence"], name="delivery_once"),
            models.UniqueConstraint(fields=["peer", "shipment"], name="delivery_of_one_shipment"),
        ]

    def __str__(self) -> str:
        return f"{self.peer} · {self.origin_ref}"

    @property
    def is_intact(self) -> bool:
        """True when the verifier proved all of it."""
        return self.exit_code == self.INTACT

    @property
    def is_broken(self) -> bool:
        """True while the bundle is kept and, read again, was not what had come."""
        return not self.is_gone and super().is_broken

    @property
    def handling(self) -> Handling:
        """How everything in it is to be handled here; with originator control, by their word."""
        kept = CaveatKind.ORIGINATOR in self.caveats
        return Handling(
            tlp=self.tlp,
            pap=self.pap,
            clearance=self.clearance,
            releasable_to=frozenset(self.releasable_to),
            originators=frozenset({self.peer.agency_id}) if kept else frozenset(),
        )

    @property
    def proven_by(self) -> Checkpoint | None:
        """The checkpoint of the peer's ledger that its lines were proven by."""
        try:
            return Checkpoint.read(self.checkpoint)
        except NoteRefused:
            return None


class DeliveredRecordQuerySet(CaseRecordQuerySet["DeliveredRecord"]):
    """Questions about records from peers."""

    def waiting(self) -> "DeliveredRecordQuerySet":
        """Those that nobody has decided on."""
        return self.filter(state=DeliveredRecord.State.WAITING)

    def accepted(self) -> "DeliveredRecordQuerySet":
        """Those that have become, or have changed, a record of ours."""
        return self.filter(state=DeliveredRecord.State.ACCEPTED)

    def with_lists(self) -> "DeliveredRecordQuerySet":
        names = ("case", "delivery", "delivery__peer", "incident", "item", "decided_by")
        return self.select_related(*names)


class DeliveredRecord(CaseRecord):
    """One record of a peer as it said it: where it comes from, and what became of it here.

    `facts` stay as they came. Whoever accepts it says field by field what is taken over into an
    incident or exhibit of ours, which keeps pointing here. `before` is an earlier version of the
    same record of theirs.
    """

    class Kind(models.TextChoices):
        """What it is."""

        INCIDENT = "incident", _("incident")
        EXHIBIT = "exhibit", _("exhibit")
        FILES = "files", _("files of no exhibit")

    class State(models.TextChoices):
        """What was decided."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        SET_ASIDE = "set-aside", _("set aside")
        REMOVED = "removed", _("removed: recalled by its originator")

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="records", verbose_name=_("delivery")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    origin_id = models.UUIDField(_("identifier there"))
    origin_ref = models.CharField(_("number there"), max_length=60)
    digest = models.CharField(_("SHA-256 of what it says"), max_length=64)
    facts = models.JSONField(_("as it came"), default=dict, blank=True)
    files = models.JSONField(_("originals that came along"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    taken = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("taken over")
    )
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("incident"),
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    before = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("earlier version"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    recalled_at = models.DateTimeField(_("recalled by its originator"), null=True, blank=True)

    objects = DeliveredRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record from a peer")
        verbose_name_plural = _("records from peers")
        ordering = ["delivery", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "kind", "origin_id"], name="delivered_record_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "removed"]) | Q(decided_by__isnull=False),
                name="delivered_record_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted", kind="incident") | Q(incident__isnull=False),
                name="delivered_incident_accepted_as_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted", kind="exhibit") | Q(item__isnull=False),
                name="delivered_exhibit_accepted_as_one",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "origin_id"], name="delivered_records_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.origin_ref}"

    @property
    def is_waiting(self) -> bool:
        """True until somebody has decided."""
        return self.state == self.State.WAITING

    @property
    def ours(self) -> Incident | Item | None:
        """The record of ours that it became or changed."""
        return self.incident or self.item

    @property
    def words(self) -> str:
        """What it is about, in its own words."""
        told: dict[str, Any] = self.facts
        return str(told.get("title") or told.get("description") or "")
