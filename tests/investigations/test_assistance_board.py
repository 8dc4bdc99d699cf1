"""The board of needs: each in the column of where it stands, with who helps and what came."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.markings import Handling
from evidence import services as evidence
from evidence.services.deliverable import expect_deliverable
from evidence.services.deployment import enter_deployment
from investigations import services
from investigations.models import AssistanceNeed
from investigations.services.label import mark_more_strictly
from tests.investigations.test_assistance import (
    asked,
    bureau,
    decide,
    frida,
    need,
    offer,
    today,
)

__all__ = ["asked", "bureau", "frida", "need", "offer"]

BOARD = {"view": "board"}


@pytest.fixture
def page_of(client, night_raid):
    """The page of the case's help, as one of the cast opens it."""

    def opened(person, **query):
        client.force_login(person)
        there = reverse("investigations:assistance", args=[night_raid.pk])
        return client.get(there, query)

    return opened


def columns(page):
    return {
        column.state: [card.need.ref for card in column.cards]
        for column in page.context["board"].columns
    }


def test_each_need_stands_in_the_column_of_its_state_the_most_urgent_first(
    page_of, need, night_raid, amal
):
    for urgency in ("routine", "immediate"):
        services.enter_need(
            night_raid, by=amal, capability="DVI", description="Help", urgency=urgency
        )
    assert columns(page_of(amal, **BOARD)) == {
        "open": ["AN-0003", "AN-0001", "AN-0002"],
        "offered": [],
        "matched": [],
        "fulfilled": [],
    }
    yesterday = today() - timedelta(days=1)
    AssistanceNeed.objects.filter(pk=need.pk).update(needed_by=yesterday)
    assert columns(page_of(amal, **BOARD))["expired"] == ["AN-0001"]


def test_a_card_says_who_helps_on_which_conditions_and_what_came(
    page_of, offer, asked, gyro, amal, soraya, bureau
):
    agreed = decide(offer, soraya, "conditional", conditions="Our examiner is present.")
    enter_deployment(
        agreed, by=amal, liaison=soraya, team="Team", persons=["A. Roe"], arrives_on=today()
    )
    expect_deliverable(agreed, by=amal, what="Report", due=today() - timedelta(days=1))
    evidence.add_caveat(gyro, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 4.")
    told = page_of(amal, **BOARD).content.decode()
    assert "Federal Bureau" in told and "Our examiner is present." in told
    assert "1 deployment" in told and "0 of 1 deliverable received" in told and "overdue" in told
    assert "1 exhibit under a caveat of this agency" in told


def test_what_is_marked_more_strictly_than_the_page_is_not_counted_on_it(
    page_of, offer, amal, soraya
):
    agreed = decide(offer, soraya)
    for reader in (soraya, amal):
        reader.compartments = ["LANTERN"]
        reader.save()
    team = enter_deployment(
        agreed, by=amal, liaison=soraya, team="Team", persons=["A. Roe"], arrives_on=today()
    )
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(team, closed, by=soraya, reason="It names a source.")
    page = page_of(amal, **BOARD)
    assert "1 deployment" not in page.content.decode()
    assert not page.context["marking"].compartments


def test_table_and_board_lead_to_each_other_and_keep_what_else_was_asked_for(page_of, need, amal):
    table = page_of(amal, sort="urgency").content.decode()
    assert "?sort=urgency&amp;view=board" in table and 'id="board"' not in table
    board = page_of(amal, sort="urgency", **BOARD).content.decode()
    assert "?sort=urgency&amp;view=table" in board and 'id="board"' in board


def test_a_partner_is_shown_what_was_asked_and_no_board(page_of, asked, frida):
    told = page_of(frida, **BOARD).content.decode()
    assert "RC-0001" in told and "AN-0001" not in told and 'id="board"' not in told


def test_many_needs_cost_no_more_questions(page_of, offer, night_raid, amal, soraya, bureau):
    decide(offer, soraya)
    page_of(amal, **BOARD)
    with CaptureQueriesContext(connection) as few:
        page_of(amal, **BOARD)
    for _each in range(5):
        other = services.enter_need(night_raid, by=amal, capability="DVI", description="Help")
        made = services.enter_offer(
            other, by=amal, agency=bureau, offered_on=today(), capability="DVI", description="Us"
        )
        decide(made, soraya)
    with CaptureQueriesContext(connection) as many:
        page = page_of(amal, **BOARD)
    assert len(page.context["board"].rows) == 6
    assert len(many) <= len(few)
