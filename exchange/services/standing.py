"""What a client sees at this moment: its cases, and what it is in each of them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from core.scope import system_scope
from exchange.models import FeedHead
from exchange.services.cursor import digest_of
from investigations.models import Case, Label, Membership
from investigations.models.label import columns_of
from investigations.models.membership import READERS, Role


@dataclass(frozen=True)
class Standing:
    """One case that a client sees; another `digest` means that it may see other things there.

    The digest is of everything beside the rows themselves that their showing depends on: the roles
    of the person, their clearance, compartments and agency, and the handling of the case.
    """

    case: Case
    roles: frozenset[str]
    digest: bytes

    @property
    def reads_whole(self) -> bool:
        """True for one of the team, false for a partner."""
        return bool(self.roles & set(READERS))


def standings_of(user: User, among: Collection[UUID] = ()) -> dict[UUID, Standing]:
    """Every case that this person sees now, or those of them that are asked for."""
    cases = Case.objects.visible_to(user)
    if among:
        cases = cases.filter(pk__in=among)
    places = Membership.objects.current().filter(user=user)
    roles = {case: frozenset(held) for case, held in places.values_list("case_id", "roles")}
    return {
        case.pk: Standing(case, roles[case.pk], digest_for(user, case, roles[case.pk]))
        for case in cases.order_by("pk")
        if case.pk in roles
    }


def digest_for(user: User, case: Case, roles: Iterable[str]) -> bytes:
    """What this person is in this case, as a few bytes."""
    cleared = [user.clearance, sorted(user.compartments), user.agency_id]
    return digest_of([sorted(roles), cleared, columns_of(case.handling)])


def heads_of(cases: Collection[UUID]) -> dict[UUID, int]:
    """The position of the newest change of each case; 0 where nothing was changed yet."""
    with system_scope("how far a case has come is asked for those whom it is shown to"):
        heads = dict(FeedHead.objects.filter(log__in=cases).values_list("log", "position"))
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
