"""Snapshots of the matrix: rows, ratings and figures as they stood, to be compared later."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models.hypothesis import Hypothesis
from attribution.models.matrix import MatrixRow
from attribution.models.sheet import Sheet
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import CaseRecord


class MatrixSnapshotQuerySet(WholeTeamQuerySet["MatrixSnapshot"]):
    """Questions about snapshots."""

    def visible_to(self, user: User) -> "MatrixSnapshotQuerySet":
        """Those in which no sheet stands that this person may not read."""
        hidden = MatrixSnapshot.sheets.through.objects.filter(matrixsnapshot=OuterRef("pk"))
        hidden = hidden.exclude(sheet__in=Sheet.objects.visible_to(user))
        return super().visible_to(user).filter(~Exists(hidden))


class MatrixSnapshot(CaseRecord):
    """The matrix exactly as it stood: `body` holds it, `sha256` the digest of its canonical JSON.

    Figures stand there as text, such as 2.25 or 1/3: no float.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("rows", "hypotheses")
    append_only: ClassVar[bool] = True

    number = models.PositiveIntegerField(_("number"), editable=False)
    reason = models.CharField(
        _("occasion"), max_length=200, help_text=_("Such as: before the second launch site.")
    )
    body = models.JSONField(_("matrix"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    rows = models.ManyToManyField(MatrixRow, related_name="+", editable=False)
    hypotheses = models.ManyToManyField(Hypothesis, related_name="+", editable=False)
    sheets = models.ManyToManyField(Sheet, related_name="+", editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("taken by"),
        editable=False,
    )

    objects = MatrixSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot of the matrix")
        verbose_name_plural = _("snapshots of the matrix")
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], name="matrix_snapshot_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.reason}"
