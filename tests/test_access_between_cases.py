"""Two cases side by side: nothing of one is taken into the other, counted there or told there."""

from dataclasses import replace
from datetime import timedelta
from difflib import unified_diff
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, User
from comparison.models import Hit, Link
from core.identity import uuid7
from core.markings import Clearance, Handling
from core.scope import system_scope
from evidence.models import Item
from investigations.models import Case, CaseRecord, Duty, Label, Membership, Notice, Role
from investigations.services.contribution import label_of_contribution
from tests.access.cast import MEMBERS, OUTSIDERS, SECRET, SHUT_BY_LABEL
from tests.access.scene import (
    LISTS,
    browser_of,
    doors,
    first_insider,
    look_around,
    told,
    world,
)
from tests.access.walking import BEHIND_LABELS, is_name, knock
from tests.access.world import OURS, World
from tests.access_table import TABLE

__all__ = ["world"]

pytestmark = pytest.mark.django_db

REFUSED = {404, 422}
BROKEN = 500
WHO_SEES_NO_RECORD = (*OUTSIDERS, "nadia", "mazen", *BEHIND_LABELS, "odile", "bound")


@pytest.mark.parametrize("name", WHO_SEES_NO_RECORD)
def test_no_record_of_the_case_answers_a_question_of(world: World, name: str):
    """What pages, jobs and exports alike are built on, asked without any of them."""
    asker = User.objects.get(username="amal" if name == "bound" else name)
    asker.bound_to_cases = (uuid7(),) if name == "bound" else ()
    records = {kind: row for kind, row in world.things.items() if isinstance(row, CaseRecord)}
    if name == "admin":
        del records["emergency"]  # which takes the administrator's word
    told(
        [
            f"{kind} is seen by {name}"
            for kind, row in records.items()
            if type(row).objects.visible_to(asker).filter(pk=row.pk).exists()
        ]
    )


SHUT_BY_CASE = [*SHUT_BY_LABEL, "petra"]


@pytest.mark.parametrize("name", SHUT_BY_CASE)
def test_a_case_is_not_there_for_those_whom_its_own_label_shuts_out(world: World, name: str):
    case, asker = world.things["case"], User.objects.get(username=name)
    mission = Agency.objects.get(short_name="JIM")
    with transaction.atomic():
        with system_scope("a test labels the case itself"):
            Case.objects.filter(pk=case.pk).update(releasable_to=[mission.pk], **SECRET)
        seen = Case.objects.visible_to(asker).filter(pk=case.pk).exists()
        transaction.set_rollback(True)
    assert not seen


def test_a_case_released_to_one_agency_is_there_for_its_people(world: World):
    case, amal = world.things["case"], User.objects.get(username="amal")
    with transaction.atomic():
        with system_scope("a test releases the case to one agency alone"):
            Case.objects.filter(pk=case.pk).update(releasable_to=[amal.agency_id])
        seen = Case.objects.visible_to(amal).filter(pk=case.pk).exists()
        transaction.set_rollback(True)
    assert seen


@pytest.mark.parametrize("gone", ["until", "ended_at"])
def test_who_was_of_the_team_until_yesterday_sees_no_more_of_it(world: World, gone: str):
    case, amal = world.things["case"], User.objects.get(username="amal")
    yesterday = timezone.now() - timedelta(days=1)
    with transaction.atomic():
        with system_scope("a test ends a place on the team"):
            Membership.objects.filter(case=case.pk, user=amal).update(**{gone: yesterday})
        seen = Case.objects.visible_to(amal).filter(pk=case.pk).exists()
        transaction.set_rollback(True)
    assert not seen


def test_who_is_of_the_team_too_contributes_as_one_of_the_team(world: World):
    case, petra = world.things["case"], User.objects.get(username="petra")
    with transaction.atomic():
        places = Membership.objects.filter(case=case, user=petra)
        places.update(roles=[Role.PARTNER, Role.ANALYST])
        label = label_of_contribution(case, petra)
        transaction.set_rollback(True)
    assert label is None


def test_what_is_shared_with_an_agency_is_for_its_people_on_the_case_alone(world: World):
    item, petra = world.things["item"], User.objects.get(username="petra")
    shared = Label.for_handling(Handling(shared_with=frozenset({petra.agency_id})))
    with transaction.atomic():
        Item.objects.filter(pk=item.pk).update(label=shared)
        seen_by = {
            name
            for name in ("petra", "nadia", "omar")
            if Item.objects.visible_to(User.objects.get(username=name)).filter(pk=item.pk).exists()
        }
        transaction.set_rollback(True)
    assert seen_by == {"petra"}


STRICTER = {
    "clearance": Handling(clearance=Clearance.TOP_SECRET),
    "compartments": Handling(compartments=frozenset({"DEPTH"})),
}
"""More than Petra is cleared for, and a compartment that she is not in."""


@pytest.mark.parametrize("respect", STRICTER)
def test_what_is_shared_stays_shut_to_whom_its_own_label_shuts_out(world: World, respect: str):
    item, petra = world.things["item"], User.objects.get(username="petra")
    shared = replace(STRICTER[respect], shared_with=frozenset({petra.agency_id}))
    with transaction.atomic():
        Item.objects.filter(pk=item.pk).update(label=Label.for_handling(shared))
        seen = Item.objects.visible_to(petra).filter(pk=item.pk).exists()
        transaction.set_rollback(True)
    assert not seen


def test_a_notice_is_for_its_addressee_alone(world: World):
    shown = {
        name: set(
            Notice.objects.visible_to(User.objects.get(username=name)).values_list(
                "to__username", flat=True
            )
        )
        for name in MEMBERS
    }
    assert shown["soraya"] == {"soraya"}
    assert shown["dana"] == {"dana"}
    told(
        [
            f"{name} is shown what {other} is told"
            for name, addressees in shown.items()
            for other in addressees - {name}
        ]
    )


@pytest.mark.parametrize("side", ["case", "comparison"])
def test_a_hit_is_not_told_to_whom_the_other_side_is_shut(world: World, side: str):
    hit, lena = world.things["hit"], User.objects.get(username="lena")
    above = Clearance.TOP_SECRET
    with transaction.atomic():
        before = Hit.objects.visible_to(lena).filter(pk=hit.pk).exists()
        if side == "case":
            Case.objects.filter(pk=hit.other_case_id).update(clearance=above)
        else:
            label = Label.for_handling(Handling(clearance=above))
            Link.objects.filter(pk=hit.link_id).update(label=label)
        after = Hit.objects.visible_to(lena).filter(pk=hit.pk).exists()
        transaction.set_rollback(True)
    assert (before, after) == (True, False)


def test_an_account_that_was_closed_has_no_duty_left(world: World):
    assert world.things["case"].duties(User.objects.get(username="mazen")) == set()


def test_who_is_not_of_the_team_has_no_duty(world: World):
    assert world.things["case"].duties(User.objects.get(username="omar")) == set()


def test_a_record_says_beforehand_what_it_would_refuse(world: World):
    item, rami = world.things["item"], User.objects.get(username="rami")
    assert not item.may(rami, Duty.LOG_EVIDENCE)


TAKEN_ONCE = {"exchange:delivery_take", "api:deliveries-take"}
"""What was taken once is taken nowhere else."""

SWAPS = [
    (address, part, name)
    for address, access in TABLE.items()
    for part in ("body", "query", "changes")
    if not isinstance(getattr(access, part), bytes)
    for name, value in getattr(access, part).items()
    if is_name(value) and not value.endswith((".version", ".created_at", "_sha256"))
    if value not in {"@stranger", "@laboratory", "@peer"}
    if address not in TAKEN_ONCE
]


@pytest.mark.parametrize(("address", "part", "name"), SWAPS)
def test_nothing_of_another_case_is_taken_in(world: World, address: str, part: str, name: str):
    access = TABLE[address]
    method = {"changes": "patch"}.get(part, "post" if "post" in access.rules else "get")
    insider = first_insider(world, access, method)
    words = dict(getattr(access, part))
    row, _dot, rest = words[name][1:].partition(".")
    words[name] = f"@theirs.{rest or 'pk'}"
    answer = knock(
        world,
        insider.browser,
        method,
        address,
        things={**world.things, "theirs": world.foreign[row]},
        **{"query" if part == "query" else "body": words},
    )
    assert answer.status in REFUSED, f"{address} took {name} of another case: {answer.status}"
    assert not answer.writes, f"{address} wrote: {answer.writes}"


PUBLIC = (
    *("weapon", "laboratory", "colleague", "stranger", "originator"),
    *("house", "depot", "room", "closed_room", "peer", "suspended_peer"),
    *("model_link", "maker", "category", "country", "theatre", "vocabulary", "term"),
)
"""What belongs to no case, and may stand on the page of somebody outside of it."""


@pytest.mark.parametrize("name", [*OUTSIDERS, "nadia"])
@pytest.mark.parametrize("address", LISTS)
def test_no_list_search_or_count_gives_anything_away(world: World, address: str, name: str):
    case = world.things["case"]
    secrets = {
        OURS,
        case.ref.lower(),
        *(str(row.pk) for row in world.things.values() if isinstance(row.pk, UUID)),
    }
    secrets -= {str(world.things[public].pk) for public in PUBLIC}
    if name == "admin" and address in ASKED:
        secrets -= {case.ref.lower(), str(world.things["emergency"].pk)}
    rows = {key: world.things[key].pk for key in ("case", "incident", "item")}
    queries = [{}, {"q": OURS, "name": OURS}, {"q": case.ref}, rows]
    problems = []
    for query in queries:
        for way, client in doors(world.personas[name], address):
            answer = knock(world, client, "get", address, query=query)
            at, text = f"GET {address}?{query}{way} as {name}", answer.text.lower()
            asked = {str(value).lower() for value in query.values()}
            given = {secret for secret in secrets - asked if secret in text}
            if given or answer.status == BROKEN:
                problems.append(f"{at} shows {sorted(given)}{answer.why}")
    told(problems)


ASKED = {"investigations:request_list", "api:requests-list"}
"""An administrator is shown that emergency access is asked for, and to which reference."""

TOLD = {
    *("workspace:home", "workspace:ledger", "investigations:request_list", "api:requests-list"),
    *("comparison:hit_list", "api:hits-list", "api:disclosures-list"),
    *("api:disclosure-requests-list", "workspace:case_activity", "attribution:case_stage"),
    *("api:case-stages-stage", "api:case-activity-activity", "api:notices-list"),
}
"""Where Nadia is told that another agency has parts like hers, and asks and is asked about them."""


def test_a_case_that_is_opened_changes_nothing_for_others(world: World):
    """Lists, counts and suggestions alike: what they were shown before is what they are shown."""
    told(
        [
            f"GET {at[1]} as {at[0]} changed: {difference(world.before[at], now)}"
            for at, now in look_around(world).items()
            if now != world.before.get(at, now)
            and at not in {("nadia", address) for address in TOLD}
        ]
    )


def difference(before: str, now: str) -> str:
    """The first lines that differ."""
    lines = unified_diff(before.splitlines(), now.splitlines(), lineterm="", n=0)
    return " ".join(line.strip() for line in list(lines)[3:7])[:300]


def test_a_comparison_across_cases_is_for_those_who_see_both(world: World):
    across, problems = world.things["across"], []
    for address, access in TABLE.items():
        if access.of == "link":
            for method in access.rules:
                for name in (*MEMBERS, *OUTSIDERS, "nadia"):
                    answer = knock(world, browser_of(world, name), method, address, of=across)
                    if answer.status != 404 or answer.writes:
                        problems.append(f"{method.upper()} {address} as {name}: {answer.status}")
    told(problems)
