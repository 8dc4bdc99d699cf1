"""The ledger: an append-only account of who did what, each line sealed to the one before."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.identity import uuid7
from ledger.models.checkpoint import Alarm, Checkpoint

FIRST_SEAL = "0" * 64


def seal_of(previous_seal: str, body: str) -> str:
    """SHA-256 over the seal before and the exact bytes of this line."""
    return hashlib.sha256(previous_seal.encode() + b"\n" + body.encode()).hexdigest()


class HeadQuerySet(models.QuerySet["Head"]):
    """Questions about chains."""

    def as_signed(self) -> "HeadQuerySet":
        """Each with the `signed_size` and `signed_at` of its last checkpoint, and why `refused`."""
        own = models.OuterRef("log")
        last = Checkpoint.objects.filter(log=own).order_by("-size")
        alarm = Alarm.objects.filter(log=own, over_at=None)
        return self.annotate(
            signed_size=models.Subquery(last.values("size")[:1]),
            signed_at=models.Subquery(last.values("at")[:1]),
            refused=models.Subquery(alarm.values("reason")[:1]),
        )


class Head(models.Model):
    """The newest position and seal of one chain; every case has a chain of its own."""

    log = models.UUIDField(primary_key=True)
    position = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default=FIRST_SEAL)
    previous_seal = models.CharField(max_length=64, default=FIRST_SEAL)

    objects = HeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("chain head")
        verbose_name_plural = _("chain heads")

    def __str__(self) -> str:
        return f"{self.log} · {self.position}"

    @property
    def refused_because(self) -> str:
        """Why the signer does not sign it, in words, where `as_signed` has looked."""
        return str(Alarm.Reason(getattr(self, "refused")).label)  # noqa: B009


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions one may ask of the ledger; they chain."""

    def about(self, subject: models.Model) -> "EntryQuerySet":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)

    def of_log(self, log: UUID) -> "EntryQuerySet":
        return self.filter(log=log)


class Entry(models.Model):
    """One sealed line: `body` holds the exact bytes that the seal covers.

    The other columns repeat parts of the body so that it can be searched; `verify_ledger`
    compares them with it. An empty actor is the program itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    log = models.UUIDField(_("chain"))
    position = models.PositiveBigIntegerField(_("position"))
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("actor")
    )
    act = models.CharField(_("act"), max_length=60)
    subject_kind = models.CharField(_("kind"), max_length=60)
    subject_id = models.UUIDField(_("subject"))
    body = models.TextField(_("sealed text"))
    previous_seal = models.CharField(_("previous seal"), max_length=64)
    seal = models.CharField(_("seal"), max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["log", "position"]
        constraints = [
            models.UniqueConstraint(fields=["log", "position"], name="ledger_one_line_a_position")
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.position} {self.act}"

    @property
    def facts(self) -> dict[str, Any]:
        """What the line says beyond actor, act and subject."""
        facts: dict[str, Any] = json.loads(self.body)["facts"]
        return facts
