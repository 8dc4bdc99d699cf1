"""What is empty, absurd, endless or there three hundred times is handled, bounded and explained."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison import services
from comparison.models import Link, Reading
from comparison.services.reading import read_component
from evidence import services as evidence
from evidence.models import Component
from investigations import services as investigations
from tests.comparison.conftest import GYROSCOPE, SERVO

HUNDREDS, TWENTY, FIVE, NEAR = 300, 20, 5, 9


def page_of(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def pair_of(component_of, incidents, *facts):
    """Two gyroscopes of two recoveries, compared; the link between them."""
    for incident, own in zip(incidents, facts, strict=True):
        services.propose_links(component_of(incident, "gyroscope-imu", **GYROSCOPE | own))
    return Link.objects.get()


def row_of(link, feature):
    (row,) = [row for row in link.rows if row["feature"] == feature]
    return row


@pytest.fixture
def silent(component_of, strike):
    """A component of which only the kind is known."""
    component = component_of(strike, "gyroscope-imu")
    services.propose_links(component)
    return component


def test_without_any_feature_the_page_says_what_to_record(silent, client, lena):
    client.force_login(lena)
    text = page_of(client, "comparison:link_list", item=silent.item_id)
    assert "Nothing that could be compared is recorded of 1 component" in text
    assert "maker, part number or model, serial number, lot and date code" in text
    assert not Link.objects.exists()


def test_one_feature_is_enough_to_be_compared(silent, client, lena, amal):
    evidence.amend_component(silent, by=amal, version=1, serial_number="SN-1")
    services.propose_links(silent)
    client.force_login(lena)
    assert 'id="silent"' not in page_of(client, "comparison:link_list", item=silent.item_id)


def test_of_many_without_a_feature_a_few_are_named(silent, client, lena, amal):
    for _ in range(TWENTY):
        kind = {"category": silent.category, "by": amal}
        services.propose_links(evidence.describe_component(silent.item, **kind))
    client.force_login(lena)
    text = page_of(client, "comparison:link_list", item=silent.item_id)
    assert "recorded of 21 components" in text
    assert text.partition('id="silent"')[2].partition("</ul>")[0].count("<li>") == FIVE + 1


def test_contradictory_numberings_are_named_and_weigh_nothing(
    component_of, strike, harbour, reference, client, lena
):
    link = pair_of(component_of, (strike, harbour), {}, {"serial_number": "2022/41-B"})
    assert row_of(link, "serial")["dropped_because"] == "different-numbering"
    client.force_login(lena)
    assert "Not from one numbering scheme." in page_of(client, "comparison:link_detail", link.pk)


@pytest.mark.parametrize("code", ["999952", "60W99", "2260", "0000", "W", "٩٩٩٩٥٢"])
def test_an_absurd_date_code_is_kept_as_typed_and_speaks_neither_way(
    component_of, strike, harbour, reference, client, lena, code
):
    link = pair_of(component_of, (strike, harbour), {"date_code": code}, {"date_code": "2213"})
    row = row_of(link, "date-code")
    assert (row["ratio"], row["dropped_because"]) == (None, "date-unreadable")
    client.force_login(lena)
    text = page_of(client, "comparison:link_detail", link.pk)
    assert "No week can be read from one of the codes." in text
    assert code in text


def test_ten_thousand_characters_are_refused_with_a_sentence(gyros, client, amal):
    client.force_login(amal)
    component = gyros[0]
    typed = {"category": component.category_id, "part_number": "A1" * 5_000, "version": 1}
    answer = client.post(reverse("evidence:component_edit", args=[component.pk]), typed)
    assert answer.status_code == 422
    assert "at most 120 characters" in answer.content.decode()
    assert Component.objects.get(pk=component.pk).part_number == GYROSCOPE["part_number"]


def test_a_text_too_long_for_a_marking_is_shown_in_short_and_not_compared(
    component_of, strike, harbour, reference, amal
):
    bare = {"serial_number": ""}
    for incident in (strike, harbour):
        component = component_of(incident, "gyroscope-imu", **GYROSCOPE | bare)
        seen = {"kind": "serial", "state": "present-legible", "as_seen": "A1" * 150}
        evidence.record_marking(component, by=amal, **seen)
        services.propose_links(component)
    row = row_of(Link.objects.get(), "serial")
    assert row["dropped_because"] == "too-long-to-be-a-marking"
    assert len(row["left"]) <= 200


@pytest.fixture
def seizure_of_hundreds(component_of, harbour, amal):
    """Three hundred identical servos from one event."""
    first = component_of(harbour, "servo-actuator", **SERVO)
    facts = SERVO | {"transcription": "double-read", "maker_status": "marked"}
    kind = first.category
    more = [
        evidence.describe_component(first.item, by=amal, category=kind, **facts)
        for _ in range(HUNDREDS - 1)
    ]
    return [first, *more]


def proposed(component):
    with CaptureQueriesContext(connection) as asked:
        services.propose_links(component)
    return len(asked)


def test_three_hundred_servos_of_one_event_cost_and_link_no_more_than_a_few(
    component_of, strike, seizure_of_hundreds, reference
):
    for component in seizure_of_hundreds[:FIVE]:
        services.propose_links(component)
    one, other = (component_of(strike, "servo-actuator", **SERVO) for _ in range(2))
    with_a_few = proposed(one)
    for component in seizure_of_hundreds[FIVE:TWENTY]:
        services.propose_links(component)
    for component in seizure_of_hundreds[TWENTY:]:
        read_component(component)
    assert proposed(other) <= with_a_few
    assert Reading.objects.count() == HUNDREDS + 2
    assert [Link.objects.of(one).count(), Link.objects.of(other).count()] == [FIVE, FIVE]


def test_a_nearer_one_takes_the_place_of_the_weakest(component_of, strike, harbour, reference):
    mine = component_of(strike, "gyroscope-imu", **GYROSCOPE)
    services.propose_links(mine)
    for apart in (900, 800, 700, 600, 500, NEAR):
        serial = {"serial_number": f"SN-00{4120 + apart}"}
        services.propose_links(component_of(harbour, "gyroscope-imu", **GYROSCOPE | serial))
    links = Link.objects.of(mine)
    assert links.current().count() == FIVE
    assert links.order_by("-id").first().state == "proposed"
    assert links.filter(state="superseded").count() == 1


def test_one_judged_keeps_its_place(component_of, strike, harbour, reference, lena):
    mine = component_of(strike, "gyroscope-imu", **GYROSCOPE)
    services.propose_links(mine)
    for apart in (900, 800, 700, 600, 500, NEAR):
        serial = {"serial_number": f"SN-00{4120 + apart}"}
        services.propose_links(component_of(harbour, "gyroscope-imu", **GYROSCOPE | serial))
        if apart > NEAR:
            judge(Link.objects.order_by("-id").first(), lena)
    assert Link.objects.of(mine).current().count() == FIVE + 1


def judge(link, by):
    words = {"conclusion": "inconclusive", "confidence": "low", "reason": "Far apart"}
    services.judge_link(link, by=by, version=link.version, **words)


def test_parts_of_a_third_event_still_find_their_place(
    component_of, strike, seizure_of_hundreds, reference, amal
):
    for component in seizure_of_hundreds[:TWENTY]:
        services.propose_links(component)
    third = investigations.enter_incident(strike.case, by=amal, title="A third attack")
    services.propose_links(component_of(third, "servo-actuator", **SERVO))
    mine = component_of(strike, "servo-actuator", **SERVO)
    services.propose_links(mine)
    assert Link.objects.of(mine).count() == FIVE + 1
