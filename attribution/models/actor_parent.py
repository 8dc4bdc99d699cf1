"""Whom an actor belonged to, from when until when; it may belong to several at once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attribution.models.actor import Actor
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import CaseRecord


class ActorParentQuerySet(WholeTeamQuerySet["ActorParent"]):
    """Questions about who belonged to whom."""

    def with_lists(self) -> "ActorParentQuerySet":
        return self.select_related("case", "actor", "parent")


class ActorParent(CaseRecord):
    """That one actor was part of another over a time; an open end means that none is known.

    On no day is anybody part of itself, by whatever way.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("actor", "parent")
    kept = True

    actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="parents", verbose_name=_("actor"), editable=False
    )
    parent = models.ForeignKey(
        Actor, models.PROTECT, related_name="parts", verbose_name=_("part of")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    citation = models.CharField(_("where it stands"), max_length=500, blank=True)

    objects = ActorParentQuerySet.as_manager()

    class Meta:
        verbose_name = _("parent of an actor")
        verbose_name_plural = _("parents of actors")
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("actor")),
                name="actor_parent_is_another",
                violation_error_message=_("An actor cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="actor_parent_ends_after_it_begins",
                violation_error_message=_("“Until” cannot be before “from”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} – {self.parent}"
