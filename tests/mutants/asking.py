"""What the access tests are asked: each of their tests as a check, and what it complains of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import Refused
from tests import test_access_between_cases as between
from tests import test_access_beyond_the_walk as beyond
from tests import test_access_of_comparisons as comparisons
from tests import test_access_of_conclusions as conclusions
from tests import test_access_of_exchange as exchange
from tests import test_access_of_reports as reports
from tests import test_access_of_the_workspace as workspace
from tests.access import roles, scene
from tests.mutants.reached import Sign

Check = partial[None]
TELLING = (comparisons, conclusions, exchange, reports, workspace)
"""Files of which every test is asked, as they all name only the world and one word more."""

REFUSALS = (PermissionDenied, Refused)
"""Where a test did not expect it, a refusal from further within is a complaint as well."""


def first_complaint(checks: list[Check]) -> tuple[str, Check]:
    """What the first of these tests to find anything finds wrong, and the test that found it."""
    with stopping_at_the_first():
        for check in checks:
            if complaint := complaint_of(check):
                return complaint, check
    return "", partial(print)


def complaint_of(check: Check) -> str:
    """What a test finds wrong; nothing if all is well."""
    try:
        check()
    except (pytest.fail.Exception, AssertionError) as complaint:
        return str(complaint).strip().partition("\n")[0] or "refused"
    except (TypeError, ValueError, AttributeError, LookupError, *REFUSALS) as trouble:
        return f"{type(trouble).__name__}: {trouble}"
    return ""


@contextmanager
def stopping_at_the_first() -> Iterator[None]:
    """Inside, a walk ends as soon as there is anything to say."""
    complaints: Callable[..., Iterator[str]] = roles.complaints

    def first(*asked: Any) -> list[str]:
        for complaint in complaints(*asked):
            raise AssertionError(complaint)
        return []

    roles.complaints = first  # type: ignore[assignment]
    try:
        yield
    finally:
        roles.complaints = complaints


def sign_of(check: Check) -> Sign:
    """A test and what it is asked with, all but the world."""
    return [check.func.__name__, *map(str, check.args[1:])]


def remembered_first(checks: list[Check], sign: Sign | None) -> list[Check]:
    """The same, but the test that noticed last time before all others."""
    return sorted(checks, key=lambda check: sign_of(check) != sign)


def checks_for(world: Any, told: str, addresses: list[str]) -> list[Check]:
    """The tests that could miss a line, the likeliest to complain first.

    What a model says is asked without any address before; of a form, what it takes in; and at the
    very end what services do, and what is told, for whom no walk brings to it.
    """
    walks, more = list(checks_of_roles(world, addresses)), list(checks_of_more(world, addresses))
    deeds, telling = list(checks_of_deeds(world)), list(checks_of_telling(world))
    if "/models/" in told:
        return [*questions(world), *telling, *walks, *more, *deeds]
    rest = [*deeds, *telling]
    return [*more, *walks, *rest] if "/forms" in told else [*walks, *more, *rest]


def questions(world: Any) -> Iterator[Check]:
    """What the rows themselves answer to those who must not see them."""
    for name in between.WHO_SEES_NO_RECORD:
        yield partial(between.test_no_record_of_the_case_answers_a_question_of, world, name)
    for name in between.SHUT_BY_CASE:
        yield partial(
            between.test_a_case_is_not_there_for_those_whom_its_own_label_shuts_out, world, name
        )
    for gone in ("until", "ended_at"):
        yield partial(
            between.test_who_was_of_the_team_until_yesterday_sees_no_more_of_it, world, gone
        )
    for respect in between.STRICTER:
        yield partial(
            between.test_what_is_shared_stays_shut_to_whom_its_own_label_shuts_out, world, respect
        )
    for side in ("case", "comparison"):
        yield partial(between.test_a_hit_is_not_told_to_whom_the_other_side_is_shut, world, side)
    for test in (
        between.test_a_notice_is_for_its_addressee_alone,
        between.test_a_case_released_to_one_agency_is_there_for_its_people,
        between.test_who_is_of_the_team_too_contributes_as_one_of_the_team,
        between.test_what_is_shared_with_an_agency_is_for_its_people_on_the_case_alone,
        between.test_an_account_that_was_closed_has_no_duty_left,
        between.test_who_is_not_of_the_team_has_no_duty,
        between.test_a_record_says_beforehand_what_it_would_refuse,
        beyond.test_a_hit_is_told_to_readers_of_the_whole_case_alone,
        beyond.test_a_judgement_is_kept_from_the_examiner_who_has_yet_to_judge,
        beyond.test_a_judgement_across_cases_is_kept_from_who_sees_but_one_of_them,
        beyond.test_a_request_is_decided_by_a_second_person_and_once,
        beyond.test_an_administrator_whose_account_was_closed_lets_nobody_in,
        beyond.test_a_key_that_is_bound_to_a_case_sees_nothing_of_peers_that_lies_in_none,
        beyond.test_bytes_are_not_said_to_be_an_exhibits_whose_own_label_shuts_one_out,
    ):
        yield partial(test, world)


def checks_of_deeds(world: Any) -> Iterator[Check]:
    """What services refuse to those who come with what no form and no key of the walk has."""
    for test in (
        beyond.test_bytes_that_are_there_unseen_are_not_handed_to_whoever_sends_them_again,
        beyond.test_no_file_is_put_with_an_exhibit_by_guessing_its_number,
        beyond.test_who_examines_outside_the_team_is_spoken_for_by_an_examiner,
        beyond.test_a_key_that_is_bound_to_a_case_keeps_no_storage,
        beyond.test_a_record_of_ours_that_is_hidden_does_not_stand_beside_theirs,
    ):
        yield partial(test, world)


def checks_of_telling(world: Any) -> Iterator[Check]:
    """What comparisons, conclusions, lines and documents tell of what one may not see."""
    for module in TELLING:
        for name, test in vars(module).items():
            if name.startswith("test_"):
                for words in asked_with(test):
                    yield partial(test, world, *words)


def asked_with(test: Callable[..., None]) -> list[tuple[Any, ...]]:
    """What a test is asked with beside the world: nothing, or each word of its one parameter."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    return [(word,) for mark in marks for word in mark.args[1]] or [()]


def checks_of_roles(world: Any, addresses: list[str]) -> Iterator[Check]:
    """Who gets what at these addresses, and who must not even learn of it."""
    for address in addresses:
        yield partial(roles.test_each_role_gets_what_the_table_says, world, address)
    for address in addresses:
        if address in scene.NAMING:
            yield partial(
                roles.test_what_one_may_not_see_is_as_if_it_were_not_there, world, address
            )


def checks_of_more(world: Any, addresses: list[str]) -> Iterator[Check]:
    """What is swapped, scanned, listed and compared at these addresses."""
    rank = {address: number for number, address in enumerate(addresses)}
    swaps = [swap for swap in between.SWAPS if swap[0] in rank]
    for address, part, name in sorted(swaps, key=lambda swap: rank[swap[0]]):
        yield partial(between.test_nothing_of_another_case_is_taken_in, world, address, part, name)
    yield from checks_of_storage(world, addresses)
    for address in addresses:
        if address in between.LISTS:
            for name in (*between.OUTSIDERS, "nadia"):
                yield partial(
                    between.test_no_list_search_or_count_gives_anything_away, world, address, name
                )
    if any(between.TABLE[address].of == "link" for address in addresses):
        yield partial(between.test_a_comparison_across_cases_is_for_those_who_see_both, world)


def checks_of_storage(world: Any, addresses: list[str]) -> Iterator[Check]:
    """What the codes of labels and the pages of places tell whom."""
    if beyond.PUTTING_AWAY in addresses:
        for field, row in beyond.SCANS:
            yield partial(
                beyond.test_the_code_of_what_is_hidden_is_taken_for_that_of_nothing,
                world,
                field,
                row,
            )
    if beyond.SCANNED in addresses:
        yield partial(beyond.test_the_code_of_another_agencys_place_leads_nowhere, world)
    if beyond.PLACE in addresses:
        yield partial(beyond.test_how_often_a_place_was_gone_through_is_for_its_keepers, world)
