"""What a client sees at this moment: its cases, and what it is in each of them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from accounts.models import User
from core.markings import Handling
from core.scope import system_scope
from core.settled import Settled
from exchange.services.cursor import digest_of
from investigations.models import Case, Label, Membership
from investigations.models.gates import MOST_KEPT, Rights
from investigations.models.label import columns_of
from investigations.models.membership import READERS, WATCHED, Role

_HEADS = "SELECT log, position FROM exchange_feedhead WHERE log = ANY(%s::uuid[])"
PARTS = [part.name for part in fields(Handling)]
"""The columns that say how a case is handled."""


@dataclass(frozen=True)
class Standing:
    """One case that a client sees; another `digest` means that it may see other things there.

    The digest is of everything beside the rows themselves that their showing depends on: the roles
    of the person, their clearance, compartments and agency, and the handling of the case.
    """

    roles: frozenset[str]
    digest: bytes

    @property
    def reads_whole(self) -> bool:
        """True for one of the team, false for a partner."""
        return bool(self.roles & set(READERS))

    @property
    def is_watched(self) -> bool:
        """True for a guest, whose reading leaves a line."""
        return bool(self.roles & set(WATCHED))


def standings_of(user: User, among: Collection[UUID] = ()) -> dict[UUID, Standing]:
    """Every case that this person sees now, or those of them that are asked for, by their keys.

    Asked whenever a client asks for news, and mostly there is none: no case is read for it.
    """
    told = [
        row for row in _answers(standing_asked(Rights.of(user))) if not among or row[0] in among
    ]
    return {
        case: Standing(
            frozenset(roles), digest_for(user, roles, dict(zip(PARTS, parts, strict=True)))
        )
        for case, roles, *parts in told
        if roles
    }


@lru_cache(maxsize=MOST_KEPT)
def standing_asked(rights: Rights) -> Settled:
    """The question for the cases that whoever has these rights sees, put into words once."""
    user = rights.holder
    places = Membership.objects.current().filter(user=user, case=OuterRef("pk"))
    cases = Case.objects.visible_to(user).annotate(held=Subquery(places.values("roles")[:1]))
    return Settled.wholly(cases.order_by("pk").values_list("pk", "held", *PARTS))


def _answers(question: Settled) -> list[tuple[Any, ...]]:
    """What the database says to it now."""
    if not question.sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.parameters)
        return list(cursor.fetchall())


def digest_for(user: User, roles: Iterable[str], case: Mapping[str, Any]) -> bytes:
    """What this person is in a case that is handled so, as a few bytes."""
    cleared = [user.clearance, sorted(user.compartments), user.agency_id]
    handling = Handling(**{part: case[part] for part in PARTS})
    return digest_of([sorted(roles), cleared, columns_of(handling)])


def cases_of(user: User, among: Collection[UUID]) -> dict[UUID, Case]:
    """Those of these cases that this person sees, to tell what lies in them."""
    return Case.objects.visible_to(user).in_bulk(list(among))


def heads_of(cases: Collection[UUID]) -> dict[UUID, int]:
    """The position of the newest change of each case; 0 where nothing was changed yet."""
    with (
        system_scope("how far a case has come is asked for those whom it is shown to"),
        connection.cursor() as cursor,
    ):
        cursor.execute(_HEADS, [list(cases)])
        heads = dict(cursor.fetchall())
    return {case: heads.get(case, 0) for case in cases}


def opener(user: User, standing: Standing, labels: Iterable[UUID | None]) -> Callable[..., bool]:
    """Asks of each of these labels whether its bearers are shown to this person in this case."""
    named = {label for label in labels if label}
    rows = Label.objects.filter(pk__in=named)
    seen: set[UUID] = set()
    if standing.reads_whole:
        seen |= set(rows.open_to(user).values_list("pk", flat=True))
    if Role.PARTNER in standing.roles:
        seen |= set(rows.shared_with(user).values_list("pk", flat=True))
    return lambda label: label in seen if label else standing.reads_whole
