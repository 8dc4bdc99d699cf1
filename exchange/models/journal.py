"""The journal of changes: which records of a case each transaction touched, in one order.

PostgreSQL itself writes it (`exchange.models.triggers`), so that nothing that touches a record can
forget to: a deed, a job, or a label that follows another. A transaction that touched a case is one
step of it. Its position is given at its very end, under a lock that it holds until it is committed:
whoever sees position N sees all that came before, however late it was committed.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Op(models.TextChoices):
    """What happened to a row; `of a part` says that something shown with it was changed."""

    MADE = "+", _("made")
    CHANGED = "~", _("changed")
    REMOVED = "-", _("removed")
    OF_A_PART = ".", _("of a part")


class FeedHead(models.Model):
    """The position of the newest step of a case."""

    only_the_program: ClassVar[bool] = True

    log = models.UUIDField(_("case"), primary_key=True)
    position = models.PositiveBigIntegerField(_("position"))

    class Meta:
        verbose_name = _("newest change of a case")
        verbose_name_plural = _("newest changes of cases")

    def __str__(self) -> str:
        return f"{self.log} · {self.position}"


class Step(models.Model):
    """One transaction that touched one case; empty is the position of one that has not ended."""

    only_the_program: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    batch = models.UUIDField(_("transaction"))
    log = models.UUIDField(_("case"))
    position = models.PositiveBigIntegerField(_("position"), null=True)
    at = models.DateTimeField(_("time"), db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ["log", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "log"], name="step_once_a_transaction"),
            models.UniqueConstraint(fields=["log", "position"], name="step_one_a_position"),
        ]

    def __str__(self) -> str:
        return f"{self.log} · {self.position}"


class Touch(models.Model):
    """One row that a transaction touched, and the labels it bore before and after.

    `other` is the second case of a row that lies across two. Within a transaction touches are in
    the order of their keys.
    """

    only_the_program: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    batch = models.UUIDField(_("transaction"), db_index=True)
    log = models.UUIDField(_("case"))
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.UUIDField(_("subject"), db_index=True)
    op = models.CharField(_("what happened"), max_length=1, choices=Op)
    label_before = models.UUIDField(_("label before"), null=True)
    label_after = models.UUIDField(_("label after"), null=True)
    other = models.UUIDField(_("second case"), null=True)

    class Meta:
        verbose_name = _("touch of a record")
        verbose_name_plural = _("touches of records")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.op} {self.kind} · {self.subject}"
