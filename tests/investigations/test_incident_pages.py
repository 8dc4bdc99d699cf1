"""The pages of incidents: times and places as known, casualties, sources, sites and the list."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from catalogue.models import Theatre
from investigations import services
from investigations.models import Incident


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def at(name, row=None):
    return reverse(f"investigations:{name}", args=[row.pk] if row else [])


def typed(**changes):
    return {
        "title": "Drones over the refinery",
        "status": "reported",
        "attack_mode": "one-way-attack-UAV",
        "target_type": "oil-and-gas",
        "outcome": "unknown",
        "occurred_from": "2026-03-05T01:30",
        "occurred_precision": "minute",
        "occurred_zone": "Asia/Baghdad",
        "place_precision": "unknown",
        **changes,
    }


def test_an_incident_is_entered_in_the_zone_its_source_speaks_in(as_, night_raid, amal):
    answer = as_(amal).post(at("incident_create", night_raid), typed())
    incident = Incident.objects.get()
    assert answer.url == at("incident_detail", incident)
    assert incident.occurred_from == datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
    form = as_(amal).get(at("incident_edit", incident)).content.decode()
    assert 'value="2026-03-05T01:30"' in form, "and is shown again as it was typed"


def test_a_time_that_no_clock_of_the_reader_shows_is_still_a_time_of_the_source(
    as_, night_raid, amal
):
    amal.time_zone = "Europe/Kyiv"
    amal.save()
    spring_gap = typed(occurred_from="2026-03-29T03:30")
    assert as_(amal).post(at("incident_create", night_raid), spring_gap).status_code == 302


def test_a_day_is_the_day_of_the_place_whatever_the_readers_zone(as_, night_raid, amal):
    day = typed(occurred_from="2026-03-05T00:00", occurred_precision="day")
    as_(amal).post(at("incident_create", night_raid), day)
    for name, row in [("incident_list", None), ("incident_detail", Incident.objects.get())]:
        told = as_(amal).get(at(name, row)).content.decode()
        assert "5 Mar 2026" in told and "4 Mar 2026" not in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"occurred_precision": "unknown"},
        {"occurred_from": ""},
        {"occurred_to": "2026-03-04T01:00"},
        {"launched_min": "5", "launched_max": "2"},
        {"latitude": "91"},
        {"occurred_zone": "Mars/Olympus"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_makes_no_sense_is_sent_back_with_everything_typed(as_, night_raid, amal, wrong):
    answer = as_(amal).post(at("incident_create", night_raid), typed(narrative="At dawn", **wrong))
    assert answer.status_code == 422
    assert "At dawn" in answer.content.decode()
    assert not Incident.objects.exists()


def test_nobody_outside_reads_it_and_who_only_reviews_cannot_change_it(as_, strike, rami, omar):
    changing = ["incident_edit", "casualties_count", "source_cite", "site_create"]
    assert as_(omar).get(at("incident_detail", strike)).status_code == 404
    assert as_(rami).get(at("incident_detail", strike)).status_code == 200
    for name in changing:
        assert as_(omar).post(at(name, strike), {}).status_code == 404
    counted = {"harm": "killed", "group": "civilian", "at_least": "2"}
    cited = {"citation": "x", "reliability": "B", "credibility": "2"}
    assert as_(rami).get(at("incident_edit", strike)).status_code == 403
    assert as_(rami).post(at("casualties_count", strike), counted).status_code == 403
    assert as_(rami).post(at("source_cite", strike), cited).status_code == 403
    assert as_(rami).get(at("site_create", strike)).status_code == 403


def test_a_stale_incident_form_keeps_both_texts(as_, strike, amal):
    services.amend_incident(strike, by=amal, version=1, title="Renamed meanwhile")
    answer = as_(amal).post(at("incident_edit", strike), typed(version=1))
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Renamed meanwhile" in told and "Drones over the refinery" in told
    assert 'name="version" value="2"' in told


def test_casualties_are_a_least_and_a_most_and_empty_is_unknown(as_, strike, amal):
    there = at("casualties_count", strike)
    part = as_(amal).post(
        there,
        {"harm": "killed", "group": "civilian", "at_least": "2", "at_most": "5"},
        headers={"HX-Request": "true"},
    )
    assert "2–5" in part.content.decode()
    as_(amal).post(there, {"harm": "injured", "group": "unknown"})
    page = as_(amal).get(at("incident_detail", strike)).content.decode()
    assert "not known" in page
    wrong = as_(amal).post(
        there, {"harm": "killed", "group": "civilian", "at_least": "9", "at_most": "5"}
    )
    assert wrong.status_code == 422
    assert "cannot be less than" in wrong.content.decode()


def test_a_source_is_cited_with_both_its_grades(as_, strike, amal):
    answer = as_(amal).post(
        at("source_cite", strike),
        {"citation": "Harbour master", "reliability": "B", "credibility": "2"},
    )
    assert answer.url.endswith("#sources")
    told = as_(amal).get(at("incident_detail", strike)).content.decode()
    assert "Harbour master" in told and "usually reliable" in told and "probably true" in told


def test_a_report_is_graded_anew_and_a_stale_form_is_told(as_, strike, amal):
    cited = {"citation": "Harbour master", "reliability": "B", "credibility": "2"}
    report = services.cite_source(strike, by=amal, **cited)
    there = at("sourcereport_edit", report)
    assert there in as_(amal).get(at("incident_detail", strike)).content.decode()
    anew = {**cited, "reliability": "D", "version": 1}
    assert as_(amal).post(there, anew).url.endswith("#sources")
    stale = as_(amal).post(there, {**anew, "credibility": "6"})
    assert stale.status_code == 409
    report.refresh_from_db()
    assert (report.grade, report.version) == ("D2", 2)


def test_a_site_is_entered_and_amended_and_a_stale_form_is_told(as_, strike, amal):
    site = {
        "name": "North wall",
        "kind": "impact",
        "safe_status": "not-cleared",
        "place_precision": "exact-point",
        "latitude": "33.3",
        "longitude": "44.4",
    }
    assert as_(amal).post(at("site_create", strike), site).url.endswith("#sites")
    there = at("site_edit", strike.sites.get())
    changed = {**site, "safe_status": "cleared", "version": 1}
    assert as_(amal).post(there, changed).status_code == 302
    assert as_(amal).post(there, {**site, "version": 1}).status_code == 409
    assert strike.sites.get().safe_status == "cleared"


def test_the_page_says_that_nobody_is_blamed_and_asks_few_questions(
    as_, strike, amal, django_assert_max_num_queries
):
    for number in range(5):
        services.cite_source(
            strike, by=amal, citation=f"Paper {number}", reliability="C", credibility="3"
        )
    browser = as_(amal)
    browser.get(at("incident_list"))
    with django_assert_max_num_queries(16):
        page = browser.get(at("incident_detail", strike))
    assert "No attribution until concluded" in page.content.decode()
    assert page.context["marking"] == strike.handling


def test_the_list_is_narrowed_by_theatre_mode_status_case_and_words(
    as_, night_raid, strike, harbour, amal
):
    def found(**query):
        rows = as_(amal).get(at("incident_list"), query).context["page"].rows
        return {row.title for row in rows}

    both = {strike.title, harbour.title}
    assert found() == found(case=night_raid.pk) == found(attack_mode="one-way-attack-UAV") == both
    assert found(theatre=Theatre.objects.get(name="Yemen").pk) == {harbour.title}
    assert found(q="HARBOUR") == {harbour.title}
    assert found(status="hoax") == set()
    assert found(case="nonsense") == both, "a filter that makes no sense is left out"


def test_the_list_shows_nothing_of_another_case(as_, strike, omar):
    told = as_(omar).get(at("incident_list"), {"case": strike.case_id}).content.decode()
    assert strike.title not in told and strike.case.ref not in told


def test_sixty_incidents_take_two_pages_and_no_more_questions_than_two(
    as_, night_raid, strike, amal, django_assert_max_num_queries
):
    for number in range(59):
        services.enter_incident(night_raid, by=amal, title=f"Attack {number}")
    browser = as_(amal)
    browser.get(at("incident_list"))
    with django_assert_max_num_queries(12):
        first = browser.get(at("incident_list"))
    assert len(first.context["page"].rows) == 50
    second = as_(amal).get(at("incident_list") + first.context["page"].next_url)
    assert len(second.context["page"].rows) == 10
