"""What the signer process alone writes: trees, signed checkpoints, time-stamps, alarms."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.identity import uuid7

REGISTER_LOG = UUID(int=1)
"""The log whose leaves are the checkpoints of all others."""


class SignerKey(models.Model):
    """The public half of a key that signed checkpoints, and when the signer last worked."""

    line = models.CharField(_("public key"), max_length=300, primary_key=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    seen_at = models.DateTimeField(_("the signer last worked"))

    class Meta:
        verbose_name = _("signer's key")
        verbose_name_plural = _("signer's keys")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.line


class Tile(models.Model):
    """Up to 256 hashes of a log's tree (`ledger.tiles`), made from its lines."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    log = models.UUIDField(_("chain"))
    level = models.PositiveSmallIntegerField(_("level"))
    index = models.PositiveBigIntegerField(_("number"))
    hashes = models.BinaryField(_("hashes"))

    class Meta:
        verbose_name = _("tile")
        verbose_name_plural = _("tiles")
        constraints = [
            models.UniqueConstraint(
                fields=["log", "level", "index"], name="ledger_one_tile_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.level}/{self.index}"


class Checkpoint(models.Model):
    """How long a log was and what its root was, signed; `note` holds the exact bytes.

    `register_index` is its place in the register, from 0; the register's own have none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    log = models.UUIDField(_("chain"))
    size = models.PositiveBigIntegerField(_("lines"))
    root = models.CharField(_("root"), max_length=64)
    note = models.TextField(_("signed note"))
    at = models.DateTimeField(_("signed"), auto_now_add=True)
    register_index = models.PositiveBigIntegerField(_("place in the register"), null=True)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["log", "-size"]
        constraints = [
            models.UniqueConstraint(fields=["log", "size"], name="ledger_one_checkpoint_a_size"),
            models.UniqueConstraint(fields=["register_index"], name="ledger_one_register_place"),
        ]

    def __str__(self) -> str:
        return f"{self.log} · {self.size}"


class TimeStamp(models.Model):
    """One authority's word for when a checkpoint of the register was there (RFC 3161).

    `token` is the whole answer in DER; one that a later checkpoint overtook is never asked for.
    """

    class State(models.TextChoices):
        """How far it has come."""

        QUEUED = "queued", _("waiting for the authority")
        STAMPED = "stamped", _("stamped")
        FAILED = "failed", _("refused by the authority")
        OVERTAKEN = "overtaken", _("a later one covers it")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="stamps")
    authority = models.CharField(_("authority"), max_length=500)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.QUEUED)
    token = models.BinaryField(_("token"), null=True)
    stamped_at = models.DateTimeField(_("time of the authority"), null=True)
    tries = models.PositiveIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), auto_now_add=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("time-stamp")
        verbose_name_plural = _("time-stamps")
        ordering = ["-checkpoint__size"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "authority"], name="ledger_one_stamp_an_authority"
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} · {self.state}"


class Alarm(models.Model):
    """What the signer found and would not sign; it stays until an operator has dealt with it."""

    class Reason(models.TextChoices):
        """What does not fit."""

        CUT = "cut", _("the chain is shorter than what was signed already")
        FORKED = "forked", _("the chain does not begin with what was signed already")
        ROLLED_BACK = "rolled-back", _("signed checkpoints are gone, as after an old backup")
        BROKEN = "broken", _("a line is missing or is not sealed to the one before")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    log = models.UUIDField(_("chain"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    signed_size = models.PositiveBigIntegerField(_("lines signed already"))
    found_size = models.PositiveBigIntegerField(_("lines found"))
    since = models.DateTimeField(_("since"), auto_now_add=True)
    last_at = models.DateTimeField(_("last found"))
    over_at = models.DateTimeField(_("over"), null=True)

    class Meta:
        verbose_name = _("alarm of the signer")
        verbose_name_plural = _("alarms of the signer")
        ordering = ["-last_at"]

    def __str__(self) -> str:
        return f"{self.log} · {self.reason}"
