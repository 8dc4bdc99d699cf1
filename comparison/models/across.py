"""What a team may learn of a likeness whose other end lies in a case that it may not see."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from comparison.models.link import Link
from core.markings import Tlp
from core.scope import system_scope
from evidence.models import Component
from investigations.models import Case, CaseRecord, CaseRecordQuerySet, Label
from investigations.models.label import open_to

Row = TypeVar("Row", bound=models.Model, covariant=True)

NEVER_TOLD = (Tlp.RED,)
"""Markings that let nobody outside of a team learn even that there is something."""

KEPT_INSIDE = (Tlp.RED, Tlp.AMBER_STRICT)
"""Markings that let nobody outside of the agency learn it."""


class AcrossQuerySet(CaseRecordQuerySet[Row]):
    """Questions about what is told across cases."""

    def visible_to(self, user: User) -> Self:
        """Those of the person's cases that the handling of the other side lets them be told, now.

        What the other side's case and exhibit ask of a reader, all but a place on the team, is
        asked of whoever is told: clearance, compartments, agency. Where the person sees the
        comparison itself there is nothing to be told.
        """
        with system_scope("how the other side is handled stands in a case that is not seen"):
            told = list(self._tellable_to(user).values_list("pk", flat=True))
        return super().visible_to(user).filter(pk__in=told)

    def _tellable_to(self, user: User) -> "CaseRecordQuerySet[Any]":
        mine: CaseRecordQuerySet[Any] = CaseRecordQuerySet(self.model).filter(
            case__in=Case.objects.read_whole_by(user)
        )
        sharing = Case.objects.filter(open_to(user))
        labels = Label.objects.open_to(user)
        return mine.filter(
            Q(link__label__isnull=True) | Q(link__label__in=labels),
            self._let_out(user),
            other_case__in=sharing,
        ).exclude(link__in=Link.objects.visible_to(user))

    def _let_out(self, user: User) -> Q:
        """No marking of either case or of the ends keeps it on a team, or in another agency."""
        within = Q(agency=user.agency_id) if user.agency_id else Q(agency__isnull=True)
        marked = ("case__tlp", "other_case__tlp")
        red = Q(*[~Q(**{f"{name}__in": NEVER_TOLD}) for name in marked])
        strict = Q(*[~Q(**{f"{name}__in": KEPT_INSIDE}) for name in marked])
        label = Q(link__label__isnull=True)
        return (strict & (label | ~Q(link__label__tlp__in=KEPT_INSIDE))) | (
            within & red & (label | ~Q(link__label__tlp__in=NEVER_TOLD))
        )


class AcrossRecord(CaseRecord):
    """A row in one team's case about a likeness with a component in a case of others.

    `component` is the team's own; `theirs`, `other_case` and `link` are never shown and serve the
    program alone. `agency` is that of the other case's lead.
    """

    component = models.ForeignKey(
        Component, models.PROTECT, related_name="+", verbose_name=_("component")
    )
    theirs = models.ForeignKey(Component, models.PROTECT, related_name="+", editable=False)
    other_case = models.ForeignKey(Case, models.PROTECT, related_name="+", editable=False)
    link = models.ForeignKey(Link, models.PROTECT, related_name="+", editable=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(case=F("other_case")), name="%(class)s_is_across_cases"
            )
        ]
