"""Column maps: what the columns of a table mean, kept by a person for the next table like it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core.models import Record
from exchange.models.table_words import RecordKind


class ColumnMapQuerySet(models.QuerySet["ColumnMap"]):
    """Questions about maps."""

    def visible_to(self, user: User) -> "ColumnMapQuerySet":
        """A person's own, and those that somebody of the same agency keeps for all of it."""
        mine = Q(owner=user)
        return self.filter(mine | Q(agency=user.agency_id, agency__isnull=False))


class ColumnMap(Record):
    """A map of columns with a name. It belongs to no case and says nothing of any.

    Kept for an `agency`, all of its people may use it; else only its owner.
    """

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind of record"), max_length=20, choices=RecordKind)
    plan = models.JSONField(_("map"), editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the agency"),
    )

    objects = ColumnMapQuerySet.as_manager()

    class Meta:
        verbose_name = _("column map")
        verbose_name_plural = _("column maps")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="column_map_once_per_person")
        ]

    def __str__(self) -> str:
        return self.name
