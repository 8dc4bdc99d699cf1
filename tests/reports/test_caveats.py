"""Caveats in what is made: bundles withhold, reports leave out and say so, letters refuse."""

import json
import zipfile

import pytest
from django.urls import reverse

from accounts.models import Agency
from core.errors import Refused
from evidence import services as evidence
from reports import services
from reports.content.labels import labels_of
from tests.reports.conftest import text_of
from tests.reports.test_bundles import told_in


@pytest.fixture
def bureau(db):
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


@pytest.fixture
def bound(gyro, amal, bureau):
    """The gyroscope, which the bureau lets go nowhere."""
    evidence.add_caveat(
        gyro, by=amal, kind="originator-control", agency=bureau, reason="Letter 4 of May."
    )
    return gyro


def test_a_report_is_refused_or_leaves_it_out_and_says_so(bound, night_raid, amal):
    with pytest.raises(Refused, match=r"EV-0001 \(originator control · FB\)"):
        services.request_report(night_raid, by=amal, language="en")
    asked = services.request_report(night_raid, by=amal, language="en", leave_out=True)
    text = text_of(services.typeset_report(asked))
    assert bound.description not in text
    assert "Left out under a caveat of the agency they came from: 1 exhibits." in text


def test_a_caveat_that_comes_after_the_asking_is_held_to(gyro, night_raid, amal, bureau):
    asked = services.request_report(night_raid, by=amal, language="en")
    evidence.add_caveat(
        gyro, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 5 of May."
    )
    assert gyro.description not in text_of(services.typeset_report(asked))


def test_a_bundle_is_refused_on_its_page_and_with_the_box_ticked_it_is_asked_for(
    client, bound, night_raid, soraya
):
    client.force_login(soraya)
    there = reverse("reports:bundle_request", args=[night_raid.pk])
    body = {"up_to": "amber", "language": "en"}
    refused = client.post(there, body)
    assert refused.status_code == 422
    assert "A caveat keeps these from leaving: EV-0001" in refused.content.decode()
    assert client.post(there, {**body, "leave_out": "on"}).status_code == 302


def test_a_bundle_withholds_it_with_its_files_and_every_line_about_it(
    bound, night_raid, soraya, amal, strike, photographed, bundled
):
    free = evidence.log_item(
        night_raid, by=amal, incident=strike, kind=bound.kind, description="A free fin"
    )
    place = bundled(night_raid, soraya, up_to="amber", leave_out=True)
    told = told_in(place, "data/bundle.json")
    assert told["exhibits"] == [free.exhibit_no]
    assert [each for each in told["withheld"] if bound.exhibit_no in each["what"]]
    with zipfile.ZipFile(place) as archive:
        lines = archive.read("data/ledger/events.jsonl").decode()
    assert free.description in lines
    assert bound.description not in lines + json.dumps(told)


def test_letters_about_it_are_refused(bound, night_raid, amal):
    from catalogue.models import ComponentCategory

    component = evidence.describe_component(
        bound, by=amal, category=ComponentCategory.objects.get(code="gyroscope-imu")
    )
    trace = evidence.draft_trace(
        night_raid,
        by=amal,
        components=[component],
        recipient_kind="maker",
        recipient="Aerotek GmbH",
        channel="voluntary",
        question="To whom was it sold?",
        selected_reason="Its serial can be read.",
    )
    with pytest.raises(Refused, match="keeps these from leaving"):
        services.print_trace_letter(trace, by=amal, language="en")
    with pytest.raises(Refused, match="keeps these from leaving"):
        evidence.send_trace(trace, by=amal)


def test_its_label_names_the_caveat_and_not_the_thing(bound, amal):
    (label,) = labels_of([bound], amal, lambda key: f"https://vestige.example/x/{key}/")
    assert label["title"] == "Description withheld"
    assert "originator control" in label["caveats"]
