"""The words in which the import of a table is described."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    """What each row of a table becomes."""

    INCIDENT = "incident", _("incidents")
    ITEM = "item", _("exhibits")
    COMPONENT = "component", _("components")
    ACTOR = "actor", _("actors")
    CLAIM = "claim", _("claims")


class TableFormat(models.TextChoices):
    """How the file of a table is written."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class TableState(models.TextChoices):
    """How far an import has come; nothing of the case is changed before it is under way."""

    NEW = "new", _("columns not mapped yet")
    CHECKING = "checking", _("dry run under way")
    CHECKED = "checked", _("dry run done")
    RUNNING = "running", _("being written")
    DONE = "done", _("written")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("failed")


AT_WORK = (TableState.CHECKING, TableState.RUNNING, TableState.UNDOING)


class Verdict(models.TextChoices):
    """What a row does to the case."""

    CREATE = "create", _("new record")
    CHANGE = "change", _("changes a record")
    SAME = "same", _("changes nothing")
    REFUSE = "refuse", _("refused")


class Reversal(models.TextChoices):
    """What the undoing of an import did to a row."""

    UNDONE = "undone", _("undone")
    PARTLY = "partly", _("undone in part")
    STANDS = "stands", _("stands")
