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
    ):
        yield partial(test, world)


def checks_of_telling(world: Any) -> Iterator[Check]:
    """What comparisons, lines, pasts, searches and documents tell of what one may not see."""
    for test in (
        comparisons.test_a_comparison_is_no_ground_for_the_examiner_who_has_yet_to_judge_it,
        comparisons.test_an_attack_that_is_hidden_is_not_said_to_be_like_another,
        comparisons.test_a_weapon_that_is_hidden_is_not_said_to_be_like_another,
        comparisons.test_a_part_that_is_hidden_is_not_named_for_holding_nothing_to_compare,
        workspace.test_lines_are_told_to_those_who_read_the_case_and_what_each_is_about,
        workspace.test_what_was_said_under_a_stricter_label_stays_shut_under_a_milder_one,
        workspace.test_a_record_that_is_hidden_is_not_named_among_what_was_sent,
        workspace.test_when_a_case_last_moved_is_told_to_readers_of_its_ledger,
        workspace.test_a_search_finds_nothing_for_an_account_that_was_closed,
        workspace.test_no_ledger_is_taken_away_by_guessing_the_key_of_its_case,
        reports.test_the_label_of_another_agencys_place_is_printed_like_that_of_none,
        reports.test_a_place_of_another_agency_is_not_named_where_labels_are_chosen,
        reports.test_no_dossier_is_printed_on_the_strength_of_a_finding_that_is_hidden,
        reports.test_a_report_that_was_promised_to_one_of_the_team_is_fetched_by_the_team_alone,
        reports.test_a_report_that_shows_another_case_is_for_readers_of_both,
        reports.test_a_further_name_that_is_hidden_is_not_printed_in_a_dossier,
        exchange.test_what_a_step_that_is_hidden_corrects_leaves_as_its_reader_knows_it,
        exchange.test_a_map_of_columns_that_another_keeps_is_not_offered,
        conclusions.test_who_wrote_one_finding_reads_no_draft_of_others,
        conclusions.test_a_cell_that_another_case_claims_is_shown_to_readers_of_one_of_them_no_more,
    ):
        yield partial(test, world)
    for kind in conclusions.PARTS:
        yield partial(
            conclusions.test_a_part_of_a_conclusion_is_seen_where_both_may_be, world, kind
        )
    for field in conclusions.CITED:
        yield partial(
            conclusions.test_what_a_finding_cites_is_named_to_those_alone_who_see_it, world, field
        )
    for row in workspace.WITH_A_PAST:
        yield partial(workspace.test_the_past_of_what_one_does_not_see_is_not_there, world, row)
    for row in workspace.NAMING_AN_AGENCY:
        yield partial(
            workspace.test_an_agency_is_not_named_for_a_request_or_an_offer_that_is_hidden,
            world,
            row,
        )
    for what in reports.ASKED_FOR:
        yield partial(
            reports.test_an_exhibit_that_is_hidden_is_not_named_among_what_must_stay, world, what
        )
    for address in workspace.SEARCHES:
        yield partial(
            workspace.test_the_label_of_a_hidden_exhibit_is_found_like_that_of_none, world, address
        )


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
