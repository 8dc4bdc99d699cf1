"""The queue and the page of a comparison, as people see them."""

import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison import services
from comparison.models import Judgement, Link, LinkState
from evidence.models import File
from tests.comparison.conftest import GYROSCOPE

LIST = "comparison:link_list"


def page_of(client, link, **query):
    return client.get(reverse("comparison:link_detail", args=[link.pk]), query)


def verdict(link, **changes):
    typed = {
        "version": link.version,
        "conclusion": "same-production-run",
        "confidence": "high",
        "reason": "Serials 8 apart",
    }
    return {**typed, **changes}


def judge(client, link, **changes):
    return client.post(reverse("comparison:link_judge", args=[link.pk]), verdict(link, **changes))


def test_the_queue_shows_both_ends_and_what_agrees(client, link, lena):
    client.force_login(lena)
    text = client.get(reverse(LIST)).content.decode()

    assert "Strong support" in text
    assert "Part number or model" in text
    assert "Yemen" in text
    assert str(link.pk) in text


def test_an_empty_queue_teaches(client, lena):
    client.force_login(lena)
    assert b"Nothing to judge" in client.get(reverse(LIST)).content


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"band": "strong"}, True),
        ({"band": "weak"}, False),
        ({"theatres": "across"}, True),
        ({"theatres": "within"}, False),
        ({"tab": "confirmed"}, False),
        ({"tab": "nonsense"}, True),
        ({"case": "nonsense"}, True),
    ],
)
def test_the_queue_is_narrowed_by_its_address(client, link, lena, query, found):
    client.force_login(lena)
    text = client.get(reverse(LIST), query).content.decode()
    assert (str(link.pk) in text) is found


def test_the_queue_of_one_exhibit(client, link, lena):
    client.force_login(lena)
    text = client.get(reverse(LIST), {"item": str(link.left.item_id)}).content.decode()
    assert str(link.pk) in text


def test_the_queue_costs_the_same_whatever_its_rows(
    client, link, lena, component_of, strike, harbour, django_assert_max_num_queries
):
    client.force_login(lena)
    client.get(reverse(LIST))
    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(LIST))
    for number in range(4):
        serial = {"serial_number": f"SN-0041{number}1"}
        services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE | serial))
    assert Link.objects.count() > 3
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(LIST))
    assert len(many) == len(few) <= 12


def test_the_page_explains_every_feature(client, link, lena):
    client.force_login(lena)
    text = page_of(client, link).content.decode()

    assert "about 6,400 times more probable" in text
    assert "It does not address who used either weapon." in text
    assert "3 of 1,000 other recoveries" in text
    assert "245.5" in text
    assert "8 apart." in text
    assert "6,399" in text


@pytest.mark.parametrize("word", ["match", "matches", "matching"])
def test_no_page_claims_an_identity(client, link, lena, word):
    client.force_login(lena)
    for answer in (page_of(client, link), client.get(reverse(LIST))):
        shown = re.sub(
            r"<[^>]+>|<script.*?</script>", " ", answer.content.decode(), flags=re.DOTALL
        )
        assert word not in shown.lower().split()


def test_only_the_differences(client, link, lena):
    client.force_login(lena)
    text = page_of(client, link, show="differences").content.decode()
    assert "Nothing differs." in text


def test_two_examiners_judge_and_see_it_confirmed(client, link, lena, mateo):
    client.force_login(lena)
    assert judge(client, link).status_code == 302
    link.refresh_from_db()
    assert link.state == LinkState.PROPOSED
    assert "Serials 8 apart" in page_of(client, link).content.decode()
    assert str(link.pk) not in client.get(reverse(LIST)).content.decode()

    client.force_login(mateo)
    judge(client, link)
    assert str(link.pk) in client.get(reverse(LIST), {"tab": "confirmed"}).content.decode()


def test_what_was_typed_stays_when_the_reason_is_missing(client, link, lena):
    client.force_login(lena)
    answer = judge(client, link, reason="", conclusion="excluded")

    assert answer.status_code == 422
    assert re.search(r'value="excluded"[^>]*checked', answer.content.decode())
    assert not Judgement.objects.exists()


def test_an_old_page_is_answered_with_a_conflict(client, link, lena):
    client.force_login(lena)
    assert judge(client, link, version=link.version + 1).status_code == 409


def test_a_colleague_without_the_duty_may_look_and_not_judge(client, link, amal):
    client.force_login(amal)
    page = page_of(client, link)

    assert page.status_code == 200
    assert b"Your judgement" not in page.content
    assert judge(client, link).status_code == 403


def test_an_outsider_is_told_there_is_no_such_comparison(client, link, omar):
    client.force_login(omar)
    assert page_of(client, link).status_code == 404
    assert judge(client, link).status_code == 404
    alarm = client.post(reverse("comparison:alarm_resolve", args=[link.pk]), {})
    assert alarm.status_code == 404
    assert str(link.pk) not in client.get(reverse(LIST)).content.decode()


def test_the_second_examiner_judges_blind(client, link, lena, mateo, amal):
    services.judge_link(link, by=lena, **verdict(link))
    client.force_login(mateo)
    before = page_of(client, link).content.decode()

    assert "A colleague has judged this pair." in before
    assert "Serials 8 apart" not in before
    assert "Confirmed" not in re.sub(r"<nav.*?</nav>", "", before, flags=re.DOTALL)
    assert str(link.pk) in client.get(reverse(LIST)).content.decode()
    assert str(link.pk) not in client.get(reverse(LIST), {"tab": "confirmed"}).content.decode()

    judge(client, link, conclusion="excluded", reason="Other winding")
    after = page_of(client, link).content.decode()
    assert "Serials 8 apart" in after
    assert "Disputed" in after
    client.force_login(amal)
    assert "Serials 8 apart" in page_of(client, link).content.decode()


def test_save_and_next_goes_to_the_next_strongest(client, link, lena, component_of, strike):
    serial = {"serial_number": "SN-004500"}
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE | serial))
    other = Link.objects.exclude(pk=link.pk).get()
    client.force_login(lena)

    answer = judge(client, link, next="1")
    assert answer.url == reverse("comparison:link_detail", args=[other.pk])


def test_an_alarm_is_looked_into_before_anything_else(
    client, component_of, strike, harbour, lena, reference
):
    for incident in (strike, harbour):
        services.propose_links(component_of(incident, "gyroscope-imu", **GYROSCOPE))
    link = Link.objects.get()
    client.force_login(lena)
    page = page_of(client, link).content.decode()
    assert "One serial number in two places" in page
    assert "Your judgement" not in page
    assert judge(client, link).status_code == 422

    there = reverse("comparison:alarm_resolve", args=[link.pk])
    assert client.post(there, {"version": link.version}).status_code == 422
    typed = {"version": link.version, "cause": "cloned-label", "reason": "Two fonts"}
    assert client.post(there, typed).status_code == 302
    assert "Your judgement" in page_of(client, link).content.decode()


def test_both_photographs_stand_side_by_side(client, link, lena):
    for component in link.ends:
        File.objects.create(
            case=component.case,
            item=component.item,
            sha256=str(component.pk).replace("-", "") * 2,
            size=1,
            name="plate.jpg",
            received_by=lena,
            state="ready",
            preview="p.jpg",
            thumbnail="t.jpg",
        )
    client.force_login(lena)
    text = page_of(client, link).content.decode()
    for file in File.objects.all():
        assert reverse("evidence:file_preview", args=[file.pk]) in text
