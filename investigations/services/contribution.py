"""What a partner adds to a case: born to be read by both agencies, and controlled by one."""

from accounts.models import User
from core.markings import Handling
from investigations.models import Case, Duty, Label
from investigations.models.membership import READERS


def label_of_contribution(case: Case, by: User, held: set[Duty] | None = None) -> Label | None:
    """The label of what `by` adds to the case; None for the team, whose own work needs none.

    A partner's contribution is released to the partner's agency and to those of everybody who
    reads the whole case now, and the partner's agency keeps control of it. `held` are the duties
    of `by` there, where these were asked for already.
    """
    if not case.is_contributed_to_by(by, held) or by.agency_id is None:
        return None
    readers = case.memberships.current().filter(roles__overlap=READERS, user__agency__isnull=False)
    agencies = set(readers.values_list("user__agency", flat=True))
    return Label.for_handling(
        Handling(
            releasable_to=frozenset(agencies | {by.agency_id}),
            originators=frozenset({by.agency_id}),
            shared_with=frozenset({by.agency_id}),
        )
    )
