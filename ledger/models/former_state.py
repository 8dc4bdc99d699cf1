"""Former states: what a record said until a deed changed it, beside the line of that deed."""

from collections.abc import Collection
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.identity import uuid7
from ledger.models.entry import Entry


class FormerStateQuerySet(models.QuerySet["FormerState"]):
    """Questions about what was said before."""

    def of(self, subject: models.Model) -> "FormerStateQuerySet":
        """Those of one record, the oldest first."""
        rows = self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
        return rows.select_related("entry__actor").order_by("entry__position")

    def about(self, kind: type[models.Model], keys: Collection[UUID]) -> "FormerStateQuerySet":
        """Those of some records of one kind."""
        return self.filter(subject_kind=kind._meta.label_lower, subject_id__in=keys)


class FormerState(models.Model):
    """All that a record said before one deed, and what that deed made of it.

    `said` holds every fact by the name of its field, and the lists of others that the deed
    changed; `changed` what the deed changed, as it was afterwards; `label` is the one that the
    record bore when it said so. Rows are only ever added; those about sources alone go, with the
    identities that are erased. No question of a person reaches them: whoever sees the record
    itself is shown them by the pages, as far as that label lets.
    """

    only_the_program: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(
        Entry,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,  # the ledger's own triggers keep every line, and answer for it
        verbose_name=_("deed"),
    )
    subject_kind = models.CharField(_("kind"), max_length=60)
    subject_id = models.UUIDField(_("subject"))
    label = models.UUIDField(_("label"), null=True)
    said = models.JSONField(_("said before"))
    changed = models.JSONField(_("said since"))

    objects = FormerStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("former state")
        verbose_name_plural = _("former states")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_id", "id"], name="former_states_of_a_record")]

    def __str__(self) -> str:
        return f"{self.subject_kind} · {self.entry_id}"
