"""Who reads a thing that is handled in a certain way: asked before the handling is changed."""

from uuid import UUID

from accounts.models import User
from core.markings import Handling
from investigations.models.case import Case
from investigations.models.membership import READERS, Membership, Role


def readers(case: Case, of_case: Handling, own: Handling | None) -> dict[UUID, User]:
    """Those of the team who read a record that says `own` in a case that is handled `of_case`.

    Without `own` the question is who reads the case itself.
    """
    places = case.memberships.current().filter(user__is_active=True)
    team = places.select_related("user").order_by("user__display_name", "user__username")
    return {place.user_id: place.user for place in team if reads(place, of_case, own)}


def reads(place: Membership, of_case: Handling, own: Handling | None) -> bool:
    """The rule of `CaseRecordQuerySet.visible_to`, for one person and a handling not yet given."""
    if not (lets(of_case, place.user) and lets(own or Handling(), place.user)):
        return False
    if set(place.roles) & set(READERS):
        return True
    shared = own is None or place.user.agency_id in own.shared_with
    return Role.PARTNER in place.roles and shared


def lets(handling: Handling, user: User) -> bool:
    """Whether the person's clearance, compartments and agency are enough."""
    return handling.lets(
        clearance=user.clearance, compartments=user.compartments, agency=user.agency_id
    )
