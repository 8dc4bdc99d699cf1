"""Content: what stands in a report, and what must not stand there yet."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from attribution import services as attribution
from attribution.models import Finding
from catalogue.models import ComponentCategory
from comparison import services as comparison
from comparison.methods.words import BANNED
from core.markings import Handling
from evidence import services as evidence
from investigations import services as investigations
from investigations.models import Label, Role
from reports import services
from reports.content.exhibits import measures
from reports.content.findings import dissents
from reports.content.reading import Reading
from reports.models import Report
from tests.conftest import person
from tests.reports.conftest import made, pages_of, text_of

LIMIT = "It does not address who used either weapon."


def test_measures_stand_as_they_were_taken_and_no_more_exact(gyro, amal):
    evidence.amend_item(
        gyro, by=amal, version=gyro.version, mass_g=Decimal("411.5"), length_mm=120, height_mm=40
    )
    gyro.refresh_from_db()

    assert measures(gyro) == "120 × – × 40 · 411.5 g"


def test_facts_stand_with_their_precision_and_their_source(night_raid, strike, amal, report):
    investigations.amend_incident(
        strike,
        by=amal,
        version=strike.version,
        occurred_from=datetime(2026, 3, 14, 1, 42, tzinfo=UTC),
        occurred_precision="hour",
        occurred_as_stated="about a quarter to five",
        place_name="Qadir Hill",
        uncertainty_m=40,
    )
    text = text_of(made(night_raid, amal))

    assert "2026-03-14 01:00 UTC" in text
    assert "01:42" not in text
    assert "about a quarter to five" in text
    assert "within 40 m" in text
    assert "B2" in text
    assert "usually reliable" in text
    assert "Killed unknown" in text


def test_exhibits_stand_with_photographs_digests_and_custody(
    night_raid, gyro, photographed, amal, lena
):
    evidence.seal_item(gyro, seal_no="S-88120", by=amal)
    evidence.hand_over(gyro, to=lena, by=amal, purpose="examination")
    text = text_of(made(night_raid, amal))

    assert all(file.sha256 in text for file in photographed)
    assert "Vertical gyroscope in a cast housing" in text
    for words in ("S-88120", "Handed over", "Lena Vogt", "examination"):
        assert words in text


def test_markings_stand_as_seen_and_as_normalised(night_raid, gyro, amal):
    component = evidence.describe_component(
        gyro,
        by=amal,
        category=ComponentCategory.objects.get(code="gyroscope-imu"),
        serial_number="vx – 0412/118",
        serial_state="present-legible",
    )
    evidence.record_marking(component, by=amal, kind="paint-stencil", state="removed-ground")
    text = text_of(made(night_raid, amal))

    assert "vx – 0412/118" in text
    assert "VX0412118" in text
    assert "removed by grinding" in text


def test_a_comparison_stands_with_every_feature_and_its_limit(night_raid, link, amal):
    text = text_of(made(night_raid, amal))

    for words in ("SN-004120", "SN-004128", "log10", "3 of 1,000", LIMIT):
        assert words in text
    assert "no examiner has decided yet" in text


def test_one_examiner_does_not_learn_from_a_report_what_the_other_concluded(
    night_raid, link, amal, lena, soraya, mission
):
    noor = person("noor", display_name="Noor Saleh", agency=mission)
    investigations.admit_member(night_raid, noor, roles=[Role.EXAMINER], by=soraya)
    for examiner, reason in ((lena, "Same die."), (noor, "Same ribs.")):
        assert "Same die." not in text_of(made(night_raid, amal))
        comparison.judge_link(
            link,
            by=examiner,
            conclusion="same-production-run",
            confidence="high",
            reason=reason,
            version=link.version,
        )
    text = text_of(made(night_raid, amal))

    assert "Same die." in text
    assert "Same ribs." in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nobody_is_named_before_a_finding_is_released(
    night_raid, gyro, strike, hypothesis, finding, amal, language
):
    evidence.amend_item(
        gyro,
        by=amal,
        version=gyro.version,
        description="Gyroscope of the CORMORANT brigade, لواء الغاق",
    )
    text = text_of(made(night_raid, amal, language))

    for name in ("cormorant", "الغاق"):
        assert name not in text.lower()
    if language == "en":
        assert "name withheld" in text
        assert "No attribution until concluded" in text


@pytest.mark.parametrize("status", [Finding.Status.IN_REVIEW, Finding.Status.APPROVED])
def test_an_approved_finding_is_not_a_released_one(night_raid, finding, amal, rami, status):
    attribution.submit_finding(finding, by=amal)
    if status == Finding.Status.APPROVED:
        from tests.attribution.conftest import approve

        approve(finding, by=rami)
    text = text_of(made(night_raid, amal))

    assert "Cormorant" not in text
    assert "No attribution until concluded" in text


def test_a_released_finding_stands_with_likelihood_confidence_and_dissent(
    night_raid, finding, named, amal, lena, mira, rami
):
    named()
    text = text_of(made(night_raid, rami))

    assert "Likelihood very likely 80–95 %" in text
    assert "Confidence moderate" in text
    assert "A rival cell had the means" in text
    assert "The Cormorant Brigade launched the drone that struck the residence." in text
    assert "Released" in text and "Mira Okafor" in text
    assert "No attribution until concluded" not in text


def test_a_dissent_is_printed_with_whatever_supersedes_the_finding_it_was_given_on(
    night_raid, finding, named, amal
):
    view = {"text": "The launcher was empty.", "likelihood": "unlikely"}
    attribution.record_dissent(finding, by=amal, **view)
    named()
    successor = attribution.supersede_finding(Finding.objects.get(pk=finding.pk), by=amal)
    reading = Reading(services.request_report(night_raid, by=amal, language="en"))

    printed = str(dissents(reading, successor))
    assert "The launcher was empty." in printed
    assert finding.ref in printed


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_bears_the_marking_and_where_the_ledger_stood(
    night_raid, photographed, link, amal, language
):
    finished = made(night_raid, amal, language)

    for page in pages_of(finished):
        assert page.count("TLP:AMBER") >= 2
        assert finished.content_sha256 in page
        assert finished.ledger_seal in page
        assert str(finished.pk) in page


def test_a_report_bears_the_strictest_marking_of_what_it_shows(night_raid, named, amal):
    type(night_raid).objects.filter(pk=night_raid.pk).update(tlp="green")
    assert made(night_raid, amal).marking == "green"
    named()
    assert made(night_raid, amal).marking == "amber"


def test_a_report_is_handled_as_the_strictest_thing_printed_in_it(night_raid, gyro, amal, lena):
    secret = Handling(clearance=2, releasable_to=frozenset({amal.agency_id}))
    type(gyro).objects.filter(pk=gyro.pk).update(label=Label.for_handling(secret))
    type(amal).objects.filter(pk=amal.pk).update(clearance=2)
    amal.refresh_from_db()
    finished = made(night_raid, amal)

    assert finished.own_handling == secret
    for page in pages_of(finished):
        assert page.count("CONFIDENTIAL") >= 2 and "releasable to JIM" in page
    assert Report.objects.visible_to(amal).filter(pk=finished.pk).exists()
    assert not Report.objects.visible_to(lena).filter(pk=finished.pk).exists()
    assert gyro.exhibit_no not in text_of(made(night_raid, lena))


def test_the_banned_word_stands_nowhere(night_raid, link, photographed, amal):
    words = set(text_of(made(night_raid, amal)).lower().split())

    assert not words & set(BANNED)


def test_a_case_with_nothing_in_it_says_so(night_raid, soraya):
    text = text_of(made(night_raid, soraya))

    assert "No incident has been entered" in text
    assert "No exhibit has been registered" in text
    assert "No comparison has been made" in text


def test_a_report_that_shows_another_case_is_for_those_who_see_both(
    night_raid, seizure, component_of, strike, reference, soraya, amal, omar
):
    from tests.comparison.conftest import GYROSCOPE

    here = component_of(strike, "gyroscope-imu", **GYROSCOPE)
    there = component_of(
        seizure, "gyroscope-imu", by=soraya, **GYROSCOPE | {"serial_number": "SN-004128"}
    )
    for component in (here, there):
        comparison.propose_links(component)
    of_the_lead, of_the_analyst = made(night_raid, soraya), made(night_raid, amal)

    assert seizure.case.ref in text_of(of_the_lead)
    assert seizure.case.ref not in text_of(of_the_analyst)
    assert set(Report.objects.visible_to(soraya)) == {of_the_lead, of_the_analyst}
    assert set(Report.objects.visible_to(amal)) == {of_the_analyst}
    assert not Report.objects.visible_to(omar).exists()


def test_the_number_of_queries_does_not_grow_with_the_exhibits(
    night_raid, strike, amal, component_of, django_assert_max_num_queries
):
    from django.utils import timezone

    from reports.content import gather
    from reports.services import request_report

    for number in range(12):
        component_of(strike, "servo-actuator", serial_number=f"S-{number}")
    report = request_report(night_raid, by=amal, language="en")
    with django_assert_max_num_queries(40):
        gather(report, timezone.now())
