"""The kinds of records whose changes are told without their content, and which of them one sees."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import get_resolver

from accounts.models import User
from investigations.models import Case

AT_ONCE = 1000
"""So many keys are asked for in one question."""


@dataclass(frozen=True)
class FollowedKind:
    """One kind, under the name of its REST door; the words mean what they mean for the feed."""

    name: str
    model: type[models.Model]
    for_the_team: bool = False
    keeps_more: bool = False
    is_across: bool = False

    @property
    def label(self) -> str:
        """What the journal calls it."""
        return self.model._meta.label_lower

    def seen_among(
        self, keys: Collection[UUID], *, by: User, case: UUID, cases: Collection[UUID]
    ) -> set[UUID]:
        """Of these rows of a case those that a person sees; across two, both must be in `cases`."""
        rows: Any = self.model._default_manager.all()
        rows = rows.visible_to(by)
        if self.model is Case:
            rows = rows.filter(pk=case)
        elif self.is_across:
            rows = rows.filter(case__in=cases, other_case__in=cases)
        else:
            rows = rows.filter(case=case)
        asked, seen = sorted(keys), set[UUID]()
        for start in range(0, len(asked), AT_ONCE):
            some = rows.filter(pk__in=asked[start : start + AT_ONCE])
            seen |= set(some.order_by().values_list("pk", flat=True))
        return seen


FOLLOWED: dict[str, FollowedKind] = {}
"""By name; the wiring fills it when it mounts the doors."""


def follow(kinds: Iterable[FollowedKind]) -> None:
    """Tell of these kinds."""
    told = {kind.name: kind for kind in kinds}
    FOLLOWED.clear()
    FOLLOWED.update(told)


def followed() -> dict[str, FollowedKind]:
    """Every kind; a worker has mounted no doors before it asks."""
    if not FOLLOWED:
        get_resolver().url_patterns  # noqa: B018  (reading it mounts them)
    return FOLLOWED
