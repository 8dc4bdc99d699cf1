"""What the workspace tells beyond the walk: lines and pasts, partners, and labels scanned there."""

import pytest
from django.db import transaction

from accounts.models import Agency
from core.identity import uuid7
from investigations.models import Label
from ledger.models import Entry, FormerState
from tests.access.scene import browser_of, doors, world
from tests.access.walking import knock
from tests.access.world import World
from tests.test_access_beyond_the_walk import ABOVE_ALL, called, labelled
from workspace.models import found, kept_row, told_to
from workspace.models.partner_log import partners_of
from workspace.models.past import versions_of
from workspace.models.sendings import names_of
from workspace.views.home_page import cards_of

__all__ = ["world"]

pytestmark = pytest.mark.django_db

WITH_A_PAST = ("case", "house")
NAMING_AN_AGENCY = ("contribution", "pledge")
SEARCHES = ("workspace:search", "api:search")
EXPORT = "workspace:ledger_export"


def test_lines_are_told_to_those_who_read_the_case_and_what_each_is_about(world: World):
    about = {name: world.things[name] for name in ("case", "draft")}
    lines = {name: list(Entry.objects.about(row)) for name, row in about.items()}
    told = {
        (reader, name)
        for reader in ("amal", "farid", "petra")
        for name in about
        if told_to(lines[name], called(reader))
    }
    assert told == {("amal", "case"), ("amal", "draft"), ("farid", "case")}


def test_what_was_said_under_a_stricter_label_stays_shut_under_a_milder_one(world: World):
    item, line, lena = world.things["item"], world.things["line"], called("lena")
    strict = Label.for_handling(ABOVE_ALL)
    states = [
        FormerState(entry=line, label=label, said={}, changed={})
        for label in (strict.pk, item.label_id)
    ]
    assert [one.is_open for one in versions_of(item, states, lena)] == [False, True, True]


@pytest.mark.parametrize("row", WITH_A_PAST)
def test_the_past_of_what_one_does_not_see_is_not_there(world: World, row: str):
    thing = world.things[row]
    kind = thing._meta.label_lower
    shown_to = [name for name in ("soraya", "nadia") if kept_row(called(name), kind, thing.pk)]
    assert shown_to == ["soraya"]


@pytest.mark.parametrize("row", NAMING_AN_AGENCY)
def test_an_agency_is_not_named_for_a_request_or_an_offer_that_is_hidden(world: World, row: str):
    thing, soraya = world.things[row], called("soraya")
    with transaction.atomic():
        asked = Agency.objects.create(name="Harbour Police", short_name="HP")
        type(thing).objects.filter(pk=thing.pk).update(agency=asked)
        before = asked in partners_of(thing.case, soraya)
        with labelled(thing, ABOVE_ALL):
            after = asked in partners_of(thing.case, soraya)
        transaction.set_rollback(True)
    assert (before, after) == (True, False)


def test_a_record_that_is_hidden_is_not_named_among_what_was_sent(world: World):
    item, soraya = world.things["item"], called("soraya")
    sent = ("evidence.item", item.pk)
    before = names_of({sent}, soraya)
    with labelled(item, ABOVE_ALL):
        after = names_of({sent}, soraya)
    assert (before, after) == ({sent: item.exhibit_no}, {})


def test_when_a_case_last_moved_is_told_to_readers_of_its_ledger(world: World):
    case = world.things["case"]
    moved = {
        name: card.last_at
        for name in ("soraya", "petra")
        for card in cards_of(called(name))
        if card == case
    }
    assert moved["soraya"] is not None
    assert moved["petra"] is None


def test_a_search_finds_nothing_for_an_account_that_was_closed(world: World):
    assert found(called("amal"), "Kestrel")
    assert found(called("mazen"), "Kestrel") == []


@pytest.mark.parametrize("address", SEARCHES)
def test_the_label_of_a_hidden_exhibit_is_found_like_that_of_none(world: World, address: str):
    answers = {
        (name, what): [
            knock(world, client, "get", address, query={"q": f"https://vestige.example/x/{key}/"})
            for _way, client in doors(world.personas[name], address)
        ]
        for name in ("amal", "omar")
        for what, key in {"item": world.things["item"].pk, "none": uuid7()}.items()
    }
    told = {at: [(one.status, one.shape) for one in found] for at, found in answers.items()}
    assert told["omar", "item"] == told["omar", "none"]
    assert told["amal", "item"] != told["amal", "none"]


def test_no_ledger_is_taken_away_by_guessing_the_key_of_its_case(world: World):
    case, answers = world.things["case"], {}
    for name, key in [("odile", case.pk), ("omar", case.pk), ("omar", uuid7())]:
        answer = knock(world, browser_of(world, name), "post", EXPORT, query={"case": key})
        answers[name, key == case.pk] = (answer.status, answer.shape)
    assert answers["odile", True][0] == 200
    assert answers["omar", True] == answers["omar", False]
    assert answers["omar", True][0] == 404
