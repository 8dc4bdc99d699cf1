"""Peers: other installations of Vestige, the agency each stands for, and the keys of both sides."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core.markings import Clearance, Tlp
from core.models import Record
from ledger.notes import Key


class OwnKey(Record):
    """A key of this installation, by which its peers know what it sends.

    `line` is the public half; the secret half lies in `sealed`, under the keeper of that name,
    which only the processes that speak with peers are given (PEER_KEY).
    """

    line = models.CharField(_("public key"), max_length=300, unique=True, editable=False)
    sealed = models.BinaryField(editable=False)
    keeper = models.CharField(_("sealed under"), max_length=32, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
        editable=False,
    )

    class Meta:
        verbose_name = _("key of this installation")
        verbose_name_plural = _("keys of this installation")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.line

    @property
    def key(self) -> Key:
        """The half that everybody may have."""
        return Key.read(self.line)


def looks_after_peers(user: User) -> bool:
    """True for administrators, unless the key in use is bound to some cases."""
    return user.is_active and user.is_staff and not user.bound_to_cases


class PeerQuerySet(models.QuerySet["Peer"]):
    """Questions about peers."""

    def visible_to(self, user: User) -> "PeerQuerySet":
        """Administrators see them all; the people of the agency that is paired, those in use."""
        if not user.is_active:
            return self.none()
        if looks_after_peers(user):
            return self.all()
        return self.filter(ours=user.agency_id, state=Peer.State.PAIRED)

    def paired(self) -> "PeerQuerySet":
        """Those that both sides have agreed to."""
        return self.filter(state=Peer.State.PAIRED)

    def with_lists(self) -> "PeerQuerySet":
        names = ("agency", "ours", "our_key", "entered_by", "first_by", "second_by")
        return self.select_related(*names)


class Peer(Record):
    """Another installation: whom it stands for, where it is, and how far it is trusted.

    Two administrators on either side type the same code before anything passes. `their_key` signs
    what comes from there; `checkpoint_keys` are those of its ledger's signer. Nothing marked beyond
    `up_to`, or that asks for more than `clearance`, passes either way. `sent` and `heard` are the
    numbers of the last messages: a lower one never counts again.
    """

    class State(models.TextChoices):
        """How far the two sides have come."""

        PROPOSED = "proposed", _("entered")
        AGREED = "ours-approved", _("agreed to here, not yet there")
        PAIRED = "paired", _("paired")
        SUSPENDED = "suspended", _("suspended")
        REVOKED = "revoked", _("revoked")

    name = models.CharField(_("name"), max_length=120)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("agency it stands for")
    )
    ours = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("agency of ours that is paired")
    )
    address = models.CharField(
        _("address"),
        max_length=300,
        help_text=_("Such as https://vestige.example.org. Its host has to stand in PEER_HOSTS."),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.PROPOSED, editable=False
    )
    up_to = models.CharField(
        _("marked at most"), max_length=20, choices=Tlp, default=Tlp.AMBER_STRICT
    )
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Clearance, default=Clearance.NONE
    )
    their_key = models.CharField(_("their key"), max_length=300, blank=True, editable=False)
    their_name = models.CharField(
        _("what they call themselves"), max_length=200, blank=True, editable=False
    )
    checkpoint_keys = ArrayField(
        models.CharField(max_length=300),
        verbose_name=_("keys of their ledger"),
        default=list,
        blank=True,
        editable=False,
    )
    our_key = models.ForeignKey(
        OwnKey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("our key"),
        editable=False,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first to compare the code"),
        editable=False,
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second to compare the code"),
        editable=False,
    )
    agreed_at = models.DateTimeField(_("agreed to here"), null=True, blank=True, editable=False)
    theirs_at = models.DateTimeField(_("agreed to there"), null=True, blank=True, editable=False)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stopped by"),
        editable=False,
    )
    why_stopped = models.TextField(_("why it was stopped"), blank=True, editable=False)
    trouble = models.CharField(
        _("what it last answered"), max_length=500, blank=True, editable=False
    )
    sent = models.PositiveBigIntegerField(default=0, editable=False)
    heard = models.PositiveBigIntegerField(default=0, editable=False)

    objects = PeerQuerySet.as_manager()

    class Meta:
        verbose_name = _("peer")
        verbose_name_plural = _("peers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~Q(state="revoked"),
                name="peer_once_at_an_address",
                violation_error_message=_("This address is a peer's already."),
            ),
            models.UniqueConstraint(
                fields=["their_key"],
                condition=~Q(their_key="") & ~Q(state="revoked"),
                name="peer_has_a_key_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(first_by=F("second_by")),
                name="peer_takes_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ours-approved", "paired"])
                | (~Q(their_key="") & Q(second_by__isnull=False, our_key__isnull=False)),
                name="peer_agreed_to_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="paired") | Q(theirs_at__isnull=False),
                name="peer_paired_by_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> Key | None:
        """Their key, once it is known."""
        return Key.read(self.their_key) if self.their_key else None

    @property
    def is_paired(self) -> bool:
        """True while things may pass."""
        return self.state == self.State.PAIRED

    @property
    def knows_we_agreed(self) -> bool:
        """True where their yes came after ours; one that came before did not know of it."""
        return bool(self.agreed_at and self.theirs_at and self.theirs_at > self.agreed_at)


class Heard(Record):
    """One message of a peer that counted: it counts once, and none before it counts any more."""

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="+", verbose_name=_("peer"))
    sequence = models.PositiveBigIntegerField(_("number"))
    nonce = models.CharField(_("its own word"), max_length=32)
    purpose = models.CharField(_("purpose"), max_length=20)

    class Meta:
        verbose_name = _("message of a peer")
        verbose_name_plural = _("messages of peers")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["peer", "sequence"], name="peer_message_once"),
            models.UniqueConstraint(fields=["peer", "nonce"], name="peer_nonce_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.sequence}"
