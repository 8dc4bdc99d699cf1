"""Whatever one person does by themselves, in whatever order, gives them no more than they had."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.services import keep_account_edit
from core.errors import Refused
from core.markings import Handling
from core.scope import asking_as, system_scope
from investigations import services
from investigations.models import Case, Incident, Request, Role

pytestmark = pytest.mark.django_db
HANDLINGS = st.sampled_from(
    [Handling(), Handling(tlp="red"), Handling(clearance=1), Handling(clearance=4)]
)
DEEDS = st.sampled_from(
    ["mark", "ask", "lower", "approve", "refuse", "emergency", "let in", "admit", "clear"]
)


def do(deed: str, user: Any, subject: Any, handling: Handling) -> None:
    """One attempt, in the person's own name."""
    case = Case.objects.get()
    asked = list(Request.objects.order_by("-id")[:1])
    attempts: dict[str, Callable[[], object]] = {
        "mark": lambda: services.mark_more_strictly(subject, handling, by=user, reason="Why"),
        "ask": lambda: services.ask_to_lower(subject, handling, by=user, reason="Why"),
        "lower": lambda: [services.lower_label(each, by=user) for each in asked],
        "approve": lambda: [services.approve(each, by=user) for each in asked],
        "refuse": lambda: [services.refuse(each, by=user, reason="No") for each in asked],
        "emergency": lambda: services.ask_for_emergency_access(
            case_ref=case.ref, by=user, reason="Why", hours=1
        ),
        "let in": lambda: [services.give_emergency_access(each, by=user) for each in asked],
        "admit": lambda: services.admit_member(case, user, roles=[Role.LEAD], by=user),
        "clear": lambda: cleared(user),
    }
    with asking_as(user), transaction.atomic():
        attempts[deed]()


def cleared(user: Any) -> None:
    """They edit their own account, with a copy of it in hand."""
    own = type(user).objects.get(pk=user.pk)
    own.clearance = 4
    keep_account_edit(own, by=user, fields=["clearance"])


def rights(user: Any) -> tuple[set[Any], set[Any], int]:
    """What they may see, what they may do, and what they are cleared for."""
    now = type(user).objects.get(pk=user.pk)
    with asking_as(now):
        seen = set(Incident.objects.visible_to(now)) | set(Case.objects.visible_to(now))
    with system_scope("what the test compares"):
        return seen, Case.objects.get().duties(now), now.clearance


@pytest.mark.parametrize("name", ["amal", "dana", "rami", "omar", "admin"])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(DEEDS, HANDLINGS), min_size=1, max_size=6))
def test_no_sequence_of_deeds_by_one_person_gives_them_more(
    request, soraya, amal, dana, strike, harbour, name, steps
):
    user = request.getfixturevalue(name)
    with transaction.atomic():
        soraya.clearance = 4
        soraya.save()
        services.mark_more_strictly(harbour, Handling(clearance=2), by=soraya, reason="Why")
        seen, duties, clearance = rights(user)
        for deed, handling in steps:
            try:
                do(deed, user, strike, handling)
            except (Refused, PermissionDenied, ObjectDoesNotExist):
                continue
        now_seen, now_duties, now_clearance = rights(user)
        assert now_seen <= seen
        assert now_duties <= duties
        assert now_clearance <= clearance
        transaction.set_rollback(True)
