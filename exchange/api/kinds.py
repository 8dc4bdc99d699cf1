"""The kinds of records that other programs are told of; which they are, the wiring says."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.apps import apps
from django.db import models

from core.rest import RecordViewSet
from exchange.models.triggers import Watched
from exchange.services.followed_kind import FollowedKind, follow

Paths = tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind, told as its REST door shows it, under the name of that door.

    `parts` are rows shown with it, by the column that says with which; `shows` are other rows that
    its door reads, by the ways from it to them. `for_the_team`: no partner is shown one.
    `keeps_more`: its own rule keeps more than labels do, such as a draft; of these a client is told
    which there are whenever they became others, and never that one has gone. `is_across`: it lies
    across two cases, and is seen by who sees both. `unshown` are columns that its door never shows
    and that jobs change all the time: who follows is not told of them.
    """

    name: str
    viewset: type[RecordViewSet[Any]]
    parts: Mapping[str, str] = field(default_factory=dict)
    shows: Mapping[str, Paths] = field(default_factory=dict)
    for_the_team: bool = False
    keeps_more: bool = False
    is_across: bool = False
    unshown: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The table."""
        return cast("type[models.Model]", self.viewset.model)

    @property
    def label(self) -> str:
        """What the journal and the ledger call it, such as `evidence.item`."""
        return self.model._meta.label_lower

    @property
    def ways(self) -> Iterable[tuple[str, str]]:
        """Each kind of row that its door reads with it, by its label, and the way there."""
        return [(model.lower(), way) for model, ways in self.shows.items() for way in ways]


COVERED: dict[str, Kind] = {}
"""By name, in the order in which a snapshot tells them; `config` fills it when it mounts them."""


def cover(kinds: Iterable[Kind]) -> None:
    """Tell clients of these kinds, and the receivers of webhooks that they changed."""
    COVERED.clear()
    COVERED.update({kind.name: kind for kind in kinds})
    follow(
        FollowedKind(kind.name, kind.model, kind.for_the_team, kind.keeps_more, kind.is_across)
        for kind in COVERED.values()
    )


def watched_by(kinds: Collection[Kind]) -> list[Watched]:
    """Every table whose rows these kinds are made of or read, once each."""
    above: dict[type[models.Model], dict[str, type[models.Model]]] = {}
    unshown = {kind.model: kind.unshown for kind in kinds}
    for kind in kinds:
        above.setdefault(kind.model, {})
        for part, column in kind.parts.items():
            above.setdefault(apps.get_model(part), {})[column] = kind.model
        for shown in kind.shows:
            above.setdefault(apps.get_model(shown), {})
    return [Watched(model, columns, unshown.get(model, ())) for model, columns in above.items()]
