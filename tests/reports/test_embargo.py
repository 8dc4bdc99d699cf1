"""Before the day of an embargo no finding leaves by any door that is made for others."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from attribution import services as attribution
from core import jobs
from core.errors import Refused
from core.markings import Handling
from investigations import services as investigations
from investigations.models import Case
from reports import services
from reports.content.reading import Reading
from reports.models import Bundle, Report
from tests.reports.conftest import made, pages_of
from tests.reports.test_bundles import told_in

NAME = "Cormorant Brigade"


def embargo(case: Case) -> Case:
    """The case, of which nothing is made public for three days."""
    until = timezone.now() + timedelta(days=3)
    Case.objects.filter(pk=case.pk).update(embargo_until=until)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def embargoed(named: Callable[[], None], night_raid: Case) -> Case:
    """The same, once the finding that names the brigade was released."""
    named()
    return embargo(night_raid)


@pytest.fixture
def its_day_has_come(monkeypatch):
    """Let the embargo end."""

    def come() -> None:
        later = timezone.now() + timedelta(days=4)
        there = "investigations.models.case.timezone"
        monkeypatch.setattr(there, SimpleNamespace(now=lambda: later))

    return come


@pytest.fixture
def bureau(db):
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


def test_a_report_for_the_team_says_it_on_every_page_and_on_its_own(
    client, embargoed, amal, its_day_has_come
):
    report = made(embargoed, amal)
    pages = [" ".join(page.split()) for page in pages_of(report)]
    assert all("under embargo until" in page for page in pages)
    assert "Under embargo until" in pages[0]
    told = " ".join(pages)
    assert NAME in told and "handed to no other agency" in told
    client.force_login(amal)
    here = reverse("reports:report_detail", args=[report.pk])
    assert "Under embargo until" in client.get(here).content.decode()
    its_day_has_come()
    assert "Under embargo until" not in client.get(here).content.decode()
    assert not any("under embargo" in page for page in pages_of(made(embargoed, amal)))


def test_such_a_report_is_shared_with_no_agency_before_even_if_two_agree(
    night_raid, amal, soraya, dana, bureau, its_day_has_come, monkeypatch
):
    report = made(embargo(night_raid), amal)
    to_them = Handling(shared_with=frozenset({bureau.pk}))
    with pytest.raises(Refused, match="shared with no other agency"):
        investigations.ask_to_lower(report, to_them, by=soraya, reason="They asked.")
    with monkeypatch.context() as later:
        later.setattr(
            "investigations.models.case.timezone",
            SimpleNamespace(now=lambda: timezone.now() + timedelta(days=4)),
        )
        asked = investigations.ask_to_lower(report, to_them, by=soraya, reason="They asked.")
    with pytest.raises(Refused, match="embargo"):
        investigations.lower_label(asked, by=dana)
    its_day_has_come()
    asked.refresh_from_db()
    shared = investigations.lower_label(asked, by=dana)
    assert shared.own_handling.shared_with == {bureau.pk}


def test_no_dossier_leaves_before(finding, embargoed, brigade, amal, its_day_has_come):
    finding.refresh_from_db()
    measure = attribution.record_measure(
        finding,
        by=amal,
        kind="sanctions-designation",
        authority="Council of the Union",
        target=brigade,
        first={"kind": "announced", "day": timezone.localdate()},
    )
    with pytest.raises(Refused, match="no dossier leaves"):
        services.print_dossier(measure, by=amal, language="en")
    its_day_has_come()
    assert services.print_dossier(measure, by=amal, language="en").startswith(b"%PDF")


@pytest.mark.parametrize(
    "made_for_others", [{"for_others": True}, {"bundle": True}], ids=["letter", "bundle"]
)
def test_letters_and_bundles_name_nobody_before_though_a_finding_is_released(
    embargoed, amal, its_day_has_come, made_for_others
):
    if made_for_others.get("bundle"):
        reading = Reading(Bundle(case=embargoed, requested_by=amal))
        again = Reading(Bundle(case=embargoed, requested_by=amal))
    else:
        reading = Reading(Report(case=embargoed, requested_by=amal), for_others=True)
        again = Reading(Report(case=embargoed, requested_by=amal), for_others=True)
    assert reading.findings == []
    assert NAME not in reading.neutral(f"Sold to the {NAME}?")
    its_day_has_come()
    assert NAME in again.neutral(f"Sold to the {NAME}?")
    assert Reading(Report(case=embargoed, requested_by=amal)).findings


def test_no_bundle_for_an_agency_is_ordered_made_or_fetched_before(
    night_raid, gyro, soraya, bureau, sealed, its_day_has_come
):
    def order():
        return services.request_bundle(
            night_raid, by=soraya, up_to="amber", language="en", for_agency=bureau
        )

    early = order()
    embargo(night_raid)
    bundle = Bundle.objects.with_lists().get(pk=early.pk)
    with pytest.raises(Refused, match="no bundle of it goes to an agency"):
        order()
    with pytest.raises(jobs.GivenUp):
        services.make_bundle(bundle)
    with pytest.raises(Refused, match="no bundle of it goes to an agency"):
        services.note_bundle_download(bundle, by=soraya)
    its_day_has_come()
    sealed()
    services.note_bundle_download(services.make_bundle(bundle), by=soraya)


def test_a_bundle_for_a_court_says_until_when(night_raid, gyro, soraya, bundled):
    embargoed = embargo(night_raid)
    place = bundled(embargoed, soraya)
    about = told_in(place, "data/bundle.json")
    assert about["embargo_until"] == embargoed.embargo_until.isoformat()


def test_the_form_says_what_an_embargo_stops_and_what_it_does_not(client, night_raid, soraya):
    client.force_login(soraya)
    told = client.get(reverse("investigations:case_edit", args=[night_raid.pk])).content.decode()
    assert "no dossier leaves" in told and "Reports for the team hold findings" in told


def test_a_table_that_is_taken_away_says_it_in_its_first_line(
    client, embargoed, amal, its_day_has_come
):
    client.force_login(amal)

    def first_line():
        table = client.post(reverse("attribution:finding_export"), {"format": "csv"})
        return b"".join(table).decode().splitlines()[0]

    assert "under embargo until" in first_line()
    its_day_has_come()
    assert "under embargo until" not in first_line()
