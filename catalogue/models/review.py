"""Whether somebody has checked a reference row, and who may read it."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.folding import fold

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ReviewStatus(models.TextChoices):
    """How far a row may be trusted: imported and typed rows wait for a reviewer."""

    IMPORTED = "unreviewed-import", _("Imported, not reviewed")
    ENTERED = "unreviewed-entry", _("Entered, not reviewed")
    REVIEWED = "reviewed", _("Reviewed")


class ReferenceQuerySet(models.QuerySet[Row]):
    """Questions about reference rows, which belong to no case."""

    def visible_to(self, user: User) -> Self:
        """What is known already is open to everyone who may sign in."""
        return self.all() if user.is_active else self.none()


class NamedQuerySet(ReferenceQuerySet[Row]):
    """Rows found by name, however its hyphens, spaces, case and accents are typed."""

    def named(self, text: str) -> Self:
        """Rows one of whose names holds `text`; an empty text finds nothing."""
        folded = fold(text)
        return self.filter(folded_names__contains=folded) if folded else self.none()


class ReviewedQuerySet(NamedQuerySet[Row]):
    """Rows that somebody has, or has not yet, checked."""

    def reviewed(self) -> Self:
        return self.filter(review_status=ReviewStatus.REVIEWED)

    def awaiting_review(self) -> Self:
        return self.exclude(review_status=ReviewStatus.REVIEWED)
