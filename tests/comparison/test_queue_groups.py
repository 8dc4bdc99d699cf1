"""The queue in groups: under what they were found by stand the pairs, the most telling first."""

import csv
import io
from dataclasses import replace
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison import services
from comparison.forms import FIRST
from comparison.methods.assessment import Assessment
from comparison.methods.found_by import found_by, place_in_queue
from comparison.methods.parameters import PARAMETERS
from comparison.models import FoundBy, Judgement, Link
from comparison.services.parameters import current_parameters
from comparison.services.rescoring import begin_rescoring
from comparison.views.link import COLUMNS
from core.listing import page_of
from core.scope import system_scope
from evidence import services as evidence
from tests.comparison.conftest import GYROSCOPE
from tests.comparison.test_judgements import judge
from tests.comparison.test_queue import ALIKE, servos
from tests.comparison.test_rescoring import adopted

__all__ = ["servos"]
LIST, SERIES = "comparison:link_list", "comparison:series_judge"


@pytest.fixture
def queue(link, servos) -> list[Link]:
    """Pairs found by one serial, by near serials and by one part, in the order of the queue."""
    links = list(Link.objects.order_by("-place", "-id"))
    assert {one.found_by for one in links} == {"one-object", "near-serial", "part"}
    return links


def listed(client, **query):
    return client.get(reverse(LIST), query).context


def test_the_list_stands_in_groups_the_most_telling_first(client, queue, lena):
    client.force_login(lena)
    page = client.get(reverse(LIST))
    groups = page.context["groups"]

    assert [group["label"] for group in groups] == [
        *(FoundBy(code).label for code in ("one-object", "near-serial", "part")),
    ]
    for group in groups:
        ranks = [link.rank for link in group["rows"]]
        assert ranks == sorted(ranks, reverse=True)
        assert group["count"] == str(len(group["rows"]))
    assert [link.pk for group in groups for link in group["rows"]] == [one.pk for one in queue]
    text = page.content.decode()
    assert text.count('scope="rowgroup"') == len(groups)
    assert "One serial number or photograph in two places" in text


def test_ordered_otherwise_the_list_is_one_and_each_row_says_how_it_was_found(client, queue, lena):
    client.force_login(lena)
    page = client.get(reverse(LIST), {"sort": "-proposed_at"})
    assert page.context["groups"] == []
    text = page.content.decode()
    assert "rowgroup" not in text
    assert "Serial numbers of one series, or that may be one" in text


def test_a_row_says_what_is_near_and_how_near(client, link, lena):
    client.force_login(lena)
    page = client.get(reverse(LIST)).content.decode()
    assert "Similar: Serial number · serial numbers 8 apart" in page


def test_pages_cut_through_groups_lose_no_pair_and_show_none_twice(queue, lena):
    rows, request = Link.objects.visible_to(lena), RequestFactory().get("/")
    seen, back = [], []
    while True:
        page = page_of(request, rows, COLUMNS, sort=FIRST, size=2)
        seen += [link.pk for link in page.rows]
        if not page.next_url:
            break
        request = RequestFactory().get("/" + page.next_url)
    while page.previous_url:
        page = page_of(
            RequestFactory().get("/" + page.previous_url), rows, COLUMNS, sort=FIRST, size=2
        )
        back = [link.pk for link in page.rows] + back
    assert seen == [link.pk for link in queue]
    assert back == seen[: len(back)]
    assert len(back) >= len(seen) - 2


def test_next_goes_across_the_groups_as_the_page_does(client, queue, lena):
    client.force_login(lena)
    for link, following in pairwise(queue):
        page = client.get(reverse("comparison:link_detail", args=[link.pk]))
        assert page.context["following"].pk == following.pk


def test_a_chip_narrows_the_list_to_one_sort_of_evidence_and_lets_go_again(client, queue, lena):
    client.force_login(lena)
    of_part = [link.pk for link in queue if link.found_by == "part"]
    context = listed(client, theatres="across", found_by="part")

    assert [link.pk for link in context["page"].rows] == of_part
    chips = {chip["way"]: chip for chip in context["chips"]}
    assert chips.keys() == {link.found_by for link in queue}
    assert chips["part"]["count"] == str(len(of_part))
    assert chips["part"]["current"]
    assert "found_by" not in chips["part"]["url"]
    assert "theatres=across" in chips["part"]["url"]
    assert "found_by=one-object" in chips["one-object"]["url"]
    first = client.get(
        reverse("comparison:link_detail", args=[of_part[0]]), {"found_by": "part"}
    ).context
    assert first["following"].pk == of_part[1]


def test_nothing_is_counted_further_than_anybody_reads(client, queue, lena, monkeypatch):
    client.force_login(lena)
    monkeypatch.setattr("core.listing.MOST_COUNTED", 1)
    found = [link.found_by for link in queue]
    assert len(found) > len(FoundBy), "so long that each is counted for itself"
    counts = {chip["way"]: chip["count"] for chip in listed(client)["chips"]}
    assert counts == {way: "1+" if found.count(way) > 1 else "1" for way in set(found)}


def test_what_is_superseded_is_grouped_and_not_counted(client, queue, lena):
    with system_scope("As if the facts of each had changed"):
        Link.objects.update(state="superseded")
    client.force_login(lena)
    context = listed(client, tab="superseded")
    assert context["chips"] == []
    assert [group["count"] for group in context["groups"]] == ["", "", ""]


def test_a_group_is_judged_as_a_series_and_no_other(client, queue, lena):
    client.force_login(lena)
    groups = listed(client)["groups"]
    (where,) = [group["where"] for group in groups if group["rows"][0].found_by == "part"]
    page = client.get(reverse(SERIES) + where)
    typed = {**ALIKE, "seen": page.context["form"].initial["seen"]}
    client.post(reverse(SERIES) + where, typed)
    judged = Judgement.objects.filter(examiner=lena).values_list("link__found_by", flat=True)
    assert set(judged) == {"part"}


def test_more_groups_ask_no_more_questions(client, link, lena, request):
    client.force_login(lena)
    client.get(reverse(LIST))
    costs = []
    for more in ("link", "servos"):
        request.getfixturevalue(more)
        with CaptureQueriesContext(connection) as asked:
            groups = listed(client)["groups"]
        costs.append((len(groups), len(asked)))
    (few, one), (many, other) = costs
    assert many > few
    assert one == other <= 12


def test_a_count_tells_nothing_of_pairs_that_one_may_not_see(
    client, component_of, strike, seizure, soraya, reference, lena
):
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE))
    other = GYROSCOPE | {"serial_number": "SN-004128"}
    services.propose_links(component_of(seizure, "gyroscope-imu", by=soraya, **other))
    assert Link.objects.get().found_by == "near-serial"
    client.force_login(lena)
    context = listed(client)
    assert (context["groups"], context["chips"]) == ([], [])


def test_the_heading_says_nothing_of_how_anybody_judged(client, link, lena, mateo, as_program):
    def told():
        client.force_login(mateo)
        rows = as_program(mateo).get("/api/v1/comparisons/").json()["results"]
        groups = [(group["label"], group["count"]) for group in listed(client)["groups"]]
        return groups, [row["found_by"] for row in rows]

    before = told()
    judge(link, lena, "excluded")
    assert told() == before


def test_programs_ask_for_one_sort_of_evidence(queue, lena, as_program):
    program = as_program(lena)
    rows = program.get("/api/v1/comparisons/?found_by=one-object").json()["results"]
    assert {row["found_by"] for row in rows} == {"one-object"}
    assert len(rows) == sum(link.found_by == "one-object" for link in queue)
    assert program.get("/api/v1/comparisons/?found_by=luck").status_code == 422


def test_the_table_says_what_each_pair_was_found_by(client, queue, lena):
    client.force_login(lena)
    there = reverse("comparison:link_export") + "?theatres=across"
    text = client.post(there, {"format": "csv"}).getvalue().decode("utf-8-sig")
    found = [row for row in csv.reader(io.StringIO(text)) if row]
    head = next(row for row in found if "Found by" in row)
    column = head.index("Found by")
    said = [row[column] for row in found[found.index(head) + 1 :] if len(row) > column]
    assert said == [link.get_found_by_display() for link in queue]


def test_what_stands_with_a_link_follows_from_what_was_frozen_with_it(queue):
    for link in queue:
        frozen = Assessment.from_json(link.explanation)
        way = found_by(frozen.rows, frozen.alerts)
        assert (link.found_by, link.place) == (way.value, place_in_queue(way, frozen.rank))


def test_links_of_earlier_days_are_told_from_what_was_frozen_with_them(queue, monkeypatch):
    filling = import_module("comparison.migrations.0005_found_by_filled")
    monkeypatch.setattr(filling, "A_BATCH", 2)
    before = {link.pk: (link.found_by, link.place, link.version) for link in queue}
    with system_scope("As before the columns were there"):
        Link.objects.update(found_by="other-values", place=0)
    with connection.schema_editor() as editor:
        filling.fill(apps, editor)
    after = Link.objects.filter(pk__in=list(before))
    assert {link.pk: (link.found_by, link.place, link.version) for link in after} == before


def test_a_new_fact_puts_a_pair_under_another_heading(
    component_of, strike, harbour, amal, reference
):
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE))
    far = GYROSCOPE | {"serial_number": "SN-009900"}
    other = component_of(harbour, "gyroscope-imu", **far)
    services.propose_links(other)
    assert Link.objects.get().found_by == "part"
    amended = evidence.amend_component(other, by=amal, version=1, serial_number="SN-004121")
    services.propose_links(amended)
    assert Link.objects.get().found_by == "near-serial"


def test_a_link_scored_anew_stands_where_its_new_rank_puts_it(link, admin):
    before = link.place
    adopted(replace(PARAMETERS, version="test-2", batch_weight=0.25), admin)
    services.rescore_all(begin_rescoring(current_parameters()))
    link.refresh_from_db()
    assert link.parameters_version == "test-2"
    assert link.place == place_in_queue(link.found_by, link.rank) != before
