"""Deeds of custody written down after the fact: each says when it happened, and is held to it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.models import ComponentCategory
from core.errors import Refused
from evidence import services
from evidence.models import CustodyEvent
from tests.evidence.test_loans import lend


@pytest.fixture
def late_gyro(night_raid, strike, amal):
    """Amal took it up two days ago, and writes of it today."""
    return services.log_item(
        night_raid,
        by=amal,
        incident=strike,
        kind=ComponentCategory.objects.get(code="gyroscope-imu"),
        description="Vertical gyroscope",
        recovered_at=ago(hours=48),
        recovered_precision="minute",
    )


def ago(**spent):
    return timezone.now() - timedelta(**spent)


def kinds(item):
    return [event.kind for event in CustodyEvent.objects.filter(item=item).order_by("at", "seq")]


def gaps(item):
    return [each.gap.kind for each in services.gaps_of(item)]


def test_a_seal_and_a_journey_of_yesterday_leave_no_gap_when_entered_today(late_gyro, amal, lena):
    services.seal_item(late_gyro, seal_no="S-7", by=amal, at=ago(hours=40))
    services.store_item(late_gyro, place="Van 3", by=amal, at=ago(hours=39))
    services.hand_over(late_gyro, to=lena, by=amal, at=ago(hours=30))
    services.receive_item(late_gyro, by=lena, seal="S-7", at=ago(hours=29))
    services.break_seal(late_gyro, reason="To photograph it", by=lena, at=ago(hours=28))

    assert kinds(late_gyro)[1:] == ["sealed", "stored", "transferred-out", "received", "unsealed"]
    assert gaps(late_gyro) == []


def test_how_it_was_in_truth_is_entered_anew_with_its_own_time(late_gyro, amal):
    services.store_item(late_gyro, place="Shelf A", by=amal, at=ago(hours=20))
    wrong = services.store_item(late_gyro, place="Shelf 8", by=amal, at=ago(hours=10))
    event = CustodyEvent.objects.get(item=wrong, to_place="Shelf 8")
    services.correct_custody(event, by=amal, reason="It was shelf B")
    services.store_item(late_gyro, place="Shelf B", by=amal, at=ago(hours=10))

    late_gyro.refresh_from_db()
    told = CustodyEvent.objects.get(item=late_gyro, to_place="Shelf B")
    assert late_gyro.kept_at == "Shelf B" and told.from_place == "Shelf A"
    assert told.created_at - told.at > timedelta(hours=9)


def test_whoever_held_it_then_enters_it_and_nobody_else(late_gyro, amal, lena):
    services.hand_over(late_gyro, to=lena, by=amal, at=ago(hours=30))
    services.receive_item(late_gyro, by=lena, at=ago(hours=29))

    services.store_item(late_gyro, place="Van 3", by=amal, at=ago(hours=40))
    with pytest.raises(Refused, match="did not hold it at that time"):
        services.seal_item(late_gyro, seal_no="S-7", by=lena, at=ago(hours=40))
    with pytest.raises(Refused, match="did not hold it at that time"):
        services.store_item(late_gyro, place="Van 3", by=amal, at=ago(hours=20))
    late_gyro.refresh_from_db()
    assert (late_gyro.holder, late_gyro.kept_at, gaps(late_gyro)) == (lena, "", [])


def test_one_seal_at_a_time_also_in_the_past(late_gyro, amal):
    services.seal_item(late_gyro, seal_no="S-7", by=amal, at=ago(hours=40))
    services.break_seal(late_gyro, reason="To photograph it", by=amal, at=ago(hours=30))

    with pytest.raises(Refused, match="S-7 is on it already"):
        services.seal_item(late_gyro, seal_no="S-8", by=amal, at=ago(hours=35))
    with pytest.raises(Refused, match="no seal"):
        services.break_seal(late_gyro, reason="Again", by=amal, at=ago(hours=20))


@pytest.mark.parametrize("deed", [services.receive_item, services.refuse_item])
def test_nothing_answers_a_hand_over_before_it_was_made(late_gyro, amal, lena, deed):
    services.hand_over(late_gyro, to=lena, by=amal, at=ago(hours=30))
    said = {"reason": "Wrong box"} if deed is services.refuse_item else {}

    with pytest.raises(Refused, match="handed over later than that"):
        deed(late_gyro, by=lena, at=ago(hours=31), **said)
    deed(late_gyro, by=lena, at=ago(hours=29), **said)
    assert "not-received" not in gaps(late_gyro)


def test_a_loan_leaves_after_it_was_agreed_to_and_comes_back_after_it_left(late_gyro, amal, soraya):
    loan = lend(late_gyro, by=amal, second=soraya)
    with pytest.raises(Refused, match="cannot be before"):
        services.take_loan_back(loan, by=amal, condition="Sound", at=ago(hours=1))
    left = loan.out_at
    services.take_loan_back(loan, by=amal, condition="Sound", at=left)
    loan.refresh_from_db()
    assert loan.back_at == left


def test_what_was_lost_and_found_last_week_is_dated_so(late_gyro, amal):
    services.declare_lost(late_gyro, by=amal, reason="Not in the van", at=ago(hours=40))
    services.declare_found(
        late_gyro, by=amal, place="Garage", condition="Dusty", seal="", at=ago(hours=38)
    )
    (gap,) = [each.gap for each in services.gaps_of(late_gyro)]
    assert timedelta(hours=1, minutes=59) < gap.until - gap.since < timedelta(hours=2, minutes=1)


def test_each_form_of_the_page_asks_when_it_happened(client, late_gyro, amal):
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[late_gyro.pk])).content.decode()
    for name in ("hand_over", "store", "seal"):
        assert page.count(f'id="id_{name}_at"') == 1
    typed = {"seal_no": "S-7", "at": timezone.localtime(ago(hours=40)).strftime("%Y-%m-%dT%H:%M")}
    client.post(reverse("evidence:seal", args=[late_gyro.pk]), typed)
    assert CustodyEvent.objects.get(item=late_gyro, kind="sealed").at < ago(hours=39)


def test_a_program_says_when_it_happened(late_gyro, amal, as_program):
    program, when = as_program(amal), ago(hours=40)
    said = {"seal_no": "S-7", "at": when.isoformat()}
    assert (
        program.post(f"/api/v1/items/{late_gyro.pk}/seal/", said, format="json").status_code == 200
    )
    assert CustodyEvent.objects.get(item=late_gyro, kind="sealed").at == when
    told = {"reason": "Fell off the lorry", "at": ago(hours=-1).isoformat()}
    answer = program.post(f"/api/v1/items/{late_gyro.pk}/declare-lost/", told, format="json")
    assert answer.status_code == 422 and "in the future" in answer.json()["detail"]


def test_no_two_fields_of_the_page_bear_one_name(client, late_gyro, amal):
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[late_gyro.pk])).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_before_it_was_collected_is_told_by_its_own_rule(late_gyro, amal):
    with pytest.raises(Refused, match="before the exhibit was collected"):
        services.seal_item(late_gyro, seal_no="S-7", by=amal, at=ago(hours=60))
