"""Imports of tables: the file as it came, its map, and what each row of it did to the case."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attribution.models import Actor, Claim
from attribution.models.whole_team import WholeTeamQuerySet
from evidence.models import Component, Item
from evidence.models.stored_bytes import StoredBytes
from exchange.models.table_words import (
    AT_WORK,
    RecordKind,
    Reversal,
    TableFormat,
    TableState,
    Verdict,
)
from investigations.models import CaseRecord, Incident, VersionedCaseRecord

TOLD_BY = ("incident", "item", "component", "actor", "claim")


class TableImportQuerySet(WholeTeamQuerySet["TableImport"]):
    """Questions about imports; the team of the case reads them, and no partner."""

    def at_work(self) -> "TableImportQuerySet":
        """Those that a worker has to do something for."""
        return self.filter(state__in=AT_WORK)

    def with_lists(self) -> "TableImportQuerySet":
        return self.select_related("case", "imported_by", "undone_by")


class TableImport(StoredBytes, VersionedCaseRecord):
    """One table that somebody brought into a case; its bytes lie in the vault under `sha256`.

    `head` are its columns and `plan` what they mean. `turn` counts dry runs, runs and undoings:
    the rows of the newest are shown. `position` is the last line that this turn is done with.
    """

    name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("kind of record"), max_length=20, choices=RecordKind)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    format = models.CharField(_("format"), max_length=10, choices=TableFormat)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(_("what parts the cells"), max_length=1, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    head = models.JSONField(_("columns"), default=list)
    plan = models.JSONField(_("map"), default=dict)
    state = models.CharField(_("state"), max_length=20, choices=TableState, default=TableState.NEW)
    turn = models.PositiveIntegerField(_("turn"), default=0)
    position = models.PositiveIntegerField(_("lines done"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    has_written = models.BooleanField(_("has written"), default=False)
    trouble = models.CharField(_("why it failed"), max_length=500, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("imported by")
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = TableImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a table")
        verbose_name_plural = _("imports of tables")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["undoing", "undone"]) | Q(undone_by__isnull=False),
                name="table_import_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="table_imports_of_case")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        """True while a worker has to do something for it."""
        return self.state in AT_WORK

    @property
    def may_be_mapped(self) -> bool:
        """True until something of it was written."""
        return not self.has_written and not self.is_at_work

    @property
    def may_run(self) -> bool:
        """True once a dry run found something to write."""
        return self.state == TableState.CHECKED and bool(self.created + self.changed)

    @property
    def may_be_undone(self) -> bool:
        """True once something was written, as long as it was not undone."""
        return self.has_written and self.state in (TableState.DONE, TableState.FAILED)

    @property
    def handled(self) -> int:
        """How many lines have a verdict in this turn."""
        return self.created + self.changed + self.same + self.refused


class TheirReferenceQuerySet(WholeTeamQuerySet["TheirReference"]):
    """Questions about references; the team of the case reads them, and no partner."""

    def standing(self) -> "TheirReferenceQuerySet":
        """Those by which a record is found again."""
        return self.filter(given_up=False)


class TheirReference(CaseRecord):
    """What a record of ours is called in somebody else's table, so that it is found again.

    `scheme` names whose references they are, such as GTD. Where a table has none, the SHA-256 of
    the whole row stands for it. Once the record was taken back for good, the reference is
    `given_up`: the next table that has it enters another record.
    """

    derives_from: ClassVar[tuple[str, ...]] = TOLD_BY

    scheme = models.CharField(_("whose references"), max_length=80)
    kind = models.CharField(_("kind of record"), max_length=20, choices=RecordKind)
    reference = models.CharField(_("their reference"), max_length=200)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    component = models.ForeignKey(
        Component, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")
    given_up = models.BooleanField(_("given up"), default=False)

    objects = TheirReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference of others")
        verbose_name_plural = _("references of others")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "scheme", "reference"],
                condition=Q(given_up=False),
                name="their_reference_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="incident", incident__isnull=False)
                | Q(kind="item", item__isnull=False)
                | Q(kind="component", component__isnull=False)
                | Q(kind="actor", actor__isnull=False)
                | Q(kind="claim", claim__isnull=False),
                name="their_reference_names_a_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.reference}"

    @property
    def record_id(self) -> Any:
        """The key of the record of ours that bears it."""
        return getattr(self, f"{self.kind}_id")

    @property
    def told_of(self) -> Any:
        """The record of ours that bears it."""
        return getattr(self, self.kind)


class TableImportRowQuerySet(WholeTeamQuerySet["TableImportRow"]):
    """Questions about rows; the team of the case reads them, and no partner."""

    def with_lists(self) -> "TableImportRowQuerySet":
        relations = [f"reference__{name}" for name in TOLD_BY]
        beside = [f"reference__component__{name}" for name in ("maker", "category")]
        return self.select_related("case", "table_import", "reference", *relations, *beside)


class TableImportRow(CaseRecord):
    """What one line of a table did, or in a dry run would do; the line itself stays in its file.

    `changes` are the fields that become others: `was` and `now` as kept, and as told to people.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("table_import", "reference")

    table_import = models.ForeignKey(TableImport, models.PROTECT, related_name="rows")
    turn = models.PositiveIntegerField(_("turn"))
    number = models.PositiveIntegerField(_("line"))
    key = models.CharField(_("their reference"), max_length=200, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    reference = models.ForeignKey(
        TheirReference, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reversal = models.CharField(_("undone"), max_length=10, choices=Reversal, blank=True)

    objects = TableImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an imported table")
        verbose_name_plural = _("rows of imported tables")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["table_import", "turn", "number"], name="table_row_once_per_turn"
            )
        ]
        indexes = [
            models.Index(fields=["table_import", "turn", "verdict"], name="table_rows_by_verdict"),
            models.Index(fields=["table_import", "turn", "key"], name="table_rows_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
